import type { Clock } from "../../shared/base/clock.ts";

/**
 * A camera's own clock: the true one, set off by a jump and running fast or slow.
 *
 * Monotonic time and waiting are the true clock's: only what the camera believes the date to be is wrong.
 */
export class DeviceClock implements Clock {
  readonly #true: Clock;
  #offsetMs: number;
  #driftPpm = 0;
  #driftSinceMs = 0;

  constructor(deps: { readonly clock: Clock; readonly offsetMs: number }) {
    this.#true = deps.clock;
    this.#offsetMs = deps.offsetMs;
  }

  /** Device time minus true time now, ms. */
  get offsetMs(): number {
    return Math.round(this.#offsetMs + this.#drifted());
  }

  now(): number {
    return this.#true.now() + this.offsetMs;
  }

  monotonicMs(): number {
    return this.#true.monotonicMs();
  }

  sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    return this.#true.sleep(durationMs, signal);
  }

  /** Moves the clock by so many ms from where it is. */
  jump(byMs: number): void {
    this.#offsetMs += byMs;
  }

  /** Sets the date (ms UTC), as SetSystemDateAndTime does. */
  set(timeMs: number): void {
    this.#offsetMs = timeMs - this.#true.now();
    this.#driftSinceMs = this.#true.monotonicMs();
  }

  /** Runs fast (positive) or slow by so many parts per million from now on. */
  drift(ppm: number): void {
    this.#offsetMs += this.#drifted();
    this.#driftPpm = ppm;
    this.#driftSinceMs = this.#true.monotonicMs();
  }

  #drifted(): number {
    return ((this.#true.monotonicMs() - this.#driftSinceMs) * this.#driftPpm) / 1e6;
  }
}
