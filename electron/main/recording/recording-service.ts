import type { Clock } from "../../../shared/base/clock.ts";
import type { ChannelId } from "../../../shared/base/ids.ts";
import { Topic, type Unsubscribe } from "../../../shared/base/topic.ts";
import type { MediaReport, MendedFile } from "../../../shared/contract/media-port.ts";
import type { Notice, NoticeMessage } from "../../../shared/contract/app.ts";
import type { Device } from "../../../shared/model/device.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { GapCause, RecordingMode, RecordingStatus } from "../../../shared/model/recording.ts";
import type { Settings } from "../../../shared/model/settings.ts";
import { ownLocation } from "../../../shared/model/storage.ts";
import type { StreamRole } from "../../../shared/model/stream.ts";
import type { Store } from "../../store/store.ts";
import { askMedia, type MediaLink } from "./media-ask.ts";
import { Reconcile } from "./reconcile.ts";
import { RecordingBook } from "./recording-book.ts";
import { planRecording, type PlannedStream } from "./recording-plan.ts";
import { Retention } from "./retention.ts";
import type { StorageLimits } from "./storage-rule.ts";
import { StorageWatch } from "./storage-watch.ts";

export interface RecordingServiceDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Store;
  readonly media: MediaLink;
  readonly settings: { readonly current: Settings; readonly changed: Topic<Settings> };
  readonly devices: () => readonly Device[];
  /** Recordings are below this, in `recordings/`. */
  readonly root: string;
  readonly limits: StorageLimits;
  readonly say: (severity: Notice["severity"], message: NoticeMessage, detail: string) => void;
}

const beatMs = 1_000;
const settleEveryBeats = 5;
const storageEveryBeats = 30;
const mendLimitMs = 120_000;

/**
 * Recording from main's side: which streams are to be recorded, what is in the index, how much of the disk it may
 * take. The media process writes; this writes down what it says, and says why something is missing.
 */
export class RecordingService {
  readonly #deps: RecordingServiceDeps;
  /** The whole status, at most once a second, after it changed. */
  readonly changed = new Topic<RecordingStatus>();
  readonly #book = new RecordingBook();
  readonly #storage: StorageWatch;
  readonly #retention: Retention;
  readonly #reconcile: Reconcile;
  readonly #unsubscribe: Unsubscribe[] = [];
  #ends = new AbortController();
  #work: Promise<void> = Promise.resolve();
  #background: Promise<void> = Promise.resolve();
  #requests = 0;
  #isReady = false;
  /** The disk does not allow recording. */
  #isBarred = false;

