import { Lifetime } from "../../shared/base/lifetime.ts";
import { localOperator } from "./access/permissions.ts";
import { composeAlarms } from "./compose-alarms.ts";
import { composeCalls } from "./compose-calls.ts";
import { composeCore } from "./compose-core.ts";
import { composeDemo, composeUnattendedRun } from "./compose-demo.ts";
import { composeDesk, type WindowCalls } from "./compose-desk.ts";
import { composeDevices } from "./compose-devices.ts";
import { composeEvents } from "./compose-events.ts";
import { composeRecording } from "./compose-recording.ts";
import { composeSite } from "./compose-site.ts";
import type { Flags } from "./flags.ts";
import { serveAppScheme } from "./platform/app-scheme.ts";
import type { AppWindows } from "./platform/app-windows.ts";
import { setMenu } from "./platform/menu.ts";
import { securePages } from "./platform/page-security.ts";

/**
 * The composition root: every object is made in a `compose-*.ts`, in the order in which they are read here,
 * started in this file, and stopped in reverse.
 */
export class App {
  readonly #flags: Flags;
  readonly #quit: (code: number) => void;
  readonly #lifetime = new Lifetime();
  #desk: AppWindows | undefined;

  /** @param quit ends the run with this exit code, after everything has stopped. */
  constructor(flags: Flags, quit: (code: number) => void) {
    this.#flags = flags;
    this.#quit = quit;
  }

  /** Starts everything. False: the site could not be opened, and it was said why. */
  async start(): Promise<boolean> {
    const flags = this.#flags;
    const lifetime = this.#lifetime;
    const core = composeCore(flags, lifetime);
    const site = await composeSite(core);
    if (site === undefined) return false;
    const field = composeDevices(core, site);
    const calls = (): WindowCalls => ({
      serve: (windowId, port) => rpc.serve(port, { windowId, session: localOperator }),
      drop: (windowId) => rpc.drop(windowId),
    });
    const events = composeEvents(core, site, field);
    const view = await composeDesk(core, site, field, events.service, calls);
    this.#desk = view.desk;
    const demo = composeDemo(core, site, field);
    const recording = composeRecording(core, site, field, view, events);
    const alarms = await composeAlarms(core, site, field, events);
    const rpc = composeCalls(core, site, field, view, recording, events, alarms, demo);
    await recording.setup.start();
    lifetime.add("storage", () => recording.setup.stop());
    recording.service.start();
    lifetime.add("recording", () => recording.service.stop());
    const watching = new AbortController();
    recording.locks.start(watching.signal);
    lifetime.add("evidence locks", () => {
      watching.abort(new Error("stopping"));
      return recording.locks.stop();
    });

    await field.devices.start();
    lifetime.add("devices", () => field.devices.stop());
    events.facts.start();
    lifetime.add("device facts", () => events.facts.stop());
    await events.listening.start();
    lifetime.add("event listening", () => events.listening.stop());
    field.discovery.start(new AbortController().signal);
    lifetime.add("discovery", () => field.discovery.stop());

    setMenu();
    securePages(core.log);
    serveAppScheme(core.places.pagesFolder, core.log);
    view.media.start();
    lifetime.add("media", () => view.media.stop());
    view.desk.start();
    lifetime.add("desk", () => view.desk.stop());
    await view.windows.start();
    lifetime.add("windows", () => view.windows.stop());

    const unattended = composeUnattendedRun(core, field, view, demo, this.#quit);
    unattended.start(flags, flags.startedAt ?? performance.timeOrigin);
    lifetime.add("unattended run", () => unattended.stop());
    return true;
  }

  /** Brings the console to the front: a second start of it, a click on its icon. */
  focus(): void {
    this.#desk?.focus();
  }

  /** Stops everything in reverse order. Never throws: what did not stop cleanly is on stderr. */
  async stop(): Promise<void> {
    try {
      await this.#lifetime.stop();
    } catch (error) {
      process.stderr.write(`${String(error instanceof AggregateError ? error.errors : error)}\n`);
    }
  }
}
