import { z } from "zod";
import type { ChannelId } from "../../shared/base/ids.ts";
import type { GapCause } from "../../shared/model/recording.ts";
import { StreamRole } from "../../shared/model/stream.ts";
import type { LocationId } from "../../shared/model/storage.ts";
import type { WriteDb, ReadDb } from "./db.ts";
import { PlacedFile } from "./recordings.ts";
import { getHeldFile, oldestFreeFiles, type HeldFile } from "./retention-order.ts";
import { parseRow, parseRows } from "./rows.ts";

/** What retention may take in one step. */
export interface RetentionStep {
  /** Which locks hold. */
  readonly now: number;
  /** Only files of this location. */
  readonly locationId?: LocationId;
  /** Only files of these channels. */
  readonly channelIds?: readonly ChannelId[];
  /** Files that ended before this go, however much room there is. */
  readonly endedBefore: number;
  /** So many bytes are to go beyond those by age, oldest first. */
  readonly excessBytes: number;
  readonly limit: number;
}

/**
 * Takes the oldest files that no lock holds out of the index, and leaves a gap with the cause `retention`. A file
 * that a lock covers in part is kept whole. Answers what is to be deleted from the disk and then forgotten with
 * `forgetDoomed`: a crash in between forgets none. `isExhausted`: nothing else may be taken.
 */
export function expireRecordings(
  db: WriteDb,
  step: RetentionStep,
): { readonly files: readonly PlacedFile[]; readonly bytes: number; readonly isExhausted: boolean } {
  const oldest = oldestFreeFiles(db, step);
  let bytes = 0;
  const files: PlacedFile[] = [];
  for (const file of oldest) {
    if (file.endAt >= step.endedBefore && bytes >= step.excessBytes) break;
    takeOut(db, file, "retention");
    db.prepare("insert into recording_doomed (location_id, path) values (?, ?) on conflict do nothing").run(
      file.locationId,
      file.path,
    );
    bytes += file.bytes;
    files.push({ locationId: file.locationId, path: file.path });
  }
  return { files, bytes, isExhausted: oldest.length === 0 };
}

/** A file is gone from the disk, or cannot be read: it leaves the index, and a gap `damaged` stays. */
export function dropRecordingFile(db: WriteDb, path: string): void {
  const file = getHeldFile(db, path);
  if (file !== undefined) takeOut(db, file, "damaged");
}

/** So long after the footage is gone, it is still said that there was some. */
const retentionGapsMs = 366 * 86_400_000;

/**
 * Forgets gaps of these channels that ended before `endedBefore`, at most `limit` of them; what retention itself
 * left is said for a year longer. Answers how many; repeat while it is `limit`.
 */
export function expireRecordingGaps(
  db: WriteDb,
  channelIds: readonly ChannelId[],
  endedBefore: number,
  limit: number,
): number {
  const remove = db.prepare(
    `delete from recording_gap where id in (
       select id from recording_gap where channel_id = @channelId and role = @role and from_at < @endedBefore
         and to_at < case cause when 'retention' then @endedBefore - @longer else @endedBefore end
       order by from_at limit @limit)`,
  );
  let taken = 0;
  for (const channelId of channelIds) {
    for (const role of StreamRole.options) {
      if (taken >= limit) return taken;
      taken += remove.run({
        channelId,
        role,
        endedBefore,
        longer: retentionGapsMs,
        limit: limit - taken,
      }).changes;
    }
  }
  return taken;
}

/** Files that are to be deleted from the disk. */
export const listDoomed = (db: ReadDb, limit: number): PlacedFile[] =>
  parseRows(
    PlacedFile,
    "recording_doomed",
    db
      .prepare(
        "select location_id as locationId, path from recording_doomed order by location_id, path limit ?",
      )
      .all(limit),
  );

/** They are gone from the disk. */
export function forgetDoomed(db: WriteDb, files: readonly PlacedFile[]): void {
  const remove = db.prepare("delete from recording_doomed where location_id = ? and path = ?");
  for (const { locationId, path } of files) remove.run(locationId, path);
}

/** Shortens, splits or ends the file's run, and says why nothing is there any more. */
function takeOut(db: WriteDb, file: HeldFile, cause: GapCause): void {
  db.prepare("delete from recording_file where id = ?").run(file.id);
  const edge = (order: "asc" | "desc", than: "<" | ">"): number | undefined => {
    const column = order === "desc" ? "end_at" : "start_at";
    const row = db
      .prepare(
        `select ${column} as at from recording_file where run_id = ? and start_at ${than} ? order by start_at ${order} limit 1`,
      )
      .get(file.run, file.startAt);
    return row === undefined
      ? undefined
      : parseRow(z.strictObject({ at: z.int() }), "recording_file", row).at;
  };
  const endBefore = edge("desc", "<");
  const startAfter = edge("asc", ">");
  if (endBefore === undefined && startAfter === undefined) {
    db.prepare("delete from recording_run where id = ?").run(file.run);
  } else if (endBefore === undefined) {
    db.prepare("update recording_run set from_at = ? where id = ?").run(startAfter, file.run);
  } else if (startAfter === undefined) {
    db.prepare("update recording_run set to_at = ? where id = ?").run(endBefore, file.run);
  } else splitRun(db, file, endBefore, startAfter);
  noteGap(db, file, cause);
}

function splitRun(db: WriteDb, file: HeldFile, endBefore: number, startAfter: number): void {
  // The part before the file gets another name: the part behind may still be growing under its own.
  const earlier = `${file.run.slice(0, 40)}-${file.id}`;
  db.prepare(
    `insert into recording_run (id, channel_id, role, from_at, to_at)
     select ?, channel_id, role, from_at, ? from recording_run where id = ?`,
  ).run(earlier, endBefore, file.run);
  db.prepare("update recording_file set run_id = ? where run_id = ? and start_at < ?").run(
    earlier,
    file.run,
    file.startAt,
  );
  db.prepare("update recording_run set from_at = ? where id = ?").run(startAfter, file.run);
}

/** Files that follow each other leave one gap. */
function noteGap(db: WriteDb, file: HeldFile, cause: GapCause): void {
  const { channelId, role, startAt, endAt } = file;
  const before = db
    .prepare(
      `select id, to_at, cause from recording_gap where channel_id = ? and role = ? and from_at <= ?
       order by from_at desc limit 1`,
    )
    .get(channelId, role, startAt);
  const GapEnd = z.strictObject({ id: z.int(), to_at: z.int().nullable(), cause: z.string() });
  const last = before === undefined ? undefined : parseRow(GapEnd, "recording_gap", before);
  const touches = last?.cause === cause && last.to_at !== null && startAt - last.to_at <= 2_000;
  if (touches) db.prepare("update recording_gap set to_at = max(to_at, ?) where id = ?").run(endAt, last.id);
  else {
    db.prepare(
      "insert into recording_gap (channel_id, role, from_at, to_at, cause, detail) values (?, ?, ?, ?, ?, '')",
    ).run(channelId, role, startAt, endAt, cause);
  }
}
