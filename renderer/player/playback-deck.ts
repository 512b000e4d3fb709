import type { Clock } from "../../shared/base/clock.ts";
import type { ChannelId } from "../../shared/base/ids.ts";
import type { Playback } from "../../shared/contract/recording.ts";
import { GapSearch, type GapSearchDeps } from "./gap-search.ts";
import { PlaybackClock } from "./playback-clock.ts";
import { PlaybackDriver, type PlaybackDriverDeps } from "./playback-driver.ts";
import { paceOf, type PlaybackPace } from "./playback-pace.ts";
import { PlaybackWindow } from "./playback-window.ts";
import type { VideoPool } from "./video-pool.ts";

export interface PlaybackDeckDeps {
  readonly clock: Clock;
  readonly pool: VideoPool;
  readonly startAt: number;
  /** Asks main for a playback of these channels. */
  readonly allow: (channels: readonly ChannelId[], from: number, to: number) => Promise<Playback>;
  readonly release: (playback: Playback) => void;
  readonly openSource: PlaybackDriverDeps["openSource"];
  readonly frameSOf: (channelId: ChannelId) => number;
  readonly nextRecorded: GapSearchDeps["nextRecorded"];
  readonly previousRecorded: GapSearchDeps["previousRecorded"];
  /** For tests: feeds and decoders of their own. */
  readonly parts?: Pick<PlaybackDriverDeps, "makeFeed" | "decoders">;
}

/** What the whole review does; the time itself comes by `subscribeTime`. */
export interface PlaybackDeckView {
  readonly isPlaying: boolean;
  /** Negative: backwards. */
  readonly speed: number;
  /** Waiting for pictures of at least one tile. */
  readonly isWaiting: boolean;
  /** Where playing ended because nothing newer is recorded, or, backwards, nothing older. */
  readonly isAtEnd: boolean;
  /** Why nothing can be played at all; null when it can. */
  readonly failure: string | null;
}

const beatMs = 40;
/** Decoded pictures of all tiles together that wait to be shown backwards. */
const reverseBytes = 384 * 1024 * 1024;

/**
 * Up to sixteen recorded channels on one time. On each beat every tile is told the instant it has to show; a
 * tile without its picture holds all of them, for four seconds at most. A time at which none was recorded is
 * jumped over.
 */
export class PlaybackDeck {
  readonly #deps: PlaybackDeckDeps;
  readonly #time: PlaybackClock;
  readonly #window: PlaybackWindow;
  readonly #search: GapSearch;
  readonly #drivers = new Map<ChannelId, PlaybackDriver>();
  readonly #listeners = new Set<() => void>();
  readonly #timeListeners = new Set<(at: number) => void>();
  readonly #crossed = new Set<(gap: { readonly from: number; readonly to: number }) => void>();
  #view: PlaybackDeckView = { isPlaying: false, speed: 1, isWaiting: false, isAtEnd: false, failure: null };
  #timer: ReturnType<typeof setInterval> | undefined;
  #isLooking = false;
  #isAtEnd = false;
  #toldAt = Number.NaN;

