import type { Clock } from "../../../shared/base/clock.ts";
import { Topic } from "../../../shared/base/topic.ts";
import type { Log } from "../../../shared/model/log.ts";
import { defaultSettings, type Settings, type SettingsPatch } from "../../../shared/model/settings.ts";
import type { Store } from "../../store/store.ts";

export interface SettingsServiceDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Pick<Store, "readSettings" | "writeSettings">;
}

/** The site's settings: held in memory for whoever asks, changed only through the store. */
export class SettingsService {
  readonly #deps: SettingsServiceDeps;
  /** All settings, after each change is on the disk. */
  readonly changed = new Topic<Settings>();
  #current: Settings = defaultSettings;

  constructor(deps: SettingsServiceDeps) {
    this.#deps = deps;
  }

  /** Reads them; one whose stored value is not valid counts as its default, and the log names it. */
  async start(): Promise<void> {
    const { settings, unreadable } = await this.#deps.store.readSettings();
    this.#current = settings;
    for (const name of unreadable) this.#deps.log.warn("setting not readable, default used", { name });
  }

  get current(): Settings {
    return this.#current;
  }

  /** Stores what the patch names; answers and announces all. */
  async put(patch: SettingsPatch): Promise<Settings> {
    const settings = await this.#deps.store.writeSettings(patch, this.#deps.clock.now());
    this.#current = settings;
    this.#deps.log.info("settings changed", { names: Object.keys(patch).join(",") });
    this.changed.publish(settings);
    return settings;
  }
}
