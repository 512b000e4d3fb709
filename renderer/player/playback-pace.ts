/** What a tile is told to do about the common time. */
export type PlaybackPace =
  /** Show exactly the picture of this instant. */
  | { readonly kind: "still" }
  /** Wait where it is: another tile is being waited for. */
  | { readonly kind: "hold"; readonly way: "on" | "back" }
  | { readonly kind: "run"; readonly speed: number }
  /** Backwards, picture by picture, at whatever speed the common time has. */
  | { readonly kind: "back" }
  /** Too fast to play: one picture after the other, as quickly as they come. */
  | { readonly kind: "leap" };

/** The speeds on offer; each also backwards, as a negative one. */
export const playbackSpeeds = [0.125, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64] as const;

/** From this speed on only keyframes are shown: decoding everything would cost more than the computer has. */
const leapFrom = 8;

/** Backwards every picture is shown as long as no more are decoded than for this many tiles at normal speed. */
const mostBack = 16;

/** How a speed is played by so many tiles. */
export function paceOf(speed: number, tiles = 1): PlaybackPace {
  if (Math.abs(speed) >= leapFrom) return { kind: "leap" };
  if (speed > 0) return { kind: "run", speed };
  return -speed <= 1 || -speed * tiles <= mostBack ? { kind: "back" } : { kind: "leap" };
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