  constructor(deps: PlaybackDeckDeps) {
    this.#deps = deps;
    this.#search = new GapSearch(deps);
    this.#time = new PlaybackClock(deps.clock, deps.startAt);
    this.#window = new PlaybackWindow({
      clock: deps.clock,
      allow: deps.allow,
      release: deps.release,
      onOpened: (playback) => this.#opened(playback),
      onChange: () => this.tick(),
    });
  }

  get at(): number {
    return this.#time.at;
  }

  /** The same object until something changed; for `useSyncExternalStore`. */
  get view(): PlaybackDeckView {
    return this.#view;
  }

  get drivers(): ReadonlyMap<ChannelId, PlaybackDriver> {
    return this.#drivers;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Hears the common time whenever it has changed, at most once a beat; at once with where it is now. */
  readonly subscribeTime = (listener: (at: number) => void): (() => void) => {
    this.#timeListeners.add(listener);
    listener(this.at);
    return () => this.#timeListeners.delete(listener);
  };

  /** Hears of each stretch that was jumped over because nothing was recorded in it. */
  readonly subscribeCrossed = (
    listener: (gap: { readonly from: number; readonly to: number }) => void,
  ): (() => void) => {
    this.#crossed.add(listener);
    return () => this.#crossed.delete(listener);
  };

  start(): void {
    this.#timer ??= setInterval(() => this.tick(), beatMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#window.close();
    for (const driver of this.#drivers.values()) driver.dispose();
    this.#drivers.clear();
  }

  /** Which channels play, at most sixteen; those that stay keep their picture. */
  setChannels(channels: readonly ChannelId[]): void {
    const wanted = channels.slice(0, 16);
    for (const [channelId, driver] of this.#drivers) {
      if (wanted.includes(channelId)) continue;
      driver.dispose();
      this.#drivers.delete(channelId);
    }
    for (const channelId of wanted) {
      if (this.#drivers.has(channelId)) continue;
      const { clock, pool, openSource, frameSOf, parts } = this.#deps;
      const driver = new PlaybackDriver({
        channelId,
        clock,
        pool,
        openSource,
        frameS: frameSOf(channelId),
        onChange: () => undefined,
        reverseBytes: () => reverseBytes / this.#drivers.size,
        ...parts,
      });
      this.#drivers.set(channelId, driver);
    }
    this.#window.setChannels(wanted);
    this.#publish(false);
    this.tick();
  }

  seek(at: number): void {
    this.#isAtEnd = false;
    this.#time.seek(Math.min(at, this.#deps.clock.now()));
    this.tick();
  }

  setPlaying(isPlaying: boolean): void {
    this.#isAtEnd = false;
    this.#time.setPlaying(isPlaying);
    this.tick();
  }

  setSpeed(speed: number): void {
    this.#time.setSpeed(speed);
    this.tick();
  }

  /** One picture on or back, counted in the pictures of one channel; the others follow to its time. */
  step(direction: 1 | -1, channelId: ChannelId): void {
    const driver = this.#drivers.get(channelId);
    const frameMs = driver?.frameMs ?? 67;
    if (this.#time.isPlaying) this.setPlaying(false);
    const shownAt = driver?.shownAt;
    // From the middle of the picture that is shown; while another one is still being fetched, from where that is.
    const isShown = shownAt !== undefined && this.at >= shownAt - 2 && this.at < shownAt + frameMs + 2;
    const from = isShown ? shownAt + frameMs / 2 : this.at;
    this.seek(this.#besideGap(from, from + direction * frameMs, driver));
  }

  /** A step out of what is recorded goes on behind the gap; at the first and the last picture it stays. */
  #besideGap(from: number, to: number, driver: PlaybackDriver | undefined): number {
    const place = driver?.placeOf(to);
    if (place?.kind !== "gap" || driver?.placeOf(from)?.kind === "gap") return to;
    const edge = to > from ? place.to : place.from;
    if (edge === null) return from;
    return to > from ? edge + 1 : edge - 1;
  }

  /** The window has a new port to the media process: what was open there is gone. */
  reopen(): void {
    this.#window.forget();
    this.tick();
  }

  /** One beat; the timer calls it. */
  tick(): void {
    const at = this.at;
    const isLeaping = paceOf(this.#time.speed, this.#drivers.size).kind === "leap" && this.#time.isPlaying;
    this.#window.keepAround(at, this.#time.isPlaying ? this.#time.speed : 1, isLeaping ? "keys" : "all");
    const isCovered = this.#window.covers(at);
    const pace = this.#pace();
    let isWaiting = !isCovered && this.#drivers.size > 0;
    if (isCovered) {
      for (const driver of this.#drivers.values()) if (!driver.follow(at, pace)) isWaiting = true;
      if (this.#time.isPlaying) this.#crossGap(at);
    }
    const mustHold = this.#isLooking || (isWaiting && !isLeaping);
    this.#time.setHeld(mustHold && this.#time.isPlaying);
    this.#publish(isWaiting);
  }

  #pace(): PlaybackPace {
    if (!this.#time.isPlaying) return { kind: "still" };
    const pace = paceOf(this.#time.speed, this.#drivers.size);
    return this.#time.isHeld ? { kind: "hold", way: pace.kind === "back" ? "back" : "on" } : pace;
  }

  #opened(playback: Playback): void {
    for (const track of playback.tracks) {
      const driver = this.#drivers.get(track.channelId);
      if (track.from === null) driver?.openNothing();
      else driver?.open(playback.id, this.#window.pictures, this.at);
    }
  }

  get #direction(): "back" | "on" {
    return this.#time.speed < 0 ? "back" : "on";
  }

  /** Where no channel has anything, the time jumps to the next recording; at the last one it stands. */
  #crossGap(at: number): void {
    if (this.#drivers.size === 0 || this.#isLooking) return;
    const edges: number[] = [];
    for (const driver of this.#drivers.values()) {
      const place = driver.placeOf(at);
      if (place?.kind !== "gap") return;
      const edge = this.#direction === "on" ? place.to : place.from;
      if (edge !== null) edges.push(edge);
    }
    if (edges.length === 0) void this.#lookFurther(at);
    else if (this.#direction === "on") this.#jump(at, Math.min(...edges));
    else this.#jump(at, Math.max(...edges) - 1);
  }

  async #lookFurther(at: number): Promise<void> {
    this.#isLooking = true;
    this.#time.setHeld(true);
    const direction = this.#direction;
    const isStillWanted = (): boolean =>
      this.#time.isPlaying && this.#direction === direction && Math.abs(this.at - at) < 1_000;
    try {
      const found = await this.#search.find([...this.#drivers.keys()], at, direction, isStillWanted);
      if (found?.kind === "recorded") this.#jump(at, direction === "on" ? found.at : found.at - 1);
      if (found?.kind === "grown") this.#window.forget();
      if (found?.kind !== "nothing") return;
      this.#time.setPlaying(false);
      this.#isAtEnd = true;
    } catch (error) {
      this.#time.setPlaying(false);
      this.#window.fail(error);
    } finally {
      this.#isLooking = false;
      this.tick();
    }
  }

  #jump(from: number, to: number): void {
    this.#time.seek(to);
    if (Math.abs(to - from) < 200) return;
    const gap = { from: Math.min(from, to), to: Math.max(from, to) };
    for (const listener of this.#crossed) listener(gap);
  }

  #publish(isWaiting: boolean): void {
    const { at } = this;
    if (at !== this.#toldAt) {
      this.#toldAt = at;
      for (const listener of this.#timeListeners) listener(at);
    }
    const next: PlaybackDeckView = {
      isPlaying: this.#time.isPlaying,
      speed: this.#time.speed,
      isWaiting,
      isAtEnd: this.#isAtEnd,
      failure: this.#window.failure,
    };
    const before = this.#view;
    if (
      before.isPlaying === next.isPlaying &&
      before.speed === next.speed &&
      before.isWaiting === next.isWaiting &&
      before.isAtEnd === next.isAtEnd &&
      before.failure === next.failure
    )
      return;
    this.#view = next;
    for (const listener of this.#listeners) listener();
  }
}
