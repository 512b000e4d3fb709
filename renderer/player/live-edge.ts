/** One buffered range of a media element, seconds. */
export interface BufferedRange {
  readonly startS: number;
  readonly endS: number;
}

/** What to do to stay at the live edge; no seek is the normal case. */
export interface EdgeStep {
  readonly seekToS: number | undefined;
  readonly rate: number;
}

/** Behind this the player jumps instead of catching up. */
const jumpBehindS = 1.5;
/** Share of a new measurement; about five frames make a difference. */
const smoothing = 0.2;

/** From which distance to the target to leave normal speed, and at which to come back to it. */
const paces = [
  { rate: 1.15, fromS: 0.35, untilS: 0.2 },
  { rate: 1.05, fromS: 0.06, untilS: 0.01 },
  { rate: 0.9, fromS: -0.09, untilS: -0.05 },
  { rate: 0.95, fromS: -0.04, untilS: -0.01 },
] as const;

/**
 * Keeps one player as near to the end of its buffer as its line of pictures allows, without jerks.
 *
 * The distance that counts is the one right after a frame came, less that frame's own time on the screen: what is
 * left for the next frame to be late. Too much of it is played off at 1.05× or 1.15×, too little gained at 0.95× or
 * 0.9×, before the picture stalls and not only afterwards. More than 1.5 s behind, or outside the newest range
 * (start, gap, discontinuity), it jumps.
 */
export class LiveEdge {
  readonly margin = new EdgeMargin();
  #offS: number | undefined;
  #pace: (typeof paces)[number] | undefined;

  /** @param frameS what one frame lasts @param hasFrame a frame has just been added to the buffer */
  step(newest: BufferedRange | undefined, currentS: number, frameS: number, hasFrame: boolean): EdgeStep {
    if (newest === undefined) return { seekToS: undefined, rate: 1 };
    const targetS = frameS + this.margin.marginS;
    const behindS = newest.endS - currentS;
    if (currentS < newest.startS || behindS > targetS + jumpBehindS || behindS < -0.5) {
      this.#offS = undefined;
      this.#pace = undefined;
      return { seekToS: Math.max(newest.startS, newest.endS - targetS), rate: 1 };
    }
    if (hasFrame) this.#steer(behindS - targetS);
    return { seekToS: undefined, rate: this.#pace?.rate ?? 1 };
  }

  #steer(offS: number): void {
    this.#offS = this.#offS === undefined ? offS : this.#offS + (offS - this.#offS) * smoothing;
    const smoothedS = this.#offS;
    const isPast = (limitS: number): boolean => (limitS > 0 ? smoothedS > limitS : smoothedS < limitS);
    const wanted = paces.find(({ fromS }) => isPast(fromS));
    const stays = this.#pace !== undefined && isPast(this.#pace.untilS);
    if (!stays || strength(wanted) > strength(this.#pace)) this.#pace = wanted;
  }
}

const strength = (pace: { readonly rate: number } | undefined): number => Math.abs((pace?.rate ?? 1) - 1);

const leastMarginS = 0.15;
/** Uneven arrival alone widens the margin to this: what added latency may be in the middle. */
const mostForJitterS = 0.2;
const mostMarginS = 0.6;
/** From a frame's arrival to its decoded picture on a busy computer. */
const decodeS = 0.08;
const stallStepS = 0.05;
const calmAfterMs = 5_000;
/** Stalls while the first pictures come in say nothing of the line. */
const startMs = 3_000;

/**
 * How late a frame may come without the picture standing still.
 *
 * As much as the stream's unevenness asks for, up to 0.2 s. Grows by 50 ms with each stall, at most to 0.6 s, and
 * comes back by 50 ms for every 5 s without one.
 */
export class EdgeMargin {
  #forStallsS = 0;
  #forJitterS = leastMarginS;
  #calmSinceMs = 0;
  #startedMs: number | undefined;

  get marginS(): number {
    return Math.min(mostMarginS, this.#forJitterS + this.#forStallsS);
  }

  stalled(nowMs: number): void {
    this.#startedMs ??= nowMs;
    if (nowMs - this.#startedMs < startMs) return;
    this.#forStallsS = Math.min(mostMarginS - leastMarginS, this.#forStallsS + stallStepS);
    this.#calmSinceMs = nowMs;
  }

  tick(nowMs: number, latenessMs: number): void {
    this.#startedMs ??= nowMs;
    const wantedS = latenessMs / 1_000 + decodeS;
    this.#forJitterS = Math.max(leastMarginS, Math.min(mostForJitterS, wantedS));
    if (nowMs - this.#calmSinceMs < calmAfterMs) return;
    this.#calmSinceMs = nowMs;
    this.#forStallsS = Math.max(0, this.#forStallsS - stallStepS);
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

/** The newest buffered range, without looking at the others. */
export function newestRange(ranges: TimeRanges): BufferedRange | undefined {
  const last = ranges.length - 1;
  return last < 0 ? undefined : { startS: ranges.start(last), endS: ranges.end(last) };
}
