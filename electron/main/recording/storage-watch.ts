import type { Clock } from "../../../shared/base/clock.ts";
import type { Notice, NoticeMessage } from "../../../shared/contract/app.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { StorageStatus } from "../../../shared/model/recording.ts";
import type { Settings } from "../../../shared/model/settings.ts";
import type { Store } from "../../store/store.ts";
import { freeBytesOf } from "./disk-space.ts";
import { RateMeter } from "./rate-meter.ts";
import { ruleStorage, type StorageLimits } from "./storage-rule.ts";

export interface StorageWatchDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Pick<Store, "readRecordingTotal">;
  readonly settings: { readonly current: Settings };
  readonly root: string;
  readonly limits: StorageLimits;
  readonly say: (severity: Notice["severity"], message: NoticeMessage, detail: string) => void;
}

const gigabyte = 1_000_000_000;

/** The disk that holds the recordings: how full it is, whether it can be used, how long it lasts. */
export class StorageWatch {
  readonly #deps: StorageWatchDeps;
  readonly #rate = new RateMeter();
  #status: StorageStatus;
  #excessBytes = 0;

  constructor(deps: StorageWatchDeps) {
    this.#deps = deps;
    this.#status = {
      state: "off",
      detail: "",
      folder: deps.root,
      usedBytes: 0,
      quotaBytes: 0,
      freeBytes: 0,
      keepDays: deps.settings.current.recordingKeepDays,
      oldestAt: null,
      bytesPerDay: null,
      daysHeld: null,
    };
  }

  get status(): StorageStatus {
    return this.#status;
  }
  /** So many bytes of recordings are to be deleted, as of the last look. */
  get excessBytes(): number {
    return this.#excessBytes;
  }
  /** Whether the disk takes recordings, wanted or not. */
  get isAble(): boolean {
    return this.#status.state === "recording" || this.#status.state === "off";
  }

  /** The open files have grown. */
  grew(bytes: number): void {
    this.#rate.add(bytes);
  }

  /** Looks at the disk and rules; trouble is said when it begins. */
  async look(): Promise<void> {
    const { store, root, settings, limits, clock } = this.#deps;
    const { recordingMode, recordingKeepDays: keepDays, recordingQuotaGb } = settings.current;
    const total = await store.readRecordingTotal();
    this.#rate.sample(clock.monotonicMs());
    const bytesPerDay = this.#rate.bytesPerDay ?? null;
    const known = { folder: root, usedBytes: total.bytes, keepDays, oldestAt: total.oldestAt, bytesPerDay };
    const freeBytes = await freeBytesOf(root);
    if (typeof freeBytes === "string") {
      this.#excessBytes = 0;
      const nothing = { quotaBytes: 0, freeBytes: 0, daysHeld: null };
      this.#set({ ...known, ...nothing, state: "failed", detail: freeBytes });
      return;
    }
    const disk = { freeBytes, usedBytes: total.bytes };
    const ruling = ruleStorage(disk, recordingQuotaGb * gigabyte, limits, this.isAble);
    const { quotaBytes, excessBytes, detail } = ruling;
    const daysHeld = bytesPerDay ? Math.min(keepDays, quotaBytes / bytesPerDay) : null;
    const state = recordingMode === "off" && ruling.state === "recording" ? "off" : ruling.state;
    this.#excessBytes = excessBytes;
    this.#set({ ...known, freeBytes, quotaBytes, daysHeld, state, detail });
  }

  #set(status: StorageStatus): void {
    const isNew = status.state !== this.#status.state;
    this.#status = status;
    if (!isNew || this.isAble) return;
    const { state, detail } = status;
    this.#deps.log.error("recording stops", { state, detail });
    this.#deps.say(
      "error",
      state === "failed" ? "notice.recording-failed" : "notice.recording-no-space",
      detail,
    );
  }
}
