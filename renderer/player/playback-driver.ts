import type { ChannelId, PlaybackId } from "../../shared/base/ids.ts";
import type { Clock } from "../../shared/base/clock.ts";
import {
  PlaybackFeed,
  type MakeFeed,
  type PlaybackFailure,
  type PlaybackSource,
  type RecordedFeed,
} from "./playback-feed.ts";
import type { PlaybackPlace } from "./playback-map.ts";
import type { PlaybackPace } from "./playback-pace.ts";
import { chromiumDecoders, type DecoderPort } from "./group-decoder.ts";
import { ReverseLayer } from "./reverse-layer.ts";
import type { VideoPool } from "./video-pool.ts";

/** What a tile of a review shows now. */
export type PlaybackView =
  | { readonly kind: "loading"; readonly hasPicture: boolean }
  | { readonly kind: "picture" }
  /** Nothing was recorded at this time; null: nor anywhere on that side within what is open. */
  | { readonly kind: "gap"; readonly from: number | null; readonly to: number | null }
  | { readonly kind: "failed"; readonly failure: PlaybackFailure };

export interface PlaybackDriverDeps {
  readonly channelId: ChannelId;
  readonly clock: Clock;
  readonly pool: VideoPool;
  readonly frameS: number;
  readonly openSource: (playback: PlaybackId, channelId: ChannelId) => PlaybackSource;
  readonly onChange: () => void;
  readonly makeFeed?: MakeFeed;
  /** Backwards: the decoders, and how much decoded pictures may take, bytes. */
  readonly decoders?: DecoderPort;
  readonly reverseBytes?: () => number;
}

/** A broken player is built again this late and this often before it is said. */
const rebuildAfterMs = 400;
const mostRebuilds = 3;
/** Memory for pictures to be shown backwards, where nobody says how many tiles share it. */
const usualReverseBytes = 64 * 1024 * 1024;
/** How long the others wait for a tile that has no picture yet. */
const patienceMs = 4_000;

/**
 * Plays one recorded channel in one place of the page and keeps it at the common time; knows no React.
 *
 * Another span, or keyframes instead of all pictures, is prepared behind the picture and put in front once it
 * shows one, so that the tile never goes dark in between.
 */
export class PlaybackDriver {
  readonly #deps: PlaybackDriverDeps;
  readonly #listeners = new Set<() => void>();
  readonly #reverse: ReverseLayer;
  #front: RecordedFeed | undefined;
  #back: RecordedFeed | undefined;
  #host: HTMLElement | null = null;
  #view: PlaybackView = { kind: "loading", hasPicture: false };
  #failure: PlaybackFailure | undefined;
  #hasNothing = false;
  #waitingSinceMs: number | undefined;
  #isHeard = false;
  #opened: { readonly playback: PlaybackId; readonly pictures: "all" | "keys" } | undefined;
  #rebuilds = 0;
  #rebuildAtMs: number | undefined;

