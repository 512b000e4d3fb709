import type { Look } from "./motion-model.ts";

/** A stretch in which something moved in the areas. */
export interface Moment {
  /** UTC ms: of the last picture before the change, and of the last one that still changed. */
  readonly from: number;
  readonly to: number;
  /** When most of the areas changed, and how much: 0 to 1. */
  readonly peakAt: number;
  readonly score: number;
}

/** Changes with no more than this between them are one moment. */
export const mergeMs = 4_500;
/** More moments than a person will look through; what comes after is counted only. */
export const mostMoments = 2_000;

/** Takes a look into a list in order of time: begins a moment, lets the last one go on, or leaves the list as it is. */
export function withLook(moments: readonly Moment[], look: Look): readonly Moment[] {
  if (look.share === 0) return moments;
  const from = look.sinceAt ?? look.at;
  const last = moments.at(-1);
  if (last === undefined || from - last.to > mergeMs) {
    return [...moments, { from, to: look.at, peakAt: look.at, score: look.share }];
  }
  const isPeak = look.share > last.score;
  const longer: Moment = {
    from: last.from,
    to: Math.max(last.to, look.at),
    peakAt: isPeak ? look.at : last.peakAt,
    score: Math.max(last.score, look.share),
  };
  return [...moments.slice(0, -1), longer];
}
