import type { ShownPicture } from "./watch-playback.ts";

/** How far the tiles were apart. */
export interface Spread {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
  readonly samples: number;
  readonly tiles: number;
}

const everyMs = 50;

/**
 * How far tiles that play at one speed were apart, sampled twenty times a second. A tile's place is the capture time
 * of its picture on the screen plus what has gone by since, at most one picture's time: cameras take their
 * pictures at different instants, which is not being out of step; a picture that stays too long is.
 *
 * @param frameMs distance of two pictures as captured
 */
export function spreadOf(shown: readonly ShownPicture[], frameMs: number, speed = 1): Spread {
  const tracks = [...new Set(shown.map(({ tile }) => tile))].map((tile) =>
    shown.filter((picture) => picture.tile === tile).sort((a, b) => a.onScreenMs - b.onScreenMs),
  );
  const from = Math.max(...tracks.map((track) => track[0]?.onScreenMs ?? Number.POSITIVE_INFINITY));
  const to = Math.min(...tracks.map((track) => track.at(-1)?.onScreenMs ?? Number.NEGATIVE_INFINITY));
  const places = tracks.map(() => 0);
  const spreads: number[] = [];
  // No pictures at all: from is after to, or neither is a time.
  for (let at = from; Number.isFinite(to) && at <= to; at += everyMs) {
    const now = tracks.map((track, index) => {
      let place = places[index] ?? 0;
      while ((track[place + 1]?.onScreenMs ?? Number.POSITIVE_INFINITY) <= at) place += 1;
      places[index] = place;
      const picture = track[place];
      if (picture === undefined) return Number.NaN;
      return picture.claimedAt + Math.min(frameMs, (at - picture.onScreenMs) * speed);
    });
    spreads.push(Math.max(...now) - Math.min(...now));
  }
  const sorted = spreads.toSorted((a, b) => a - b);
  const share = (part: number): number =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN);
  return {
    p50Ms: share(0.5),
    p95Ms: share(0.95),
    maxMs: share(1),
    samples: sorted.length,
    tiles: tracks.length,
  };
}
