import { z } from "zod";
import { LocationId } from "../../shared/model/storage.ts";
import type { ReadDb, WriteDb } from "./db.ts";
import { parseRows } from "./rows.ts";

const MoveRow = z.strictObject({ fromId: LocationId, toId: LocationId });
/** From where to where everything is to be moved. */
export type StorageMove = z.infer<typeof MoveRow>;
const CopyRow = z.strictObject({ path: z.string(), fromId: LocationId, toId: LocationId });
/** A file that is being copied from one location to another. */
export type StorageCopy = z.infer<typeof CopyRow>;
const MovableRow = z.strictObject({ path: z.string(), bytes: z.int() });

/** What people ordered and is not carried out yet. */
export const listStorageMoves = (db: ReadDb): StorageMove[] =>
  parseRows(
    MoveRow,
    "storage_move",
    db.prepare("select from_id as fromId, to_id as toId from storage_move limit 100").all(),
  );

/** Writes an order down. False: recordings are being moved from or to there already. */
export function beginStorageMove(db: WriteDb, { fromId, toId }: StorageMove, at: number): boolean {
  const ids = [fromId, toId];
  if (listStorageMoves(db).some((move) => ids.includes(move.fromId) || ids.includes(move.toId))) return false;
  db.prepare("insert into storage_move (from_id, to_id, ordered_at) values (?, ?, ?)").run(fromId, toId, at);
  return true;
}

/** It is carried out, or was called off. */
export function endStorageMove(db: WriteDb, fromId: LocationId): void {
  db.prepare("delete from storage_move where from_id = ?").run(fromId);
}

/** The closed files of a location, channel by channel, oldest first; the first `skip` of them are left out. */
export const listMovableFiles = (
  db: ReadDb,
  locationId: LocationId,
  skip: number,
  limit: number,
): z.infer<typeof MovableRow>[] =>
  parseRows(
    MovableRow,
    "recording_file",
    db
      .prepare(
        `select path, bytes from recording_file where location_id = ? and open = 0
         order by channel_id, start_at limit ? offset ?`,
      )
      .all(locationId, limit, skip),
  );

/** Says, before its first byte, which file is being copied. False: it is not there any more. */
export function beginStorageCopy(db: WriteDb, { path, fromId, toId }: StorageCopy): boolean {
  return (
    db
      .prepare(
        `insert into storage_copy (path, from_id, to_id)
         select path, location_id, @toId from recording_file
         where path = @path and location_id = @fromId and open = 0
         on conflict (path) do update set from_id = excluded.from_id, to_id = excluded.to_id`,
      )
      .run({ path, fromId, toId }).changes > 0
  );
}

/**
 * The copy is on the disk, whole: from here on it counts, and the original is to be deleted. False: the file left
 * the index meanwhile (retention), so that the copy is to be deleted.
 */
export function switchStorageCopy(db: WriteDb, { path, fromId, toId }: StorageCopy): boolean {
  const { changes } = db
    .prepare("update recording_file set location_id = ? where path = ? and location_id = ?")
    .run(toId, path, fromId);
  if (changes > 0) {
    db.prepare("delete from recording_doomed where location_id = ? and path = ?").run(toId, path);
  }
  db.prepare("insert into recording_doomed (location_id, path) values (?, ?) on conflict do nothing").run(
    changes > 0 ? fromId : toId,
    path,
  );
  db.prepare("delete from storage_copy where path = ?").run(path);
  return changes > 0;
}

/** Copies that were begun and neither counted nor called off: a crash came in between. */
export const listStorageCopies = (db: ReadDb): StorageCopy[] =>
  parseRows(
    CopyRow,
    "storage_copy",
    db.prepare("select path, from_id as fromId, to_id as toId from storage_copy limit 100").all(),
  );

/** Nothing of the copy is on the disk. */
export function forgetStorageCopy(db: WriteDb, path: string): void {
  db.prepare("delete from storage_copy where path = ?").run(path);
}
