import type { BackoffPolicy } from "../../shared/base/backoff.ts";
import type { Clock } from "../../shared/base/clock.ts";
import { NeedsPersonError, supervise, type AttemptFailure } from "../../shared/base/supervise.ts";
import type { SourceConfig } from "../../shared/contract/media-port.ts";
import type { Log } from "../../shared/model/log.ts";
import type { SourceStatus } from "../../shared/model/stream-status.ts";
import { explain, forSupervision, type Failure } from "./failure.ts";
import type { StreamEpoch, StreamFragment } from "./fragment-stream.ts";
import { GopCache } from "./gop-cache.ts";
import { SourceMeter } from "./source-meter.ts";
import { SourceSession } from "./source-session.ts";
import type { Viewer } from "./viewer.ts";

export interface SourceDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly onStatus: (status: SourceStatus) => void;
}

/**
 * How a stream is tried again: a quarter of a second after the first failure, so that a killed socket is
 * back with the next keyframe, then doubling to 30 s; forgotten after 10 s of pictures.
 */
export const streamBackoff: BackoffPolicy = {
  firstMs: 250,
  maxMs: 30_000,
  jitter: 0.2,
  healthyAfterMs: 10_000,
};

/** A stream nobody looks at is kept open for this long: changing pages does not reconnect cameras. */
const lingerMs = 5_000;
/** Main says where a stream is within moments of its start. */
const unknownAfterMs = 10_000;
const leadInTicks = 90_000;
const ticksPerMs = 90;

/** One camera stream: opened by its first viewer, supervised, shared by all, closed after the last. */
export class Source {
  readonly #deps: SourceDeps;
  readonly #viewers = new Set<Viewer>();
  readonly #gop = new GopCache();
  readonly #meter = new SourceMeter();
  readonly #originMs: number;
  #config: SourceConfig | undefined;
  #refusal: Failure | undefined;
  #running: { readonly stops: AbortController; readonly done: Promise<void> } | undefined;
  #session: SourceSession | undefined;
  #status: SourceStatus = { kind: "idle" };
  #wake: (() => void) | undefined;
  #epoch: StreamEpoch | undefined;
  #epochs = 0;
  #endTicks = 0;
  #lastFrameAt: number | null = null;
  #lingerUntilMs: number | undefined;
  #wantsSound = false;
  #failures = 0;
  #connections = 0;
  #lostBefore = 0;
  #malformedBefore = 0;
  #reorderDepth = 0;
  #playingSince = 0;

  constructor(deps: SourceDeps) {
    this.#deps = deps;
    this.#originMs = deps.clock.monotonicMs();
  }

  get status(): SourceStatus {
    return this.#status;
  }
  get viewerCount(): number {
    return this.#viewers.size;
  }
  /** Bytes held for new viewers. */
  get bytes(): number {
    return this.#gop.bytes;
  }

