/** What a tile is told to do about the common time. */
export type PlaybackPace =
  /** Show exactly the picture of this instant. */
  | { readonly kind: "still" }
  /** Wait where it is: another tile is being waited for. */
  | { readonly kind: "hold" }
  | { readonly kind: "run"; readonly speed: number }
  /** Too fast to play: one picture after the other, as quickly as they come. */
  | { readonly kind: "leap" };

/** The speeds on offer. */
export const playbackSpeeds = [0.125, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64] as const;

/** From this speed on only keyframes are shown: decoding everything would cost more than the computer has. */
const leapFrom = 8;

/** How a speed is played. */
export function paceOf(speed: number): PlaybackPace {
  return speed >= leapFrom ? { kind: "leap" } : { kind: "run", speed };
}

/** One step of drift control: a jump, or a rate for the player. */
export type DriftStep = { readonly kind: "seek" } | { readonly kind: "rate"; readonly rate: number };

const jumpS = 0.35;
const closeEnoughS = 0.006;
/** An error is made good over about this long. */
const settleS = 0.6;
const mostChange = 0.3;

/**
 * Keeps one tile in step: beyond 0.35 s (times the speed above 1) it jumps, beyond 6 ms it runs a little faster
 * or slower, at most 30 %.
 *
 * @param errorS how far the tile is ahead of the common time, in seconds of site time
 */
export function driftStep(errorS: number, speed: number): DriftStep {
  if (Math.abs(errorS) > jumpS * Math.max(1, speed)) return { kind: "seek" };
  if (Math.abs(errorS) < closeEnoughS * Math.max(1, speed)) return { kind: "rate", rate: speed };
  const change = Math.min(mostChange, Math.max(-mostChange, errorS / settleS / speed));
  return { kind: "rate", rate: Math.round(speed * (1 - change) * 200) / 200 };
}
