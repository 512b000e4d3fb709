import { z } from "zod";
import { StorageLocation, type LocationId } from "../../shared/model/storage.ts";
import type { ReadDb, WriteDb } from "./db.ts";
import { parseRow, parseRows } from "./rows.ts";

const columns = "id, root, name, quota_bytes as quotaBytes, reserve_bytes as reserveBytes";

/** The storage locations in the order in which they are used; at least the console's own. */
export const listStorageLocations = (db: ReadDb): StorageLocation[] =>
  parseRows(
    StorageLocation,
    "storage_location",
    db.prepare(`select ${columns} from storage_location order by position, id limit 64`).all(),
  );

/** Adds a folder behind the others; undefined when it is one already. */
export function addStorageLocation(db: WriteDb, root: string): StorageLocation | undefined {
  const row = db
    .prepare(
      `insert into storage_location (root, name, position, quota_bytes, reserve_bytes)
       values (?, '', (select max(position) + 1 from storage_location), 0, 0)
       on conflict (root) do nothing returning ${columns}`,
    )
    .get(root);
  return row === undefined ? undefined : parseRow(StorageLocation, "storage_location", row);
}

/** Changes name, quota and reserve. False: there is no such location. */
export const saveStorageLocation = (db: WriteDb, location: Omit<StorageLocation, "root">): boolean =>
  db
    .prepare(
      `update storage_location set name = @name, quota_bytes = @quotaBytes, reserve_bytes = @reserveBytes
       where id = @id`,
    )
    .run(location).changes > 0;

/** Puts the locations in this order; those that are not named follow behind. */
export function orderStorageLocations(db: WriteDb, ids: readonly LocationId[]): void {
  const others = listStorageLocations(db).filter(({ id }) => !ids.includes(id));
  const set = db.prepare("update storage_location set position = ? where id = ?");
  for (const [position, id] of [...ids, ...others.map((one) => one.id)].entries()) set.run(position, id);
}

/** Forgets a location. False: it is the console's own, it holds recordings still, or there is none. */
export function removeStorageLocation(db: WriteDb, id: LocationId): boolean {
  const { files } = parseRow(
    z.strictObject({ files: z.int() }),
    "recording_usage",
    db.prepare("select coalesce(sum(files), 0) as files from recording_usage where location_id = ?").get(id),
  );
  if (files > 0) return false;
  const doomed = db.prepare("select 1 from recording_doomed where location_id = ? limit 1").get(id);
  if (doomed !== undefined) return false;
  db.prepare("delete from recording_usage where location_id = ?").run(id);
  return db.prepare("delete from storage_location where id = ? and root is not null").run(id).changes > 0;
}

/** Which site this is: 32 hexadecimal digits that no other site has. */
export const readSiteMark = (db: ReadDb): string =>
  parseRow(
    z.strictObject({ mark: z.string().regex(/^[0-9a-f]{32}$/) }),
    "site_identity",
    db.prepare("select mark from site_identity where id = 1").get(),
  ).mark;