  constructor(deps: PlaybackDriverDeps) {
    this.#deps = deps;
    this.#reverse = new ReverseLayer({
      openSource: (playback) => deps.openSource(playback, deps.channelId),
      decoders: deps.decoders ?? chromiumDecoders,
      budgetBytes: deps.reverseBytes ?? (() => usualReverseBytes),
    });
  }

  get channelId(): ChannelId {
    return this.#deps.channelId;
  }

  /** The same object until something visible changed; for `useSyncExternalStore`. */
  get view(): PlaybackView {
    return this.#view;
  }

  /** When the picture on the screen was captured, ms UTC. */
  get shownAt(): number | undefined {
    if (this.#view.kind !== "picture") return undefined;
    return this.#reverse.isShown ? this.#reverse.shownAt : this.#front?.shownAt;
  }

  get positionAt(): number | undefined {
    return this.#view.kind === "picture" ? this.#front?.positionAt : undefined;
  }

  get frameMs(): number {
    return (this.#front?.frameS ?? this.#deps.frameS) * 1_000;
  }

  get pictures(): "all" | "keys" | undefined {
    return (this.#back ?? this.#front)?.pictures;
  }

  get video(): HTMLVideoElement | undefined {
    return this.#front?.video;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  attach(host: HTMLElement | null): void {
    this.#host = host;
    for (const feed of [this.#back, this.#front]) if (feed !== undefined) host?.append(feed.video);
    this.#reverse.attach(host);
  }

  /** Opens its channel of a playback; the picture of the one before stays until the new one has its own. */
  open(playback: PlaybackId, pictures: "all" | "keys", startAt: number): void {
    this.#drop(this.#back);
    this.#back = undefined;
    this.#failure = undefined;
    this.#hasNothing = false;
    this.#rebuildAtMs = undefined;
    this.#opened = { playback, pictures };
    const { openSource, pool, channelId, frameS, makeFeed = (of) => new PlaybackFeed(of) } = this.#deps;
    const video = pool.take();
    const feed: RecordedFeed = makeFeed({
      video,
      pictures,
      startAt,
      frameS,
      source: openSource(playback, channelId),
      onChange: () => this.#promote(feed),
      onFailed: (failure) => this.#failed(feed, failure),
    });
    if (this.#front?.hasPicture === true) this.#back = feed;
    else {
      this.#drop(this.#front);
      this.#front = feed;
    }
    this.#layer();
    feed.start();
  }

  /** There is nothing of this channel in the span that is open. */
  openNothing(): void {
    this.#drop(this.#front);
    this.#drop(this.#back);
    this.#reverse.hide();
    this.#front = undefined;
    this.#back = undefined;
    this.#failure = undefined;
    this.#rebuildAtMs = undefined;
    this.#opened = undefined;
    this.#hasNothing = true;
  }

  /** Where an instant lies in what is open; undefined while that is not known. */
  placeOf(at: number): PlaybackPlace | undefined {
    if (this.#hasNothing) return { kind: "gap", from: null, to: null };
    return (this.#back ?? this.#front)?.placeOf(at);
  }

  /** Keeps up with the common time; false: it has no picture for it yet and asks the others to wait. */
  follow(at: number, pace: PlaybackPace): boolean {
    const nowMs = this.#deps.clock.monotonicMs();
    if (this.#rebuildAtMs !== undefined && nowMs >= this.#rebuildAtMs && this.#opened !== undefined) {
      this.open(this.#opened.playback, this.#opened.pictures, at);
    }
    const place = this.placeOf(at);
    if (this.#failure !== undefined || place?.kind === "gap") {
      this.#front?.pause();
      this.#waitingSinceMs = undefined;
      this.#show(place?.kind === "gap" && this.#failure === undefined ? place : undefined);
      return true;
    }
    const isReady = place !== undefined && this.#moveTo(at, pace);
    if (isReady) this.#waitingSinceMs = undefined;
    else this.#waitingSinceMs ??= nowMs;
    this.#show(undefined);
    return isReady || nowMs - (this.#waitingSinceMs ?? nowMs) > patienceMs;
  }

  /** True when the picture of this instant is on the screen. */
  #moveTo(at: number, pace: PlaybackPace): boolean {
    const playback = this.#opened?.playback;
    const isBack = pace.kind === "back" || (pace.kind === "hold" && pace.way === "back");
    if (isBack && playback !== undefined && this.#reverse.canPlay(playback)) {
      this.#front?.pause();
      this.#back?.pause();
      return this.#reverse.follow(playback, at);
    }
    const own: PlaybackPace = pace.kind === "back" ? { kind: "leap" } : pace;
    for (const feed of [this.#front, this.#back]) {
      const place = feed?.placeOf(at);
      if (place?.kind === "recorded") feed?.follow(place.positionS, own);
      else feed?.pause();
    }
    const isReady = this.#front?.isReady(this.#positionOf(at), own) === true;
    if (isReady) this.#reverse.hide();
    return isReady;
  }

  setHeard(isHeard: boolean): void {
    this.#isHeard = isHeard;
    if (this.#front !== undefined) this.#front.video.muted = !isHeard;
  }

  dispose(): void {
    this.openNothing();
    this.#host = null;
    this.#listeners.clear();
  }

  #positionOf(at: number): number {
    const place = this.#front?.placeOf(at);
    return place?.kind === "recorded" ? place.positionS : Number.NEGATIVE_INFINITY;
  }

  #promote(feed: RecordedFeed): void {
    if (feed.hasPicture) this.#rebuilds = 0;
    if (feed === this.#back && feed.hasPicture) {
      this.#drop(this.#front);
      this.#front = feed;
      this.#back = undefined;
      feed.video.muted = !this.#isHeard;
      this.#layer();
    }
    this.#deps.onChange();
  }

  #failed(feed: RecordedFeed, failure: PlaybackFailure): void {
    if (feed !== this.#front && feed !== this.#back) return;
    this.#drop(feed);
    if (feed === this.#back) this.#back = undefined;
    else this.#front = undefined;
    if (failure.kind === "broken" && this.#rebuilds < mostRebuilds) {
      this.#rebuilds += 1;
      this.#rebuildAtMs = this.#deps.clock.monotonicMs() + rebuildAfterMs;
    } else {
      this.#rebuilds = 0;
      this.#failure = failure;
    }
    this.#show(undefined);
    this.#deps.onChange();
  }

  #drop(feed: RecordedFeed | undefined): void {
    if (feed === undefined) return;
    feed.stop();
    this.#deps.pool.give(feed.video);
  }

  #layer(): void {
    if (this.#front !== undefined) this.#front.video.dataset["layer"] = "front";
    if (this.#back !== undefined) this.#back.video.dataset["layer"] = "back";
    for (const feed of [this.#back, this.#front]) {
      if (feed !== undefined && feed.video.parentElement !== this.#host) this.#host?.append(feed.video);
    }
  }

  #show(gap: Extract<PlaybackPlace, { kind: "gap" }> | undefined): void {
    const next = this.#nextView(gap);
    if (isSame(this.#view, next)) return;
    this.#view = next;
    for (const listener of this.#listeners) listener();
  }

  #nextView(gap: Extract<PlaybackPlace, { kind: "gap" }> | undefined): PlaybackView {
    if (this.#failure !== undefined) return { kind: "failed", failure: this.#failure };
    if (gap !== undefined) return gap;
    const hasPicture = this.#front?.hasPicture === true || this.#reverse.isShown;
    const isLate =
      this.#waitingSinceMs !== undefined && this.#deps.clock.monotonicMs() - this.#waitingSinceMs > 700;
    return hasPicture && !isLate ? { kind: "picture" } : { kind: "loading", hasPicture };
  }
}

function isSame(a: PlaybackView, b: PlaybackView): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === "gap" && b.kind === "gap") return a.from === b.from && a.to === b.to;
  if (a.kind === "loading" && b.kind === "loading") return a.hasPicture === b.hasPicture;
  return a.kind !== "failed";
}
