import { GapCause, whoPaused, type RecordingSpan } from "../../shared/model/recording.ts";
import type { ReadDb } from "./db.ts";
import { coverageReader, type CoveredPiece } from "./recording-coverage.ts";
import type { RecordedStream } from "./recordings.ts";
import { StoreError } from "./store-error.ts";

/** What part of the history is asked for, and how fine. */
export interface TimelineSpan {
  readonly from: number;
  readonly to: number;
  readonly resolutionMs: number;
  /** Gaps that last reach to here. */
  readonly now: number;
}

interface Gap {
  readonly from: number;
  readonly to: number;
  readonly cause: GapCause;
  /** Who paused the recording, where that is known. */
  readonly by?: string;
}

/** Runs that follow each other this closely are not told apart: a camera's new parameter sets cost a frame. */
const seamMs = 250;
/** So many gaps are read at once; where there are more, each hole asks for its own. */
const mostGaps = 4_096;
const gapsPerHole = 8;
/** With so few holes each asks for its own gaps. */
const fewHoles = 48;
const causes: ReadonlyMap<unknown, GapCause> = new Map(GapCause.options.map((cause) => [cause, cause]));

/**
 * The recorded stretches and gaps of streams, a list a stream in the order asked: one screen of the ruler. Where a
 * stream has more runs than can be told apart, what is read are the minutes of its hours or the hours of its days.
 */
export function readTimelines(
  db: ReadDb,
  streams: readonly RecordedStream[],
  span: TimelineSpan,
): RecordingSpan[][] {
  const { from, to } = span;
  const stepMs = Math.max(seamMs, span.resolutionMs);
  const covered = coverageReader(db);
  const gaps = gapReader(db, span.now);
  return streams.map((stream) => {
    const pieces = merged(covered(stream, { from, to, stepMs }), { from, to }, stepMs);
    const holes = holesOf(pieces, { from, to }, stepMs);
    const found = holes.length === 0 ? [] : gaps(stream, { from, to }, holes);
    const named = holes.flatMap((hole) => causesIn(hole, found, stepMs));
    return [...pieces.map((piece) => ({ kind: "recorded" as const, ...piece })), ...named].sort(
      (a, b) => a.from - b.from,
    );
  });
}

type Stretch = Pick<Gap, "from" | "to">;

/** Pieces nearer than a step become one, which is broken if there was more than a seam between them. */
function merged(pieces: readonly CoveredPiece[], { from, to }: Stretch, stepMs: number): CoveredPiece[] {
  const joined: CoveredPiece[] = [];
  for (const piece of pieces) {
    const start = Math.max(from, piece.from);
    const end = Math.min(to, piece.to);
    if (end <= start) continue;
    const last = joined.at(-1);
    if (last !== undefined && start - last.to <= stepMs) {
      const isBroken = last.isBroken || piece.isBroken || start - last.to > seamMs;
      joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, end), isBroken };
    } else joined.push({ from: start, to: end, isBroken: piece.isBroken });
  }
  return joined;
}

/** What lies between, at least a step long. */
function holesOf(pieces: readonly CoveredPiece[], { from, to }: Stretch, stepMs: number): Stretch[] {
  const holes: Stretch[] = [];
  let at = from;
  for (const piece of pieces) {
    if (piece.from - at >= stepMs) holes.push({ from: at, to: piece.from });
    at = piece.to;
  }
  if (to - at > 0) holes.push({ from: at, to });
  return holes;
}

/** Reads the gaps of streams that holes may need, in order. */
function gapReader(db: ReadDb, now: number) {
  // The detail lies outside of the index: the row itself is only looked up where a person switched recording off.
  const select = `select from_at, to_at, cause, case when cause = 'off' then detail end from recording_gap
    where channel_id = ? and role = ? and from_at`;
  const before = db.prepare(`${select} <= ? order by from_at desc limit 1`).raw();
  const within = db.prepare(`${select} > ? and from_at < ? order by from_at limit ?`).raw();
  const last = db.prepare(`${select} > ? and from_at < ? order by from_at desc limit 1`).raw();
  return (stream: RecordedStream, { from, to }: Stretch, holes: readonly Stretch[]): Gap[] => {
    const key = [stream.channelId, stream.role] as const;
    const all = holes.length <= fewHoles ? undefined : within.all(...key, from, to, mostGaps + 1);
    const found =
      all !== undefined && all.length <= mostGaps
        ? [...before.all(...key, from), ...all]
        : holes.flatMap((hole) => [
            ...before.all(...key, hole.from),
            ...within.all(...key, hole.from, hole.to, gapsPerHole),
            ...last.all(...key, hole.from, hole.to),
          ]);
    return found.map((row) => gapOf(row, now));
  };
}

/** A gap as its columns come; checked by hand, for thousands of them are read for one screen. */
function gapOf(row: unknown, now: number): Gap {
  const [fromAt, toAt, cause, detail] = Array.isArray(row) ? (row as readonly unknown[]) : [];
  const known = causes.get(cause);
  const isRead = Number.isSafeInteger(fromAt) && (toAt === null || Number.isSafeInteger(toAt));
  if (!isRead || known === undefined)
    throw new StoreError("bad-row", "a row of recording_gap cannot be read");
  const from = Number(fromAt);
  const by = typeof detail === "string" ? whoPaused(detail) : undefined;
  const gap = { from, to: toAt === null ? Math.max(now, from) : Number(toAt), cause: known };
  return by === undefined ? gap : { ...gap, by };
}

/** The causes within a hole, in order; neighbours with one cause are one. */
function causesIn(hole: Stretch, gaps: readonly Gap[], stepMs: number): RecordingSpan[] {
  const spans: RecordingSpan[] = [];
  let reached = hole.from;
  for (let index = firstReaching(gaps, hole.from); index < gaps.length; index += 1) {
    const gap = gaps[index];
    if (gap === undefined || gap.from >= hole.to) break;
    const from = Math.max(reached, gap.from);
    const to = Math.min(hole.to, gap.to);
    if (to - from < stepMs) continue;
    const earlier = spans.at(-1);
    if (
      earlier?.kind === "gap" &&
      earlier.cause === gap.cause &&
      earlier.by === gap.by &&
      from - earlier.to < stepMs
    ) {
      spans[spans.length - 1] = { ...earlier, to };
    } else spans.push({ kind: "gap", ...gap, from, to });
    reached = to;
  }
  return spans;
}

/** The index of the last gap that begins at or before an instant, or the first one. */
function firstReaching(gaps: readonly Gap[], at: number): number {
  let low = 0;
  let high = gaps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((gaps[middle]?.from ?? Number.POSITIVE_INFINITY) <= at) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
