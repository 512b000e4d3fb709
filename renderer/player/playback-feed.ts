import Hls, { type ErrorData, Events, type HlsConfig } from "hls.js";
import type { MediaResponse } from "./media-link.ts";
import { instantOf, placeOf, type PlaybackChunk, type PlaybackPlace } from "./playback-map.ts";
import { driftStep, type PlaybackPace } from "./playback-pace.ts";
import { portBase, portLoaderFor } from "./port-loader.ts";

/** One recorded channel of an allowed playback, at the media process. */
export interface PlaybackSource {
  get(path: string, signal: AbortSignal): Promise<MediaResponse>;
  close(): void;
}

export interface PlaybackFeedDeps {
  readonly video: HTMLVideoElement;
  readonly source: PlaybackSource;
  /** `keys`: keyframes only. */
  readonly pictures: "all" | "keys";
  /** Where to begin, ms UTC. */
  readonly startAt: number;
  /** Distance of two pictures until it has been measured, seconds. */
  readonly frameS: number;
  readonly onChange: () => void;
  readonly onFailed: (failure: PlaybackFailure) => void;
}

export type PlaybackFailure =
  | { readonly kind: "unsupported"; readonly codecs: string }
  | { readonly kind: "broken"; readonly detail: string };

/** What a player of recordings asks of a feed. */
export type RecordedFeed = Pick<PlaybackFeed, keyof PlaybackFeed>;
/** Makes one; another than hls.js's in tests. */
export type MakeFeed = (deps: PlaybackFeedDeps) => RecordedFeed;

const playbackHlsConfig: Partial<HlsConfig> = {
  autoStartLoad: false,
  enableWorker: false,
  maxBufferLength: 18,
  maxMaxBufferLength: 30,
  backBufferLength: 18,
  nudgeMaxRetry: 8,
};

/** One `<video>` filled by hls.js from recorded chunks; finds instants in it and keeps it where it is told. */
export class PlaybackFeed {
  readonly #deps: PlaybackFeedDeps;
  #hls: Hls | undefined;
  #chunks: readonly PlaybackChunk[] | undefined;
  #frameHandle: number | undefined;
  #shownS: number | undefined;
  #frameS: number;
  #wantedS: number | undefined;
  #isStopped = false;

  constructor(deps: PlaybackFeedDeps) {
    this.#deps = deps;
    this.#frameS = deps.frameS;
  }

  get video(): HTMLVideoElement {
    return this.#deps.video;
  }

  get pictures(): PlaybackFeedDeps["pictures"] {
    return this.#deps.pictures;
  }

  /** Whether a picture of it has been on the screen. */
  get hasPicture(): boolean {
    return this.#shownS !== undefined;
  }

  /** Distance of two pictures, seconds. */
  get frameS(): number {
    return this.#frameS;
  }

