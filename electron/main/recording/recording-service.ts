import type { Clock } from "../../../shared/base/clock.ts";
import type { ChannelId } from "../../../shared/base/ids.ts";
import { Topic, type Unsubscribe } from "../../../shared/base/topic.ts";
import type { MediaReport } from "../../../shared/contract/media-port.ts";
import type { Notice, NoticeMessage } from "../../../shared/contract/app.ts";
import type { Device } from "../../../shared/model/device.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { RecordingStatus } from "../../../shared/model/recording.ts";
import type { RecordingRule } from "../../../shared/model/recording-rule.ts";
import type { Settings } from "../../../shared/model/settings.ts";
import type { StreamRole } from "../../../shared/model/stream.ts";
import type { Store } from "../../store/store.ts";
import type { JobRunner } from "./job-runner.ts";
import type { MediaLink } from "./media-ask.ts";
import { RecordingBook } from "./recording-book.ts";
import type { TriggerEvent } from "./event-gate.ts";
import { ordersFor, planRecording, type PlannedStream } from "./recording-plan.ts";
import { RecordingIndex } from "./recording-index.ts";
import { RecordingRules } from "./recording-rules.ts";
import { RecordingTidy } from "./recording-tidy.ts";
import type { StorageService } from "./storage-service.ts";

export interface RecordingServiceDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Store;
  readonly media: MediaLink;
  readonly settings: { readonly current: Settings; readonly changed: Topic<Settings> };
  readonly devices: () => readonly Device[];
  /** Where recordings go. */
  readonly storage: StorageService;
  readonly runJob: JobRunner;
  readonly say: (severity: Notice["severity"], message: NoticeMessage, detail: string) => void;
}

const keyOf = (plan: readonly PlannedStream[]): string =>
  JSON.stringify(
    plan.map(({ channelId, role, choice, task, request }) => ({ channelId, role, choice, task, request })),
  );

const beatMs = 1_000;
const settleEveryBeats = 5;
const storageEveryBeats = 30;

/**
 * Recording from main's side: which streams are to be recorded, what is in the index, how much of the disk it may
 * take. The media process writes; this writes down what it says, and says why something is missing.
 */
export class RecordingService {
  readonly #deps: RecordingServiceDeps;
  /** The whole status, at most once a second, after it changed. */
  readonly changed = new Topic<RecordingStatus>();
  readonly #book = new RecordingBook();
  readonly #rules: RecordingRules;
  readonly #index: RecordingIndex;
  readonly #storage: StorageService;
  readonly #tidying: RecordingTidy;
  readonly #unsubscribe: Unsubscribe[] = [];
  #ends = new AbortController();
  #work: Promise<void> = Promise.resolve();
  #background: Promise<void> = Promise.resolve();
  #isReady = false;
  #planned = "";
  /** Channels that no disk takes now. */
  #barred: ReadonlySet<ChannelId> = new Set();

