import type { ChannelId } from "../../shared/base/ids.ts";
import type { Clock } from "../../shared/base/clock.ts";
import type { StreamRole, VideoCodec } from "../../shared/model/stream.ts";
import {
  claimOf,
  tileState,
  type Claim,
  type Moment,
  type TileState,
} from "../../shared/model/tile-state.ts";
import type { MediaLink } from "./media-link.ts";
import {
  isSameFeed,
  isSameView,
  planFor,
  type PlayerStats,
  type PlayerView,
  type PlayPlan,
  type PlayWish,
  type Still,
} from "./player-state.ts";
import { Playing } from "./playing.ts";
import { RebuildLimit } from "./rebuild-limit.ts";
import type { VideoPool } from "./video-pool.ts";

export interface PlayerDriverDeps {
  readonly channelId: ChannelId;
  readonly link: MediaLink;
  readonly clock: Clock;
  readonly pool: VideoPool;
  readonly canDecode: (codec: VideoCodec) => boolean;
  readonly onFault: (error: Error) => void;
}

/**
 * Plays one channel in one place of the page; owns its `<video>` elements and knows no React.
 *
 * A change of stream, mode or sound is prepared behind the picture and put in front when its first frame was
 * presented; so is the rebuilding of a broken feed.
 */
export class PlayerDriver {
  readonly #deps: PlayerDriverDeps;
  readonly #listeners = new Set<() => void>();
  readonly #claimListeners = new Set<(claim: Claim) => void>();
  readonly #unplayable = new Set<StreamRole>();
  readonly #rebuilds = new RebuildLimit();
  #host: HTMLElement | undefined;
  #wish: PlayWish | undefined;
  #plan: PlayPlan | undefined;
  #unsupported: TileState | undefined;
  #front: Playing | undefined;
  #back: Playing | undefined;
  #rebuildAtMs: number | undefined;
  /** The wish's own mode failed too often; it is tried again later. */
  #isResting = false;
  #watchedFromMs = 0;
  #droppedBefore = 0;
  #view: PlayerView;

