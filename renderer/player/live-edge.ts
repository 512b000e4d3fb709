/** One buffered range of a media element, seconds. */
export interface BufferedRange {
  readonly startS: number;
  readonly endS: number;
}

/** What to do to stay at the live edge; the fields that are undefined stay as they are. */
export interface EdgeStep {
  readonly seekToS: number | undefined;
  readonly rate: number;
}

/** Behind this the player jumps instead of catching up. */
const jumpBehindS = 1.5;
const fastBehindS = 0.25;
const slightlyBehindS = 0.12;

/**
 * One step of live-edge control for a low-latency player.
 *
 * More than 1.5 s behind: jump to `targetS` before the end. Above target + 0.25 s: 1.2×; above target + 0.12 s:
 * 1.05×. A position outside the newest range (start, gap, discontinuity) jumps into it.
 */
export function steerToEdge(ranges: readonly BufferedRange[], currentS: number, targetS: number): EdgeStep {
  const newest = ranges.at(-1);
  if (newest === undefined) return { seekToS: undefined, rate: 1 };
  const behindS = newest.endS - currentS;
  if (currentS < newest.startS || behindS > jumpBehindS || behindS < -0.5) {
    return { seekToS: Math.max(newest.startS, newest.endS - targetS), rate: 1 };
  }
  if (behindS > targetS + fastBehindS) return { seekToS: undefined, rate: 1.2 };
  if (behindS > targetS + slightlyBehindS) return { seekToS: undefined, rate: 1.05 };
  return { seekToS: undefined, rate: 1 };
}

const leastTargetS = 0.12;
const mostTargetS = 0.6;
const stallStepS = 0.05;
const calmAfterMs = 5_000;
/** Stalls while the first pictures come in say nothing of the line. */
const startMs = 3_000;

/**
 * How far behind the end to play: as near as this line of pictures allows.
 *
 * Grows by 50 ms with each stall, at most to 0.6 s, and comes back by 50 ms for every 5 s without one.
 */
export class EdgeTarget {
  #targetS = 0.15;
  #calmSinceMs = 0;
  #startedMs: number | undefined;

  get targetS(): number {
    return this.#targetS;
  }

  stalled(nowMs: number): void {
    this.#startedMs ??= nowMs;
    if (nowMs - this.#startedMs < startMs) return;
    this.#targetS = Math.min(mostTargetS, this.#targetS + stallStepS);
    this.#calmSinceMs = nowMs;
  }

  tick(nowMs: number): void {
    this.#startedMs ??= nowMs;
    if (nowMs - this.#calmSinceMs < calmAfterMs) return;
    this.#calmSinceMs = nowMs;
    this.#targetS = Math.max(leastTargetS, this.#targetS - stallStepS);
  }
}

/** The span of old pictures to remove, or undefined when less than `slackS` beyond `keepS` has gathered. */
export function trimSpan(
  ranges: readonly BufferedRange[],
  currentS: number,
  keepS = 8,
  slackS = 6,
): BufferedRange | undefined {
  const oldest = ranges[0];
  if (oldest === undefined) return undefined;
  const endS = currentS - keepS;
  return endS - oldest.startS > slackS ? { startS: 0, endS } : undefined;
}

/** `TimeRanges` as an array. */
export function bufferedRanges(ranges: TimeRanges): readonly BufferedRange[] {
  return Array.from({ length: ranges.length }, (_, index) => ({
    startS: ranges.start(index),
    endS: ranges.end(index),
  }));
}