  constructor(deps: RecordingServiceDeps) {
    this.#deps = deps;
    const { clock, log, root, store } = deps;
    this.#retention = new Retention({ clock, log, rootOf: () => root, store });
    this.#reconcile = new Reconcile({
      clock,
      log,
      root,
      store,
      mend: (paths, signal) => this.#mend(paths, signal),
      isKnown: (channelId) =>
        deps.devices().some(({ channels }) => channels.some((channel) => channel.id === channelId)),
    });
    this.#storage = new StorageWatch(deps);
  }

  get status(): RecordingStatus {
    return { storage: this.#storage.status, channels: this.#book.channels };
  }

  /** Begins to listen; recording begins when the media process is ready. Call before that starts. */
  start(): void {
    const { media, settings } = this.#deps;
    this.#ends = new AbortController();
    this.#unsubscribe.push(
      media.reports.subscribe((report) => this.#hear(report)),
      settings.changed.subscribe(() => void this.#later(() => this.#lookAtStorage())),
    );
    this.#background = Promise.all([this.#beat(this.#ends.signal), this.#tidy(this.#ends.signal)]).then(
      () => undefined,
    );
  }

  /** Writes down what is known and that the console stops recording now. */
  async stop(): Promise<void> {
    if (this.#ends.signal.aborted) return;
    this.#ends.abort(new Error("stopping"));
    for (const end of this.#unsubscribe.splice(0)) end();
    await this.#background;
    await this.#later(() => this.settle());
    await this.#later(() => this.#begins("console-off", "the console did not run"));
  }

  /** A device was stored, changed or removed. */
  devicesChanged(): void {
    void this.#later(() => this.#applyPlan());
  }

  /** False: there is no such channel. */
  async setChoice(channelId: ChannelId, choice: "site" | RecordingMode): Promise<boolean> {
    if (!(await this.#deps.store.setRecordingChoice(channelId, choice))) return false;
    await this.#later(() => this.#applyPlan());
    return true;
  }

  /** Writes down how far the open files have come. */
  async settle(): Promise<void> {
    const growth = this.#book.takeGrowth();
    if (growth.length > 0) await this.#deps.store.growRecordingFiles(growth, false);
  }

  /** Which stream of a channel is recorded. */
  roleOf(channelId: ChannelId): StreamRole {
    return this.#book.plan.find((stream) => stream.channelId === channelId)?.role ?? "main";
  }

  #hear(report: MediaReport): void {
    const { store, clock } = this.#deps;
    this.#storage.grew(this.#book.hear(report, clock.now()));
    switch (report.type) {
      case "ready":
        this.#isReady = true;
        void this.#later(() => this.#begin());
        return;
      case "recording-opened": {
        const { path, channelId, role, run, startAt } = report;
        const file = { path, channelId, role, run, startAt, endAt: startAt, bytes: 0, isOpen: true };
        void this.#later(() => store.addRecordingFile(file));
        return;
      }
      case "recording-closed":
        this.#storage.grew(this.#book.closed(report));
        void this.#later(() => store.growRecordingFiles([report], true));
        return;
      case "recording-gap": {
        const { channelId, role, from, cause, detail } = report;
        void this.#later(() => store.beginRecordingGap({ channelId, role, from, cause, detail }));
        if (cause === "disk-full" || cause === "disk-error" || cause === "disk-slow") {
          this.#deps.say("error", "notice.recording-disk", detail);
        }
        return;
      }
      case "log":
      case "mended":
      case "playback":
      case "recording-grown":
      case "source":
      case "stopped":
        return;
      default:
        report satisfies never;
    }
  }

  /** The media process is there, for the first time or again: what it had open is mended, and it is told the plan. */
  async #begin(): Promise<void> {
    const { store, clock, log } = this.#deps;
    this.#book.takeGrowth();
    this.#book.allWait(null, clock.now());
    const open = await store.listOpenRecordings();
    const streams = await store.listRecordedStreams();
    await store.noteInterruption(
      streams.map(({ endAt, ...stream }) => ({
        ...stream,
        from: endAt,
        cause: "console-off" as const,
        detail: "the console did not record",
      })),
    );
    await this.#lookAtStorage();
    this.#reconcile
      .closeOpen(
        open.map((file) => file.path),
        this.#ends.signal,
      )
      .catch((error: unknown) => {
        log.error("open recordings could not be mended", { why: String(error) });
      });
  }

  async #lookAtStorage(): Promise<void> {
    await this.#storage.look();
    await this.#applyPlan();
  }

  async #applyPlan(): Promise<void> {
    const { store, media, devices, settings, root, clock } = this.#deps;
    const choices = new Map(
      (await store.listRecordingChoices()).map(({ channelId, mode }) => [channelId, mode]),
    );
    const plan = planRecording(devices(), choices, settings.current.recordingMode);
    const now = clock.now();
    const stopped = this.#book.setPlan(plan, now);
    const { isAble } = this.#storage;
    const wanted = isAble ? plan.filter(({ isWanted }) => isWanted) : [];
    if (!this.#isReady) return;
    const place = { locationId: ownLocation, root };
    const streams = wanted.map(({ channelId, role }) => ({ channelId, role, ...place }));
    media.send({ type: "record", site: await store.readSiteMark(), streams });
    await this.#begins("off", "recording was switched off", stopped);
    if (!isAble && !this.#isBarred) {
      const cause = this.#storage.status.state === "failed" ? "disk-error" : "disk-full";
      this.#book.allWait(cause, now);
      await this.#begins(cause, this.#storage.status.detail);
    }
    this.#isBarred = !isAble;
  }

  /** A gap begins now for these streams, as far as anything of them was ever recorded. */
  async #begins(
    cause: GapCause,
    detail: string,
    streams: readonly PlannedStream[] = this.#book.plan.filter(({ isWanted }) => isWanted),
  ): Promise<void> {
    const { store, clock } = this.#deps;
    if (streams.length === 0) return;
    const recorded = new Set((await store.listRecordedStreams()).map(({ channelId }) => channelId));
    for (const { channelId, role } of streams) {
      if (!recorded.has(channelId)) continue;
      await store.beginRecordingGap({ channelId, role, from: clock.now(), cause, detail });
    }
  }

  async #beat(signal: AbortSignal): Promise<void> {
    let told = "";
    for (let beats = 0; !signal.aborted; beats += 1) {
      await this.#deps.clock.sleep(beatMs, signal).catch(() => undefined);
      if (signal.aborted) return;
      if (beats % settleEveryBeats === 0) void this.#later(() => this.settle());
      if (beats % storageEveryBeats === 0 && this.#isReady) {
        void this.#later(() => this.#lookAtStorage());
        const { recordingKeepDays } = this.#deps.settings.current;
        await this.#work;
        await this.#retention
          .run(recordingKeepDays, this.#storage.excessBytes, signal)
          .catch((error: unknown) => this.#complain("retention failed", error));
      }
      const status = JSON.stringify(this.status);
      if (status !== told) this.changed.publish(this.status);
      told = status;
    }
  }

  /** Once at the start: what an earlier run left undone, then the disk against the index. */
  async #tidy(signal: AbortSignal): Promise<void> {
    try {
      await this.#retention.finishEarlier(signal);
      while (!this.#isReady && !signal.aborted) await this.#deps.clock.sleep(beatMs, signal);
      await this.#deps.clock.sleep(10 * beatMs, signal);
      await this.#reconcile.run(signal);
    } catch (error) {
      if (!signal.aborted) this.#complain("recordings and index could not be compared", error);
    }
  }

  async #mend(paths: readonly string[], signal: AbortSignal): Promise<readonly MendedFile[] | undefined> {
    const { media, clock, root, store } = this.#deps;
    const site = await store.readSiteMark();
    this.#requests += 1;
    const request = this.#requests;
    return askMedia(
      media,
      clock,
      { type: "mend", request, site, root, paths: [...paths] },
      (report) => (report.type === "mended" && report.request === request ? report.files : undefined),
      mendLimitMs,
      signal,
    );
  }

  /** One after the other, in the order things were heard. */
  #later(task: () => Promise<unknown>): Promise<void> {
    this.#work = this.#work.then(task).then(
      () => undefined,
      (error: unknown) => this.#complain("recording could not be written down", error),
    );
    return this.#work;
  }

  #complain(what: string, error: unknown): void {
    this.#deps.log.error(what, { why: error instanceof Error ? error.message : String(error) });
  }
}
