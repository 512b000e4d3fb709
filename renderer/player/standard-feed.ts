import Hls, { type ErrorData, Events, type HlsConfig } from "hls.js";
import { backoffDelayMs, type BackoffPolicy } from "../../shared/base/backoff.ts";
import type { Clock } from "../../shared/base/clock.ts";
import type { PresentedFrame } from "../../shared/model/tile-state.ts";
import type { Feed, FeedEvents, FeedFormat } from "./feed.ts";
import type { MediaLink, MediaOrder, MediaSubscription } from "./media-link.ts";
import { portBase, portLoaderFor } from "./port-loader.ts";

export interface StandardFeedDeps {
  readonly link: MediaLink;
  readonly clock: Clock;
  readonly video: HTMLVideoElement;
  readonly order: MediaOrder;
  readonly events: FeedEvents;
}

const playlistUrl = `${portBase}index.m3u8`;
/** hls.js neither jumps to live nor notices a frozen playlist by itself: these two limits do. */
const jumpBehindS = 6;
const frozenAfterMs = 8_000;
const reloadBackoff: BackoffPolicy = { firstMs: 500, maxMs: 10_000, jitter: 0.2, healthyAfterMs: 30_000 };

/** What hls.js must be told to stay live; its own defaults play far behind and never catch up. */
export const liveHlsConfig: Partial<HlsConfig> = {
  lowLatencyMode: true,
  maxLiveSyncPlaybackRate: 1.2,
  backBufferLength: 10,
  maxBufferLength: 10,
  liveDurationInfinity: true,
  enableWorker: false,
};

/** hls.js over the window's port: the standard mode. A fatal error or a frozen picture reloads the source. */
export class StandardFeed implements Feed {
  readonly #deps: StandardFeedDeps;
  #subscription: MediaSubscription | undefined;
  #hls: Hls | undefined;
  #reloads = 0;
  #reloadAtMs: number | undefined;
  #lastProgress = { positionS: -1, atMs: 0 };
  #isStopped = false;

  constructor(deps: StandardFeedDeps) {
    this.#deps = deps;
  }

  get order(): MediaOrder {
    return this.#deps.order;
  }

  get format(): FeedFormat | undefined {
    const level = this.#hls?.levels[Math.max(0, this.#hls.currentLevel)];
    if (level === undefined) return undefined;
    const { video } = this.#deps;
    return {
      codecs: [level.videoCodec, level.audioCodec].filter((codec) => codec !== undefined).join(","),
      width: video.videoWidth,
      height: video.videoHeight,
      fps: level.frameRate,
    };
  }

  start(): void {
    const { link, order, events, clock } = this.#deps;
    this.#subscription = link.open(order, (news) => {
      if (this.#isStopped) return;
      if (news.type === "status") events.onStatus(news.status);
      else if (news.type === "reset") this.#scheduleReload();
    });
    this.#lastProgress = { positionS: -1, atMs: clock.monotonicMs() };
    this.#load();
  }

  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#hls?.destroy();
    this.#hls = undefined;
    this.#subscription?.close();
  }

  tick(monotonicMs: number): void {
    if (this.#isStopped) return;
    if (this.#reloadAtMs !== undefined) {
      if (monotonicMs >= this.#reloadAtMs) this.#load();
      return;
    }
    const { video } = this.#deps;
    if (video.currentTime !== this.#lastProgress.positionS) {
      this.#lastProgress = { positionS: video.currentTime, atMs: monotonicMs };
      this.#jumpWhenFarBehind();
      return;
    }
    if (monotonicMs - this.#lastProgress.atMs > frozenAfterMs) this.#scheduleReload();
  }

  captured(mediaTimeS: number, presentedMs: number): PresentedFrame | undefined {
    const fragment = this.#hls?.latestLevelDetails?.fragments.findLast(
      ({ start, programDateTime }) => start <= mediaTimeS + 0.001 && programDateTime !== null,
    );
    if (fragment === undefined || fragment.programDateTime === null) return undefined;
    const { clock } = this.#deps;
    const capturedAt = fragment.programDateTime + (mediaTimeS - fragment.start) * 1_000;
    const ageMs = Math.max(0, clock.now() - capturedAt);
    return { capturedAt, capturedMs: presentedMs - ageMs, presentedMs };
  }

  #load(): void {
    const { video, clock } = this.#deps;
    this.#hls?.destroy();
    this.#reloadAtMs = undefined;
    this.#lastProgress = { positionS: -1, atMs: clock.monotonicMs() };
    const hls = new Hls({ ...liveHlsConfig, loader: portLoaderFor(() => this.#subscription) });
    this.#hls = hls;
    hls.on(Events.ERROR, (_event, error) => this.#failed(error));
    hls.on(Events.FRAG_BUFFERED, () => {
      this.#reloads = 0;
      if (video.paused) video.play().catch(ignoreInterruptedPlay);
    });
    hls.loadSource(playlistUrl);
    hls.attachMedia(video);
  }

  #failed(error: ErrorData): void {
    if (this.#isStopped || !error.fatal) return;
    const isUnsupported =
      error.details === Hls.ErrorDetails.BUFFER_ADD_CODEC_ERROR ||
      error.details === Hls.ErrorDetails.MANIFEST_INCOMPATIBLE_CODECS_ERROR;
    if (isUnsupported) this.#deps.events.onUnsupported(error.mimeType ?? "");
    else this.#scheduleReload();
  }

  #scheduleReload(): void {
    if (this.#reloadAtMs !== undefined) return;
    this.#reloads += 1;
    const delayMs = backoffDelayMs(reloadBackoff, this.#reloads, Math.random());
    this.#reloadAtMs = this.#deps.clock.monotonicMs() + delayMs;
  }

  #jumpWhenFarBehind(): void {
    const hls = this.#hls;
    const edgeS = hls?.liveSyncPosition;
    if (edgeS === undefined || edgeS === null) return;
    const { video } = this.#deps;
    if (edgeS - video.currentTime > jumpBehindS && !video.seeking) video.currentTime = edgeS;
  }
}

/** `play()` is refused when a seek or a new source comes first; the next fragment asks again. */
function ignoreInterruptedPlay(): void {}