  constructor(deps: RecordingServiceDeps) {
    this.#deps = deps;
    const { clock, store, settings } = deps;
    this.#rules = new RecordingRules({ clock, store, settings: () => settings.current });
    this.#index = new RecordingIndex(deps);
    this.#storage = deps.storage;
    this.#tidying = new RecordingTidy({
      ...deps,
      isKnown: (channelId) =>
        deps.devices().some(({ channels }) => channels.some((channel) => channel.id === channelId)),
    });
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
      this.#storage.placesChanged.subscribe(() => void this.#later(() => this.#applyPlan())),
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
    await this.#later(() => this.#index.consoleStops(this.#book.plan));
  }

  /** A device was stored, changed or removed. */
  devicesChanged(): void {
    void this.#later(() => this.#applyPlan());
  }

  /** The channel's own rule; null: the site's setting holds. */
  rule(channelId: ChannelId): RecordingRule | null {
    return this.#rules.own(channelId);
  }

  /** `rule: null` gives a channel back to the site's setting. False: there is no such channel. */
  async setRule(channelId: ChannelId, rule: RecordingRule | null, by: string): Promise<boolean> {
    if (!(await this.#rules.set(channelId, rule))) return false;
    await this.#later(() => this.#applyPlan(by));
    return true;
  }

  /** Records these channels for so long from now, whatever their rules say. */
  async recordNow(channels: readonly ChannelId[], minutes: number, by: string): Promise<void> {
    const { clock, log } = this.#deps;
    await this.#rules.request(channels, clock.now() + minutes * 60_000, by);
    log.info("recording asked for", { channels: channels.length, minutes, by });
    await this.#later(() => this.#applyPlan());
  }

  /** Ends what was asked for by `recordNow`. */
  async stopRecordNow(channels: readonly ChannelId[], by: string): Promise<void> {
    await this.#rules.stop(channels, by);
    this.#deps.log.info("recording asked for no longer", { channels: channels.length, by });
    await this.#later(() => this.#applyPlan());
  }

  /** Something happened at a channel; it may begin a recording or keep one going. */
  triggered(event: TriggerEvent): void {
    if (this.#rules.hear(event)) void this.#later(() => this.#applyPlan());
  }

  /** Writes down how far the open files have come. */
  async settle(): Promise<void> {
    if (this.#isReady) await this.#deps.store.beatRecording(this.#deps.clock.now());
    const growth = this.#book.takeGrowth();
    if (growth.length > 0) await this.#deps.store.growRecordingFiles(growth, false);
  }

  /** Which stream of a channel is recorded. */
  roleOf(channelId: ChannelId): StreamRole {
    return this.#book.plan.find((one) => one.isFirst && one.channelId === channelId)?.role ?? "main";
  }

  #hear(report: MediaReport): void {
    const { store, clock } = this.#deps;
    this.#book.hear(report, clock.now());
    this.#storage.hear(report);
    switch (report.type) {
      case "ready":
        this.#isReady = true;
        void this.#later(() => this.#begin());
        return;
      case "recording-opened":
        void this.#later(() => this.#index.opened(report));
        return;
      case "recording-closed":
        this.#book.closed(report);
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
    await this.#index.interrupted();
    await this.#rules.load();
    await this.#lookAtStorage();
    this.#tidying.closeOpen(open, this.#ends.signal).catch((error: unknown) => {
      log.error("open recordings could not be mended", { why: String(error) });
    });
  }

  async #lookAtStorage(): Promise<void> {
    await this.#storage.look();
    await this.#applyPlan();
  }

  /** @param by who changed a rule, so that a pause has a name. */
  async #applyPlan(by?: string): Promise<void> {
    const { media, clock, store } = this.#deps;
    const plan = this.#plan();
    const now = clock.now();
    const resting = this.#book.setPlan(plan, now);
    this.#planned = keyOf(plan);
    if (!this.#isReady) return;
    const streams = ordersFor(plan).flatMap((order) => {
      const place = this.#storage.placeOf(order.channelId);
      return place === undefined ? [] : [{ ...order, ...place }];
    });
    media.send({ type: "record", site: await store.readSiteMark(), streams });
    await this.#index.rests(resting, by);
    const running = plan.filter(({ task }) => task.kind !== "rest");
    await this.#bar(
      running.filter(({ channelId }) => this.#storage.placeOf(channelId) === undefined),
      now,
    );
  }

  /** No disk takes these now: that is a gap of its own, said once. */
  async #bar(streams: readonly PlannedStream[], now: number): Promise<void> {
    const news = streams.filter(({ channelId }) => !this.#barred.has(channelId));
    this.#barred = new Set(streams.map(({ channelId }) => channelId));
    if (news.length === 0) return;
    const { state, detail } = this.#storage.status;
    const cause = state === "failed" ? "disk-error" : "disk-full";
    this.#book.wait(news, cause, now);
    await this.#index.begins(cause, detail === "" ? "only locked recordings are left" : detail, news);
  }

  #plan(): readonly PlannedStream[] {
    return planRecording(this.#deps.devices(), (channelId) => this.#rules.orders(channelId));
  }

  async #beat(signal: AbortSignal): Promise<void> {
    let told = "";
    for (let beats = 0; !signal.aborted; beats += 1) {
      await this.#deps.clock.sleep(beatMs, signal).catch(() => undefined);
      if (signal.aborted) return;
      // A schedule's hour, an event's end and a request's end come by themselves.
      if (this.#isReady && keyOf(this.#plan()) !== this.#planned) void this.#later(() => this.#applyPlan());
      if (beats % settleEveryBeats === 0) void this.#later(() => this.settle());
      if (beats % storageEveryBeats === 0 && this.#isReady) {
        void this.#later(() => this.#lookAtStorage());
        await this.#work;
        await this.#tidying.retain(signal).catch((error: unknown) => {
          if (!signal.aborted) this.#complain("retention failed", error);
        });
      }
      const status = JSON.stringify(this.status);
      if (status !== told) this.changed.publish(this.status);
      told = status;
    }
  }

  /** Once at the start: the disks against the index. */
  async #tidy(signal: AbortSignal): Promise<void> {
    try {
      while (!this.#isReady && !signal.aborted) await this.#deps.clock.sleep(beatMs, signal);
      await this.#deps.clock.sleep(10 * beatMs, signal);
      await this.#tidying.compare(signal);
    } catch (error) {
      if (!signal.aborted) this.#complain("recordings and index could not be compared", error);
    }
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
