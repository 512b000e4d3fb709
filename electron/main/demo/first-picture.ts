import type { Clock } from "../../../shared/base/clock.ts";

export interface FirstPictureDeps {
  readonly clock: Clock;
  /** Tiles that prove a live picture now. */
  readonly liveTiles: () => number;
}

const everyMs = 50;

/**
 * Waits for the first picture that a tile proves live; answers the ms since `startedAt` (ms UTC).
 *
 * Tiles report once a second, so the answer is up to a second late and never early. Rejects when the signal aborts.
 */
export async function waitForFirstPicture(
  deps: FirstPictureDeps,
  startedAt: number,
  signal: AbortSignal,
): Promise<number> {
  while (deps.liveTiles() === 0) await deps.clock.sleep(everyMs, signal);
  return deps.clock.now() - startedAt;
}