  /** Where the stream is; a change of address, login or transport reconnects, a new clock offset does not. */
  configure(config: SourceConfig): void {
    const before = this.#config;
    this.#config = config;
    this.#refusal = undefined;
    const isSame =
      before !== undefined &&
      before.uri === config.uri &&
      before.username === config.username &&
      before.password === config.password &&
      before.transport === config.transport;
    if (isSame && this.#running) this.#session?.pipeline?.setClockOffset(config.clockOffsetMs);
    else this.#restart();
  }

  /** The stream cannot be opened before a person acts, or is gone. */
  refuse(failure: Failure): void {
    this.#refusal = failure;
    this.#config = undefined;
    this.#restart();
  }

  /** @param start `next-keyframe`: without what was kept since the last one */
  add(viewer: Viewer, start: "kept" | "next-keyframe" = "kept"): void {
    this.#viewers.add(viewer);
    this.#wantsSound ||= viewer.wantsSound;
    this.#lingerUntilMs = undefined;
    if (!this.#running) this.#restart();
    viewer.onStatus(this.#status);
    const isSounding = this.#session?.pipeline?.isSounding ?? false;
    if (this.#epoch) viewer.onEpoch(this.#epoch);
    if (start === "next-keyframe") return;
    for (const fragment of this.#gop.fragments) viewer.onFragment(fragment, isSounding);
  }

  remove(viewer: Viewer): void {
    if (!this.#viewers.delete(viewer)) return;
    this.#wantsSound = [...this.#viewers].some((other) => other.wantsSound);
    if (this.#viewers.size > 0) return;
    this.#lingerUntilMs = this.#deps.clock.monotonicMs() + lingerMs;
  }

  /** Ends a wait and tries at once. */
  retry(): void {
    this.#wake?.();
  }

  /** Once a second: renews the numbers of a playing source, closes one that nobody looks at. */
  tick(): void {
    const nowMs = this.#deps.clock.monotonicMs();
    if (this.#lingerUntilMs !== undefined && nowMs >= this.#lingerUntilMs) {
      this.#lingerUntilMs = undefined;
      void this.stop();
    } else if (this.#status.kind === "playing") {
      this.#publishPlaying();
    } else if (this.#status.kind === "connecting" && this.#config === undefined) {
      const waitedMs = this.#deps.clock.now() - this.#status.since;
      if (waitedMs > unknownAfterMs) this.refuse({ reason: "not-found", detail: "this stream is not known" });
    }
  }

  /** Closes the connection; the source can be opened again by a viewer. */
  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    running?.stops.abort(new Error("stopped"));
    this.#gop.clear();
    this.#epoch = undefined;
    this.#publish({ kind: "idle" });
    await running?.done;
  }

  #restart(): void {
    this.#running?.stops.abort(new Error("configured anew"));
    this.#running = undefined;
    this.#failures = 0;
    this.#gop.clear();
    this.#epoch = undefined;
    if (this.#viewers.size === 0) {
      this.#publish({ kind: "idle" });
      return;
    }
    const config = this.#config;
    if (config === undefined) {
      // A window may ask before main has said where the stream is; `tick` gives up waiting for that.
      if (this.#refusal) this.#publishWaiting(this.#refusal, 1, null);
      else this.#publish({ kind: "connecting", attempt: 1, since: this.#deps.clock.now() });
      return;
    }
    const stops = new AbortController();
    const done = supervise((signal, healthy) => this.#attempt(config, signal, healthy), {
      clock: this.#deps.clock,
      signal: stops.signal,
      policy: streamBackoff,
      onFailure: (failure) => this.#onFailure(failure),
      wake: (signal) =>
        new Promise((resolve) => {
          this.#wake = resolve;
          signal.addEventListener("abort", () => resolve(), { once: true });
        }),
    });
    this.#running = { stops, done };
  }

  async #attempt(config: SourceConfig, signal: AbortSignal, healthy: () => void): Promise<void> {
    const { clock } = this.#deps;
    this.#publish({ kind: "connecting", attempt: this.#failures + 1, since: clock.now() });
    const session = new SourceSession({
      config: this.#config ?? config,
      clock,
      reorderDepth: this.#reorderDepth,
      wantsSound: () => this.#wantsSound,
      startTicks: () => {
        const elapsed = Math.round((clock.monotonicMs() - this.#originMs) * ticksPerMs);
        return Math.max(this.#endTicks, elapsed) + leadInTicks;
      },
      nextEpoch: () => {
        this.#epochs += 1;
        return this.#epochs;
      },
      onEpoch: (epoch) => {
        if (!signal.aborted) this.#onEpoch(epoch);
      },
      onFragment: (fragment) => {
        if (signal.aborted) return;
        healthy();
        this.#onFragment(fragment);
      },
    });
    this.#session = session;
    this.#meter.clear();
    try {
      await session.run(signal);
    } catch (error) {
      throw forSupervision(error);
    } finally {
      this.#lostBefore += session.pipeline?.lostPackets ?? 0;
      this.#malformedBefore += session.pipeline?.malformedPackets ?? 0;
      this.#reorderDepth = Math.max(this.#reorderDepth, session.pipeline?.reorderDepth ?? 0);
      if (this.#session === session) this.#session = undefined;
    }
  }

  #onEpoch(epoch: StreamEpoch): void {
    this.#epoch = epoch;
    this.#gop.clear();
    for (const viewer of this.#viewers) viewer.onEpoch(epoch);
    if (this.#status.kind === "playing") return;
    this.#connections += 1;
    this.#playingSince = this.#deps.clock.now();
    this.#publishPlaying();
    const { width, height } = epoch;
    this.#deps.log.info("stream playing", { width, height, codecs: epoch.videoCodecs });
  }

  #onFragment(fragment: StreamFragment): void {
    if (fragment.track === "video") {
      this.#lastFrameAt = Math.round(fragment.capturedAt);
      this.#endTicks = Math.max(
        this.#endTicks,
        Math.round((fragment.presentationS + fragment.durationS) * 1000 * ticksPerMs),
      );
      this.#meter.add(fragment.bytes.length, this.#deps.clock.monotonicMs());
    }
    this.#gop.add(fragment);
    const isSounding = this.#session?.pipeline?.isSounding ?? false;
    for (const viewer of this.#viewers) viewer.onFragment(fragment, isSounding);
  }

  #onFailure({ error, attempt, retryAt }: AttemptFailure): void {
    this.#failures = attempt;
    const failure = explain(error);
    this.#gop.clear();
    this.#epoch = undefined;
    this.#publishWaiting(failure, attempt, error instanceof NeedsPersonError ? null : (retryAt ?? null));
    const fields = { reason: failure.reason, detail: failure.detail, attempt };
    if (failure.reason === "internal") {
      const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#deps.log.error("stream failed in a way nobody thought of", { ...fields, cause });
    } else this.#deps.log.warn("stream lost", fields);
  }

  #publishWaiting(failure: Failure, attempt: number, retryAt: number | null): void {
    this.#publish({
      kind: "waiting",
      reason: failure.reason,
      detail: failure.detail.slice(0, 500),
      since: this.#deps.clock.now(),
      attempt,
      retryAt,
      lastFrameAt: this.#lastFrameAt,
    });
  }

  #publishPlaying(): void {
    const pipeline = this.#session?.pipeline;
    if (pipeline === undefined || this.#epoch === undefined) return;
    this.#publish({
      kind: "playing",
      since: this.#playingSince,
      codec: pipeline.codec,
      width: this.#epoch.width,
      height: this.#epoch.height,
      ...this.#meter.read(this.#deps.clock.monotonicMs()),
      audio: pipeline.soundName,
      transport: this.#session?.transport ?? "tcp",
      lostPackets: this.#lostBefore + pipeline.lostPackets,
      malformedPackets: this.#malformedBefore + pipeline.malformedPackets,
      reconnects: this.#connections - 1,
      arrivalTime: pipeline.isByArrival,
    });
  }

  #publish(status: SourceStatus): void {
    if (status.kind === "idle" && this.#status.kind === "idle") return;
    this.#status = status;
    this.#deps.onStatus(status);
    for (const viewer of this.#viewers) viewer.onStatus(status);
  }
}
