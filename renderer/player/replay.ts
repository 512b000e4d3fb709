import type { ChannelId } from "../../shared/base/ids.ts";
import type { Clock } from "../../shared/base/clock.ts";
import type { MediaLink } from "./media-link.ts";
import { PlaybackClock } from "./playback-clock.ts";
import { PlaybackFeed, type MakeFeed, type PlaybackFailure, type RecordedFeed } from "./playback-feed.ts";
import type { VideoPool } from "./video-pool.ts";

/** What a replay shows now. */
export type ReplayView =
  | { readonly kind: "loading" }
  /** `from` … `to`: what was remembered, ms UTC. */
  | { readonly kind: "playing" | "paused"; readonly from: number; readonly to: number }
  | { readonly kind: "nothing" }
  | { readonly kind: "failed"; readonly failure: PlaybackFailure };

export interface ReplayDeps {
  readonly channelId: ChannelId;
  readonly clock: Clock;
  readonly pool: VideoPool;
  readonly link: Pick<MediaLink, "openReplay">;
  /** The newest remembered picture has been shown: what follows is live. */
  readonly onEnd: () => void;
  readonly makeFeed?: MakeFeed;
}

const beatMs = 50;
/** Behind the newest remembered picture there is nothing to wait for. */
const endsBeforeMs = 120;
/** Without a picture by then there is none. */
const patienceMs = 8_000;
const usualFrameS = 1 / 12;

/** The last half minute of one live channel, from the media process's memory; knows no React. */
export class Replay {
  readonly #deps: ReplayDeps;
  readonly #feed: RecordedFeed;
  readonly #time: PlaybackClock;
  readonly #listeners = new Set<() => void>();
  readonly #timeListeners = new Set<(shownAt: number) => void>();
  readonly #startedMs: number;
  #view: ReplayView = { kind: "loading" };
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(deps: ReplayDeps) {
    const { channelId, clock, pool, link, makeFeed = (of) => new PlaybackFeed(of) } = deps;
    this.#deps = deps;
    this.#startedMs = clock.monotonicMs();
    this.#time = new PlaybackClock(clock, 0);
    this.#feed = makeFeed({
      video: pool.take(),
      source: link.openReplay(channelId),
      pictures: "all",
      startAt: 0,
      frameS: usualFrameS,
      onChange: () => this.tick(),
      onFailed: (failure) => this.#failed(failure),
    });
  }

  /** The same object until something visible changed; for `useSyncExternalStore`. */
  get view(): ReplayView {
    return this.#view;
  }

  /** Where the replay is, ms UTC. */
  get at(): number {
    return this.#time.at;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Hears on each beat when the picture that stands on the screen was captured, ms UTC. */
  readonly subscribeTime = (listener: (shownAt: number) => void): (() => void) => {
    this.#timeListeners.add(listener);
    return () => this.#timeListeners.delete(listener);
  };

  start(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setInterval(() => this.tick(), beatMs);
    this.#feed.video.dataset["layer"] = "front";
    this.#feed.start();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#feed.stop();
    this.#deps.pool.give(this.#feed.video);
    this.#listeners.clear();
    this.#timeListeners.clear();
  }

  attach(host: HTMLElement | null): void {
    host?.append(this.#feed.video);
  }

  seek(at: number): void {
    const { span } = this.#feed;
    if (span === undefined) return;
    this.#time.seek(Math.min(span.to - endsBeforeMs, Math.max(span.from, at)));
    this.tick();
  }

  setPlaying(isPlaying: boolean): void {
    if (this.#view.kind !== "playing" && this.#view.kind !== "paused") return;
    this.#time.setPlaying(isPlaying);
    this.tick();
  }

  /** One picture on or back, standing. */
  step(direction: 1 | -1): void {
    this.setPlaying(false);
    const frameMs = this.#feed.frameS * 1_000;
    this.seek((this.#feed.shownAt ?? this.at) + frameMs * (direction + 0.5));
  }

  /** One beat; the timer calls it. */
  tick(): void {
    if (this.#timer === undefined || this.#view.kind === "failed" || this.#view.kind === "nothing") return;
    const { clock, onEnd } = this.#deps;
    const { span } = this.#feed;
    if (span === undefined || (this.#view.kind === "loading" && !this.#feed.hasPicture)) {
      if (clock.monotonicMs() - this.#startedMs > patienceMs) this.#show({ kind: "nothing" });
      else if (span !== undefined) this.#follow(span.from, "still");
      return;
    }
    if (this.#view.kind === "loading") {
      this.#time.seek(span.from);
      this.#time.setPlaying(true);
    }
    const { at, isPlaying } = this.#time;
    if (isPlaying && at >= span.to - endsBeforeMs) {
      this.#show({ kind: "paused", ...span });
      this.#time.setPlaying(false);
      onEnd();
      return;
    }
    const place = this.#feed.placeOf(at);
    // Nothing came for a while then: it goes on with what came next.
    if (isPlaying && place?.kind === "gap" && place.to !== null) this.#time.seek(place.to);
    this.#follow(at, isPlaying ? "run" : "still");
    this.#show({ kind: isPlaying ? "playing" : "paused", ...span });
    const { shownAt } = this.#feed;
    if (shownAt !== undefined) for (const listener of this.#timeListeners) listener(shownAt);
  }

  #follow(at: number, kind: "run" | "still"): void {
    const place = this.#feed.placeOf(at);
    if (place?.kind !== "recorded") return;
    const isReady = this.#feed.isReady(place.positionS, { kind });
    this.#time.setHeld(this.#time.isPlaying && !isReady);
    this.#feed.follow(place.positionS, kind === "run" ? { kind, speed: 1 } : { kind });
  }

  #failed(failure: PlaybackFailure): void {
    const isEmpty = failure.kind === "broken" && this.#feed.span === undefined;
    this.#show(isEmpty ? { kind: "nothing" } : { kind: "failed", failure });
  }

  #show(next: ReplayView): void {
    const before = this.#view;
    if (before.kind === next.kind && next.kind !== "failed") return;
    this.#view = next;
    for (const listener of this.#listeners) listener();
  }
}
