import { z } from "zod";
import { GapCause, type RecordingSpan } from "../../shared/model/recording.ts";
import type { ReadDb } from "./db.ts";
import type { RecordedStream } from "./recordings.ts";
import { parseRow, parseRows } from "./rows.ts";

const RunRow = z.strictObject({ from_at: z.int(), to_at: z.int() });
const GapRow = z.strictObject({ from_at: z.int(), to_at: z.int().nullable(), cause: GapCause });

/** What part of the history is asked for, and how fine. */
export interface TimelineSpan {
  readonly from: number;
  readonly to: number;
  readonly resolutionMs: number;
  /** Gaps that last reach to here. */
  readonly now: number;
}

/** Runs that follow each other this closely are not told apart: a camera's new parameter sets cost a frame. */
const seamMs = 250;
const gapsPerHole = 8;

/**
 * A stream's recorded stretches and gaps. It reads no more rows than about two a step of the resolution, whatever
 * lies between: from the end of a stretch it jumps to the last run that begins within one step of it.
 */
export function readTimeline(
  db: ReadDb,
  { channelId, role }: RecordedStream,
  span: TimelineSpan,
): RecordingSpan[] {
  const { from, to, now } = span;
  const stepMs = Math.max(seamMs, span.resolutionMs);
  const key = [channelId, role] as const;
  const nextRun = db.prepare(
    `select from_at, to_at from recording_run where channel_id = ? and role = ? and to_at > ?
     order by to_at limit 1`,
  );
  const lastWithin = db.prepare(
    `select from_at, to_at from recording_run where channel_id = ? and role = ? and from_at <= ?
     order by from_at desc limit 1`,
  );
  const run = (row: unknown): z.infer<typeof RunRow> | undefined =>
    row === undefined ? undefined : parseRow(RunRow, "recording_run", row);
  const spans: RecordingSpan[] = [];
  let at = from;
  while (at < to) {
    const first = run(nextRun.get(...key, at));
    if (first === undefined || first.from_at >= to) break;
    const start = Math.max(at, first.from_at);
    let end = first.to_at;
    let isBroken = false;
    while (end < to) {
      const further = run(lastWithin.get(...key, end + stepMs));
      if (further === undefined || further.to_at <= end) break;
      isBroken ||= further.from_at - end > seamMs;
      end = further.to_at;
    }
    if (start - at >= stepMs) spans.push(...gapsOf(db, key, { from: at, to: start, now }, stepMs));
    end = Math.min(end, to);
    if (end > start) spans.push({ kind: "recorded", from: start, to: end, isBroken });
    at = Math.max(end, at + 1);
  }
  if (to - at > 0) spans.push(...gapsOf(db, key, { from: at, to, now }, stepMs));
  return spans;
}

interface Hole {
  readonly from: number;
  readonly to: number;
  readonly now: number;
}

/** The causes within a hole, in order: its beginning and its end are always among them. */
function gapsOf(db: ReadDb, key: readonly [string, string], hole: Hole, stepMs: number): RecordingSpan[] {
  const columns = "select from_at, to_at, cause from recording_gap where channel_id = ? and role = ?";
  const before = db
    .prepare(`${columns} and from_at <= ? order by from_at desc limit 1`)
    .all(...key, hole.from);
  const within = db
    .prepare(`${columns} and from_at > ? and from_at < ? order by from_at limit ${gapsPerHole}`)
    .all(...key, hole.from, hole.to);
  const last = db
    .prepare(`${columns} and from_at > ? and from_at < ? order by from_at desc limit 1`)
    .all(...key, hole.from, hole.to);
  const gaps: RecordingSpan[] = [];
  let reached = hole.from;
  for (const row of parseRows(GapRow, "recording_gap", [...before, ...within, ...last])) {
    const from = Math.max(reached, row.from_at);
    const to = Math.min(hole.to, row.to_at ?? Math.max(hole.now, row.from_at));
    if (to - from < stepMs) continue;
    const earlier = gaps.at(-1);
    if (earlier?.kind === "gap" && earlier.cause === row.cause && from - earlier.to < stepMs) {
      gaps[gaps.length - 1] = { ...earlier, to };
    } else gaps.push({ kind: "gap", from, to, cause: row.cause });
    reached = to;
  }
  return gaps;
}
