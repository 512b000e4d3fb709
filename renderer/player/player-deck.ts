import type { ChannelId } from "../../shared/base/ids.ts";
import type { Clock } from "../../shared/base/clock.ts";
import type { TileReport } from "../../shared/contract/live.ts";
import type { VideoCodec } from "../../shared/model/stream.ts";
import { clockStepMs, type Moment } from "../../shared/model/tile-state.ts";
import type { MediaLink } from "./media-link.ts";
import { PlayerDriver } from "./player-driver.ts";
import { VideoPool } from "./video-pool.ts";

export interface PlayerDeckDeps {
  readonly link: MediaLink;
  readonly clock: Clock;
  readonly document: Document;
  readonly canDecode: (codec: VideoCodec) => boolean;
  /** What this window's tiles show, once a second while somebody can see them. */
  readonly onReport: (reports: readonly TileReport[]) => void;
  readonly onFault: (channelId: ChannelId, error: Error) => void;
}

const tickMs = 250;
const ticksPerReport = 4;
const stepToleranceMs = 1_500;

/**
 * All players of one window: one pool of `<video>` elements and one slow beat that judges every picture.
 *
 * While the window is hidden the browser presents no frames, so nothing can be proven: tiles are neither judged
 * nor reported, and afterwards each has to show a new frame before it is called live again.
 */
export class PlayerDeck {
  readonly #deps: PlayerDeckDeps;
  readonly #pool: VideoPool;
  readonly #drivers = new Set<PlayerDriver>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #last: Moment;
  #ticks = 0;

  constructor(deps: PlayerDeckDeps) {
    this.#deps = deps;
    this.#pool = new VideoPool(deps.document);
    this.#last = this.#moment();
  }

  get drivers(): ReadonlySet<PlayerDriver> {
    return this.#drivers;
  }

  get pool(): VideoPool {
    return this.#pool;
  }

  /** The way to the media process, for players of another kind. */
  get link(): MediaLink {
    return this.#deps.link;
  }

  start(): void {
    if (this.#timer !== undefined) return;
    this.#last = this.#moment();
    this.#timer = setInterval(() => this.tick(), tickMs);
    this.#deps.document.addEventListener("visibilitychange", this.#visibilityChanged);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#deps.document.removeEventListener("visibilitychange", this.#visibilityChanged);
    for (const driver of this.#drivers) driver.dispose();
    this.#drivers.clear();
  }

  /** A player for one channel; give it back with `close`. */
  open(channelId: ChannelId): PlayerDriver {
    const { link, clock, canDecode, onFault } = this.#deps;
    const driver = new PlayerDriver({
      channelId,
      link,
      clock,
      canDecode,
      pool: this.#pool,
      onFault: (error) => onFault(channelId, error),
    });
    this.#drivers.add(driver);
    return driver;
  }

  close(driver: PlayerDriver): void {
    this.#drivers.delete(driver);
    driver.dispose();
  }

  /** One beat; the timer calls it four times a second. */
  tick(): void {
    const now = this.#moment();
    const stepMs = clockStepMs(this.#last, now);
    this.#last = now;
    if (Math.abs(stepMs) > stepToleranceMs) this.#watchFrom(now.monotonicMs);
    if (this.#deps.document.visibilityState === "hidden") return;
    for (const driver of this.#drivers) driver.tick(now);
    this.#ticks += 1;
    if (this.#ticks % ticksPerReport === 0) this.#deps.onReport(this.reports());
  }

  reports(): readonly TileReport[] {
    return Array.from(this.#drivers, (driver) => ({
      channelId: driver.channelId,
      state: driver.state,
      latencyMs: driver.latencyMs ?? null,
      dropped: driver.droppedFrames,
    }));
  }

  readonly #visibilityChanged = (): void => {
    if (this.#deps.document.visibilityState === "hidden") return;
    this.#watchFrom(this.#moment().monotonicMs);
    this.tick();
  };

  #watchFrom(monotonicMs: number): void {
    for (const driver of this.#drivers) driver.watchFrom(monotonicMs);
  }

  #moment(): Moment {
    const { clock } = this.#deps;
    return { wallMs: clock.now(), monotonicMs: clock.monotonicMs() };
  }
}
