/**
 * Time as a dependency: nothing in a domain rule calls `Date.now()` or `setTimeout` itself.
 *
 * `now()` is wall-clock time, integer milliseconds since 1970 UTC, and may jump.
 * `monotonicMs()` never goes back and is what durations are measured with.
 */
export interface Clock {
  now(): number;
  monotonicMs(): number;
  /** Resolves after `durationMs`; rejects with `signal.reason` as soon as the signal aborts. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}

declare function setTimeout(callback: () => void, delayMs: number): unknown;
declare function clearTimeout(handle: unknown): void;
declare const performance: { now(): number };

/** The computer's own clocks. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep: (durationMs, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const abort = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener("abort", abort);
        resolve();
      }, durationMs);
      signal?.addEventListener("abort", abort, { once: true });
    }),
};
