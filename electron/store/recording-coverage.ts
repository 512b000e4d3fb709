import type { ReadDb } from "./db.ts";
import type { RecordedStream } from "./recordings.ts";
import { integersOf } from "./rows.ts";

/** A stretch of one stream in which something is recorded, ms UTC. */
export interface CoveredPiece {
  readonly from: number;
  readonly to: number;
  /** It is known that there are gaps inside. */
  readonly isBroken: boolean;
}

/** What part of a stream's history is read, and how fine. */
export interface CoverageSpan {
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** So many runs are read before hours or days tell the same more shortly. */
const mostRuns = 256;
/** Finer than a minute only runs can tell; a screen that fine is at most 18 hours wide. */
const mostFineRuns = 16_384;
/** A screen this wide is read by days: an hour is a fifth of a pixel on it. */
const daysFromMs = 62 * dayMs;
const allMinutes = 2 ** 30 - 1;

/** Reads what is recorded of streams; the statements are made once for all of them. */
export function coverageReader(db: ReadDb) {
  const key = "channel_id = ? and role = ?";
  const select = `select from_at, to_at from recording_run where ${key}`;
  const reaching = db.prepare(`${select} and to_at > ? order by to_at limit 1`).raw();
  const earlier = db.prepare(`${select} and from_at < ? order by from_at desc limit 1`).raw();
  const within = db.prepare(`${select} and from_at >= ? and from_at < ? order by from_at limit ?`).raw();
  const hours = db
    .prepare(
      `select hour_at, minutes & ${allMinutes}, minutes >> 30, recorded_ms from recording_hour
       where ${key} and hour_at > ? and hour_at < ? order by hour_at`,
    )
    .raw();
  const days = db
    .prepare(
      `select day_at, hours, recorded_ms from recording_day
       where ${key} and day_at > ? and day_at < ? order by day_at`,
    )
    .raw();

  /** Pieces in order; from hours and days they are rounded outwards to whole minutes and hours. */
  return ({ channelId, role }: RecordedStream, { from, to, stepMs }: CoverageSpan): CoveredPiece[] => {
    const most = stepMs < minuteMs ? mostFineRuns : mostRuns;
    const rows = within.all(channelId, role, from, to, most + 1);
    if (rows.length <= most) {
      const before = [reaching.get(channelId, role, from), earlier.get(channelId, role, from)];
      return [...before.filter((row) => row !== undefined), ...rows]
        .map((row) => {
          const [fromAt = 0, toAt = 0] = integersOf("recording_run", row, 2);
          return { from: fromAt, to: toAt, isBroken: false };
        })
        .filter((piece) => piece.to > from && piece.from < to)
        .sort((a, b) => a.from - b.from);
    }
    if (to - from > daysFromMs) {
      return days.all(channelId, role, from - dayMs, to).flatMap((row) => {
        const [dayAt = 0, mask = 0, recordedMs = 0] = integersOf("recording_day", row, 3);
        return piecesOf({ at: dayAt, masks: [mask], bits: 24, stepMs: hourMs, recordedMs });
      });
    }
    return hours.all(channelId, role, from - hourMs, to).flatMap((row) => {
      const [hourAt = 0, early = 0, late = 0, recordedMs = 0] = integersOf("recording_hour", row, 4);
      if (stepMs < hourMs) {
        return piecesOf({ at: hourAt, masks: [early, late], bits: 30, stepMs: minuteMs, recordedMs });
      }
      return [{ from: hourAt, to: hourAt + hourMs, isBroken: recordedMs < hourMs - minuteMs }];
    });
  };
}

interface Masked {
  readonly at: number;
  /** Lowest bit first, `bits` of them in each. */
  readonly masks: readonly number[];
  readonly bits: number;
  readonly stepMs: number;
  readonly recordedMs: number;
}

/** The stretches of set bits. Less recorded than their inner bits hold: there are gaps inside, somewhere. */
function piecesOf({ at, masks, bits, stepMs, recordedMs }: Masked): CoveredPiece[] {
  const found: { from: number; to: number }[] = [];
  let heldMs = 0;
  masks.forEach((mask, part) => {
    for (let bit = 0; bit < bits; bit += 1) {
      if ((mask & (1 << bit)) === 0) continue;
      const from = at + (part * bits + bit) * stepMs;
      const last = found.at(-1);
      if (last?.to === from) last.to = from + stepMs;
      else found.push({ from, to: from + stepMs });
    }
  });
  for (const { from, to } of found) heldMs += Math.max(0, to - from - 2 * stepMs);
  return found.map((piece) => ({ ...piece, isBroken: recordedMs < heldMs }));
}