  constructor(deps: PlayerDriverDeps) {
    this.#deps = deps;
    const since = Math.round(deps.clock.now());
    this.#view = {
      state: { kind: "connecting", since },
      plan: undefined,
      isPreparing: false,
      hasPicture: false,
      hasSound: false,
      reason: undefined,
    };
  }

  get channelId(): ChannelId {
    return this.#deps.channelId;
  }

  /** The same object until something visible changed; for `useSyncExternalStore`. */
  get view(): PlayerView {
    return this.#view;
  }

  /** What the picture may claim at this moment; `view.state` may lag behind in its figures. */
  get state(): TileState {
    return this.#stateAt(this.#moment());
  }

  get latencyMs(): number | undefined {
    return this.#front?.latencyMs;
  }

  get droppedFrames(): number {
    return this.#droppedBefore + (this.#front?.droppedFrames ?? 0);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Hears at once and then with each beat what a live or delayed picture may claim, without any rendering. */
  readonly subscribeClaim = (listener: (claim: Claim) => void): (() => void) => {
    this.#claimListeners.add(listener);
    const claim = this.#claim(this.state);
    if (claim !== undefined) listener(claim);
    return () => this.#claimListeners.delete(listener);
  };

  /** Puts the picture into `host`; null takes it out and keeps it running. */
  attach(host: HTMLElement | null): void {
    this.#host = host ?? undefined;
    for (const playing of [this.#back, this.#front]) {
      if (playing === undefined) continue;
      if (host === null) playing.video.remove();
      else host.append(playing.video);
    }
  }

  /** Digital zoom: a CSS transform of the picture within its place. */
  setTransform(css: string): void {
    if (this.#host !== undefined) this.#host.style.transform = css;
  }

  show(wish: PlayWish): void {
    this.#wish = wish;
    this.#replan();
  }

  /** Starts the feed anew at once, as a person asked. */
  restart(): void {
    this.#unplayable.clear();
    this.#rebuilds.forget();
    this.#replan();
    if (this.#plan !== undefined) this.#prepare(this.#plan);
  }

  dispose(): void {
    this.#dropAll();
    this.#rebuildAtMs = undefined;
    this.#listeners.clear();
    this.#claimListeners.clear();
  }

  /** What was seen before `monotonicMs` proves nothing any more (hidden window, sleep, clock set). */
  watchFrom(monotonicMs: number): void {
    this.#watchedFromMs = monotonicMs;
  }

  tick(now: Moment): void {
    if (this.#rebuildAtMs !== undefined && now.monotonicMs >= this.#rebuildAtMs) {
      this.#rebuildAtMs = undefined;
      if (this.#plan !== undefined) this.#prepare(this.#plan, true);
    }
    if (this.#isResting && !this.#rebuilds.isTired(now.monotonicMs)) this.#replan();
    this.#front?.tick(now.monotonicMs);
    this.#back?.tick(now.monotonicMs);
    this.#refresh(now);
  }

  stats(): PlayerStats | undefined {
    const stats = this.#front?.stats();
    return stats === undefined ? undefined : { ...stats, droppedFrames: this.droppedFrames };
  }

  /** The picture on the screen now, or undefined when there is none. */
  still(): Still | undefined {
    const frame = this.#front?.evidence(0).frame;
    if (this.#front === undefined || frame === undefined || this.#front.video.videoWidth === 0)
      return undefined;
    return {
      video: this.#front.video,
      capturedAt: Math.round(frame.capturedAt),
      state: this.#stateAt(this.#moment()),
    };
  }

  #replan(): void {
    if (this.#wish === undefined) return;
    const { canDecode, clock } = this.#deps;
    this.#isResting = this.#rebuilds.isTired(clock.monotonicMs());
    const plan = planFor(this.#wish, {
      canDecode,
      unplayable: this.#unplayable,
      prefersStandard: this.#isResting,
    });
    if ("unsupported" in plan) {
      this.#plan = undefined;
      this.#unsupported = { kind: "unsupported", detail: plan.unsupported.join(", ") };
      this.#dropAll();
      this.#refresh(this.#moment());
      return;
    }
    this.#unsupported = undefined;
    const before = this.#plan;
    this.#plan = plan;
    if (this.#front !== undefined && before !== undefined && isSameFeed(this.#front.plan, plan)) {
      this.#back?.stop();
      this.#back = undefined;
    } else if (this.#back === undefined || !isSameFeed(this.#back.plan, plan)) {
      this.#prepare(plan);
    }
    this.#refresh(this.#moment());
  }

  #prepare(plan: PlayPlan, isFresh = false): void {
    const { channelId, link, clock, pool } = this.#deps;
    this.#back?.stop();
    this.#back = undefined;
    const playing = new Playing({
      channelId,
      link,
      clock,
      pool,
      plan,
      isFresh,
      onFirstFrame: (self) => this.#presented(self),
      onUnsupported: (self, codecs) => this.#cannotPlay(self, codecs),
      onBroken: (self, error) => this.#broken(self, error),
    });
    if (this.#front?.evidence(0).frame === undefined) {
      this.#front?.stop();
      this.#front = playing;
      playing.video.dataset["layer"] = "front";
    } else {
      this.#back = playing;
      playing.video.dataset["layer"] = "back";
    }
    this.#host?.append(playing.video);
    playing.start();
  }

  #presented(playing: Playing): void {
    if (playing === this.#back) {
      const old = this.#front;
      this.#front = playing;
      this.#back = undefined;
      playing.video.dataset["layer"] = "front";
      if (old !== undefined) {
        this.#droppedBefore += old.droppedFrames;
        old.stop();
      }
    }
    this.#refresh(this.#moment());
  }

  #cannotPlay(playing: Playing, codecs: string): void {
    if (playing !== this.#front && playing !== this.#back) return;
    this.#deps.onFault(new Error(`this computer cannot decode ${codecs} (${playing.plan.role} stream)`));
    this.#unplayable.add(playing.plan.role);
    this.#replan();
  }

  #broken(playing: Playing, error: Error): void {
    if (playing !== this.#front && playing !== this.#back) return;
    const nowMs = this.#deps.clock.monotonicMs();
    this.#deps.onFault(error);
    this.#rebuildAtMs = nowMs + this.#rebuilds.broke(nowMs);
    this.#replan();
  }

  #dropAll(): void {
    this.#front?.stop();
    this.#back?.stop();
    this.#front = undefined;
    this.#back = undefined;
  }

  #stateAt(now: Moment): TileState {
    if (this.#unsupported !== undefined) return this.#unsupported;
    if (this.#front === undefined) return { kind: "connecting", since: Math.round(now.wallMs) };
    return tileState(this.#front.evidence(this.#watchedFromMs), this.#front.source, now);
  }

  #claim(state: TileState): Claim | undefined {
    return this.#front && claimOf(this.#front.evidence(this.#watchedFromMs), state);
  }

  #refresh(now: Moment): void {
    const state = this.#stateAt(now);
    const status = this.#front?.source.status;
    const view: PlayerView = {
      state,
      plan: this.#plan,
      isPreparing: this.#back !== undefined,
      hasPicture: this.#front?.evidence(0).frame !== undefined,
      hasSound: status?.kind === "playing" && status.audio !== null,
      reason: this.#front?.source.failure?.reason,
    };
    const claim = this.#claim(state);
    if (claim !== undefined) for (const listener of this.#claimListeners) listener(claim);
    if (isSameView(view, this.#view)) return;
    this.#view = view;
    for (const listener of this.#listeners) listener();
  }

  #moment(): Moment {
    const { clock } = this.#deps;
    return { wallMs: clock.now(), monotonicMs: clock.monotonicMs() };
  }
}
