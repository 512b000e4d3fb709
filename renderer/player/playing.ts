import type { ChannelId } from "../../shared/base/ids.ts";
import type { Clock } from "../../shared/base/clock.ts";
import { withStatus, type PictureEvidence, type SourceEvidence } from "../../shared/model/tile-state.ts";
import type { Feed } from "./feed.ts";
import { FrameWatch } from "./frame-watch.ts";
import { LowLatencyFeed } from "./low-latency-feed.ts";
import type { MediaLink } from "./media-link.ts";
import type { PlayerStats, PlayPlan } from "./player-state.ts";
import { StandardFeed } from "./standard-feed.ts";
import type { VideoPool } from "./video-pool.ts";

export interface PlayingDeps {
  readonly link: MediaLink;
  readonly clock: Clock;
  readonly pool: VideoPool;
  readonly channelId: ChannelId;
  readonly plan: PlayPlan;
  /** The group of pictures at hand broke the feed before this one. */
  readonly isFresh: boolean;
  readonly onFirstFrame: (self: Playing) => void;
  readonly onUnsupported: (self: Playing, codecs: string) => void;
  readonly onBroken: (self: Playing, error: Error) => void;
}

/** One stream being played in one `<video>`, and the evidence for what it shows. */
export class Playing {
  readonly plan: PlayPlan;
  readonly video: HTMLVideoElement;
  readonly openedMs: number;
  readonly #deps: PlayingDeps;
  readonly #feed: Feed;
  readonly #watch: FrameWatch;
  #source: SourceEvidence = { status: { kind: "idle" }, failure: undefined };
  #isStopped = false;

  constructor(deps: PlayingDeps) {
    const { clock, link, plan, channelId, isFresh } = deps;
    this.#deps = deps;
    this.plan = plan;
    this.openedMs = clock.monotonicMs();
    this.video = deps.pool.take();
    const feedDeps = {
      link,
      clock,
      video: this.video,
      order: { channelId, role: plan.role, mode: plan.mode, audio: plan.audio, isFresh },
      events: {
        onStatus: (status: SourceEvidence["status"]) => {
          this.#source = withStatus(this.#source, status);
        },
        onUnsupported: (codecs: string) => deps.onUnsupported(this, codecs),
        onBroken: (error: Error) => deps.onBroken(this, error),
      },
    };
    this.#feed = plan.mode === "standard" ? new StandardFeed(feedDeps) : new LowLatencyFeed(feedDeps);
    this.#watch = new FrameWatch({
      video: this.video,
      clock,
      captured: (mediaTimeS, presentedMs) => this.#feed.captured(mediaTimeS, presentedMs),
      onFirstFrame: () => deps.onFirstFrame(this),
    });
  }

  get source(): SourceEvidence {
    return this.#source;
  }

  get latencyMs(): number | undefined {
    return this.#watch.latencyMs;
  }

  get droppedFrames(): number {
    return this.#isStopped ? 0 : this.video.getVideoPlaybackQuality().droppedVideoFrames;
  }

  start(): void {
    this.video.muted = !this.plan.audio;
    this.#watch.start();
    this.#feed.start();
  }

  /** Frees the decoder and gives the element back. Idempotent. */
  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#watch.stop();
    this.#feed.stop();
    this.#deps.pool.give(this.video);
  }

  tick(monotonicMs: number): void {
    this.#feed.tick(monotonicMs);
  }

  evidence(watchedFromMs: number): PictureEvidence {
    const fps = this.#feed.format?.fps ?? 0;
    const frameIntervalMs = this.#watch.intervalMs ?? (fps > 0 ? 1_000 / fps : 1_000);
    return { openedMs: this.openedMs, watchedFromMs, frame: this.#watch.frame, frameIntervalMs };
  }

  stats(): PlayerStats {
    const { status } = this.#source;
    const playing = status.kind === "playing" ? status : undefined;
    const format = this.#feed.format;
    const { buffered, currentTime, videoWidth, videoHeight } = this.video;
    const endS = buffered.length === 0 ? currentTime : buffered.end(buffered.length - 1);
    const intervalMs = this.#watch.intervalMs;
    return {
      codecs: format?.codecs ?? "",
      width: videoWidth || (format?.width ?? 0),
      height: videoHeight || (format?.height ?? 0),
      fps: intervalMs === undefined ? (playing?.fps ?? 0) : 1_000 / intervalMs,
      bitrateKbps: playing?.bitrateKbps,
      latencyMs: this.latencyMs,
      bufferS: Math.max(0, endS - currentTime),
      lostPackets: playing?.lostPackets ?? 0,
      droppedFrames: this.droppedFrames,
      transport: playing?.transport,
      reconnects: playing?.reconnects ?? 0,
      isArrivalTime: playing?.arrivalTime ?? false,
    };
  }
}
