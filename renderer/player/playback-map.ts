/** One chunk of a playlist: where it lies in the player's timeline, and when it was captured. */
export interface PlaybackChunk {
  /** Seconds in the player's timeline. */
  readonly start: number;
  readonly duration: number;
  /** Capture time of its first picture, ms UTC; null when the playlist does not say. */
  readonly programDateTime: number | null;
}

/** Where an instant lies among the recorded chunks of one channel. */
export type PlaybackPlace =
  | { readonly kind: "recorded"; readonly positionS: number }
  /** Null: nothing is recorded on that side within the playlist. */
  | { readonly kind: "gap"; readonly from: number | null; readonly to: number | null };

/** Chunks nearer than this follow each other without a gap: times are rounded to whole ms. */
const seamMs = 150;

/** Finds an instant in the player's timeline, which knows no gaps; chunks are in order of time. */
export function placeOf(chunks: readonly PlaybackChunk[], at: number): PlaybackPlace {
  const index = lastBefore(chunks, at);
  const chunk = chunks[index];
  const next = chunks[index + 1];
  const nextAt = next?.programDateTime ?? null;
  if (chunk === undefined || chunk.programDateTime === null) return { kind: "gap", from: null, to: nextAt };
  const offsetS = (at - chunk.programDateTime) / 1_000;
  if (offsetS < chunk.duration) return { kind: "recorded", positionS: chunk.start + offsetS };
  const endAt = chunk.programDateTime + chunk.duration * 1_000;
  if (nextAt !== null && nextAt - endAt < seamMs) {
    return { kind: "recorded", positionS: chunk.start + chunk.duration };
  }
  return { kind: "gap", from: Math.round(endAt), to: nextAt };
}

/** When the picture at a position of the player's timeline was captured, ms UTC. */
export function instantOf(chunks: readonly PlaybackChunk[], positionS: number): number | undefined {
  const chunk = chunks.findLast(({ start }) => start <= positionS + 0.001);
  if (chunk === undefined || chunk.programDateTime === null) return undefined;
  return chunk.programDateTime + (positionS - chunk.start) * 1_000;
}

/** Index of the last chunk that began at or before `at`; -1 when there is none. */
function lastBefore(chunks: readonly PlaybackChunk[], at: number): number {
  let low = 0;
  let high = chunks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((chunks[middle]?.programDateTime ?? Number.NEGATIVE_INFINITY) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
