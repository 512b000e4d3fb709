import { z } from "zod";
import { RecordingGroup, type GroupId } from "../../shared/model/storage.ts";
import type { ReadDb, WriteDb } from "./db.ts";
import { parseRows } from "./rows.ts";

const Row = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    keep_days: z.int().nullable(),
    quota_bytes: z.int(),
    location_id: z.int().nullable(),
    channels: z.string(),
  })
  .transform((row) => ({
    id: row.id,
    name: row.name,
    keepDays: row.keep_days,
    quotaBytes: row.quota_bytes,
    locationId: row.location_id,
    channels: JSON.parse(row.channels) as unknown,
  }))
  .pipe(RecordingGroup);

/** The groups that are kept in another way than the site, by name. */
export const listRecordingGroups = (db: ReadDb): RecordingGroup[] =>
  parseRows(
    Row,
    "recording_group",
    db
      .prepare(
        `select g.*, (select json_group_array(channel_id) from
           (select channel_id from recording_group_channel where group_id = g.id order by channel_id)) as channels
         from recording_group g order by g.name limit 1000`,
      )
      .all(),
  );

/**
 * Makes or changes a group; its channels leave the group they were in, and those that the site does not know are
 * passed over. False: another group has this name.
 */
export function saveRecordingGroup(db: WriteDb, group: RecordingGroup): boolean {
  const { id, name, keepDays, quotaBytes, locationId } = group;
  const other = db.prepare("select 1 from recording_group where name = ? and id <> ?").get(name, id);
  if (other !== undefined) return false;
  db.prepare(
    `insert into recording_group (id, name, keep_days, quota_bytes, location_id)
     values (@id, @name, @keepDays, @quotaBytes, (select id from storage_location where id = @locationId))
     on conflict (id) do update set name = excluded.name, keep_days = excluded.keep_days,
       quota_bytes = excluded.quota_bytes, location_id = excluded.location_id`,
  ).run({ id, name, keepDays, quotaBytes, locationId });
  db.prepare("delete from recording_group_channel where group_id = ?").run(id);
  const put = db.prepare(
    `insert into recording_group_channel (channel_id, group_id) select id, ? from channel where id = ?
     on conflict (channel_id) do update set group_id = excluded.group_id`,
  );
  for (const channelId of group.channels) put.run(id, channelId);
  return true;
}

/** Its channels are kept as the site says from then on. False: there is no such group. */
export const removeRecordingGroup = (db: WriteDb, id: GroupId): boolean =>
  db.prepare("delete from recording_group where id = ?").run(id).changes > 0;
