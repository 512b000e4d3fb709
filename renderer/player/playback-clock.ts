import type { Clock } from "../../shared/base/clock.ts";

/**
 * The one time that all tiles of a review follow: an instant of site history that stands, or runs at a speed.
 *
 * A hold stops it without anybody having paused: a tile waits for its pictures.
 */
export class PlaybackClock {
  readonly #clock: Clock;
  #anchorAt: number;
  #anchorMs: number;
  #speed = 1;
  #isPlaying = false;
  #isHeld = false;

  constructor(clock: Clock, at: number) {
    this.#clock = clock;
    this.#anchorAt = at;
    this.#anchorMs = clock.monotonicMs();
  }

  /** Ms UTC, with fractions while it runs. */
  get at(): number {
    if (!this.#isPlaying || this.#isHeld) return this.#anchorAt;
    return this.#anchorAt + (this.#clock.monotonicMs() - this.#anchorMs) * this.#speed;
  }

  get speed(): number {
    return this.#speed;
  }

  get isPlaying(): boolean {
    return this.#isPlaying;
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  seek(at: number): void {
    this.#anchorAt = at;
    this.#anchorMs = this.#clock.monotonicMs();
  }

  setSpeed(speed: number): void {
    this.seek(this.at);
    this.#speed = speed;
  }

  setPlaying(isPlaying: boolean): void {
    this.seek(this.at);
    this.#isPlaying = isPlaying;
    this.#isHeld = false;
  }

  setHeld(isHeld: boolean): void {
    if (isHeld === this.#isHeld) return;
    this.seek(this.at);
    this.#isHeld = isHeld;
  }
}
