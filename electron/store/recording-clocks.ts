import { z } from "zod";
import type { RecordedClock } from "../../shared/contract/recording.ts";
import type { ReadDb, WriteDb } from "./db.ts";
import type { RecordedStream } from "./recordings.ts";
import { parseRow } from "./rows.ts";

const ClockRow = z
  .strictObject({ delay_ms: z.int(), device_ms: z.int().nullable(), ledger_ms: z.int().nullable() })
  .transform((row) => ({ delayMs: row.delay_ms, deviceMs: row.device_ms, ledgerMs: row.ledger_ms }));

const columns =
  "select delay_ms, device_ms, ledger_ms from recording_clock where channel_id = ? and role = ?";

/** Clocks that moved by less than this are not written down again within a run. */
const noticeableMs = 50;

/**
 * The clocks of a file that begins now. Within a run only what has moved is kept, so that a month of one run costs
 * about forty rows a day where the camera's clock runs away by two seconds.
 */
export function addRecordingClock(
  db: WriteDb,
  stream: RecordedStream & { readonly run: string; readonly at: number },
  clock: RecordedClock,
): void {
  const key = [stream.channelId, stream.role] as const;
  const row = db
    .prepare(`${columns} and run_id = ? and at <= ? order by at desc limit 1`)
    .get(...key, stream.run, stream.at);
  const before = row === undefined ? undefined : parseRow(ClockRow, "recording_clock", row);
  if (before !== undefined && !hasMoved(before, clock)) return;
  db.prepare("insert into recording_clock values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing").run(
    ...key,
    stream.at,
    stream.run,
    clock.delayMs,
    clock.deviceMs,
    clock.ledgerMs,
  );
  forgetBefore(db, key);
}

const hasMoved = (before: RecordedClock, now: RecordedClock): boolean =>
  before.ledgerMs !== now.ledgerMs ||
  (before.deviceMs === null) !== (now.deviceMs === null) ||
  Math.abs((before.deviceMs ?? 0) - (now.deviceMs ?? 0)) >= noticeableMs ||
  Math.abs(before.delayMs - now.delayMs) >= 10 * noticeableMs;

/** Clocks of what retention has taken. */
function forgetBefore(db: WriteDb, key: readonly [string, string]): void {
  db.prepare(
    `delete from recording_clock where channel_id = @channel and role = @role and at < (
       select at from recording_clock where channel_id = @channel and role = @role and at <= (
         select from_at from recording_run where channel_id = @channel and role = @role order by from_at limit 1)
       order by at desc limit 1)`,
  ).run({ channel: key[0], role: key[1] });
}

/** The clocks by which a stream was recorded at that instant; undefined where that was not written down. */
export function readRecordedClock(db: ReadDb, stream: RecordedStream, at: number): RecordedClock | undefined {
  const row = db
    .prepare(`${columns} and at <= ? order by at desc limit 1`)
    .get(stream.channelId, stream.role, at);
  return row === undefined ? undefined : parseRow(ClockRow, "recording_clock", row);
}