  /** When the picture on the screen was captured, ms UTC. */
  get shownAt(): number | undefined {
    if (this.#shownS === undefined || this.#chunks === undefined) return undefined;
    return instantOf(this.#chunks, this.#shownS);
  }

  /** Where the player itself is, ms UTC; runs on between two pictures. */
  get positionAt(): number | undefined {
    return this.#chunks === undefined ? undefined : instantOf(this.#chunks, this.video.currentTime);
  }

  /** Undefined until the playlist has come. */
  placeOf(at: number): PlaybackPlace | undefined {
    return this.#chunks === undefined ? undefined : placeOf(this.#chunks, at);
  }

  /** The first and the last instant that is recorded, ms UTC; undefined until the playlist has come. */
  get span(): { readonly from: number; readonly to: number } | undefined {
    const first = this.#chunks?.[0]?.programDateTime ?? null;
    const last = this.#chunks?.at(-1);
    if (first === null || last === undefined || last.programDateTime === null) return undefined;
    return { from: first, to: last.programDateTime + last.duration * 1_000 };
  }

  start(): void {
    const { video, source } = this.#deps;
    video.muted = true;
    const hls = new Hls({ ...playbackHlsConfig, loader: portLoaderFor(() => this.#portSource(source)) });
    this.#hls = hls;
    hls.on(Events.ERROR, (_event, error) => this.#failed(error));
    hls.on(Events.LEVEL_LOADED, (_event, { details }) => {
      this.#chunks = details.fragments;
      const place = placeOf(details.fragments, this.#deps.startAt);
      hls.startLoad(place.kind === "recorded" ? place.positionS : 0);
      this.#deps.onChange();
    });
    hls.loadSource(`${portBase}${this.pictures === "keys" ? "keys" : "index"}.m3u8`);
    hls.attachMedia(video);
    this.#frameHandle = video.requestVideoFrameCallback(this.#seen);
  }

  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    if (this.#frameHandle !== undefined) this.video.cancelVideoFrameCallback(this.#frameHandle);
    this.#hls?.destroy();
    this.#hls = undefined;
    this.#deps.source.close();
  }

  /** The picture of this position is there and, to run on, what follows it. */
  isReady(positionS: number, pace: Pick<PlaybackPace, "kind">): boolean {
    const { video } = this;
    if (this.#isStopped || video.seeking) return false;
    const isNear = Math.abs(video.currentTime - positionS) < Math.max(1, this.#frameS * 2);
    return isNear && this.hasPicture && video.readyState >= (pace.kind === "run" ? 3 : 2);
  }

  /** Keeps the video at a position of its timeline as the pace asks for it. */
  follow(positionS: number, pace: PlaybackPace): void {
    const { video } = this;
    if (this.#isStopped || this.#chunks === undefined || video.readyState === 0) return;
    switch (pace.kind) {
      case "run":
        this.#run(positionS, pace.speed);
        return;
      case "hold":
        this.pause();
        if (Math.abs(video.currentTime - positionS) > 0.3) this.#seek(positionS);
        return;
      case "still":
        this.pause();
        this.#seek(positionS);
        return;
      case "back":
      case "leap":
        this.pause();
        if (!video.seeking && video.readyState >= 2) this.#seek(positionS);
    }
  }

  pause(): void {
    if (!this.video.paused) this.video.pause();
  }

  #run(positionS: number, speed: number): void {
    const { video } = this;
    this.#wantedS = undefined;
    const step = driftStep(video.currentTime - positionS, speed);
    if (step.kind === "seek") {
      if (!video.seeking) this.#seek(positionS);
    } else if (video.playbackRate !== step.rate) video.playbackRate = step.rate;
    if (video.paused && video.readyState >= 2) video.play().catch(ignoreInterruptedPlay);
  }

  /** Seeks once for each new position; the middle of a picture's time is as good as its beginning. */
  #seek(positionS: number): void {
    const { video } = this;
    if (this.#wantedS !== undefined && Math.abs(this.#wantedS - positionS) < 0.001) return;
    this.#wantedS = positionS;
    video.currentTime = positionS;
  }

  readonly #seen = (_now: number, metadata: VideoFrameCallbackMetadata): void => {
    this.#frameHandle = this.video.requestVideoFrameCallback(this.#seen);
    const before = this.#shownS;
    this.#shownS = metadata.mediaTime;
    const distance = before === undefined ? 0 : metadata.mediaTime - before;
    // Dropped pictures and seeks make it larger, nothing makes it smaller: the shortest seen is the right one.
    if (!this.video.paused && distance > 0.004 && distance < this.#frameS * 1.5) {
      this.#frameS = Math.min(this.#frameS, distance);
    }
    // Which picture stands on the screen can be read from the page: the end-to-end tests compare tiles by it.
    this.video.dataset["shownAt"] = String(this.shownAt ?? "");
    this.#deps.onChange();
  };

  #failed(error: ErrorData): void {
    if (this.#isStopped || !error.fatal) return;
    const isUnsupported =
      error.details === Hls.ErrorDetails.BUFFER_ADD_CODEC_ERROR ||
      error.details === Hls.ErrorDetails.BUFFER_INCOMPATIBLE_CODECS_ERROR ||
      error.details === Hls.ErrorDetails.MANIFEST_INCOMPATIBLE_CODECS_ERROR;
    if (isUnsupported) this.#deps.onFailed({ kind: "unsupported", codecs: error.mimeType ?? "" });
    else this.#deps.onFailed({ kind: "broken", detail: `${error.details}: ${error.error.message}` });
  }

  #portSource(source: PlaybackSource) {
    return this.#isStopped ? undefined : source;
  }
}

/** `play()` is refused when a seek comes first; the next step asks again. */
function ignoreInterruptedPlay(): void {}
