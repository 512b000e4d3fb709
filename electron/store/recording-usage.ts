import { z } from "zod";
import { ChannelId } from "../../shared/base/ids.ts";
import { LocationId } from "../../shared/model/storage.ts";
import type { ReadDb } from "./db.ts";
import { parseRows } from "./rows.ts";

const Usage = z.strictObject({
  locationId: LocationId,
  channelId: ChannelId,
  bytes: z.int(),
  files: z.int(),
  /** Start of the oldest file. */
  oldestAt: z.int(),
});

/** What the files of one channel take in one location. */
export type RecordingUsage = z.infer<typeof Usage>;

/** What every channel takes in every location where it has files; at most 20,000. */
export const listRecordingUsage = (db: ReadDb): RecordingUsage[] =>
  parseRows(
    Usage,
    "recording_usage",
    db
      .prepare(
        `select u.location_id as locationId, u.channel_id as channelId, u.bytes, u.files,
           (select f.start_at from recording_file f where f.location_id = u.location_id
              and f.channel_id = u.channel_id order by f.start_at limit 1) as oldestAt
         from recording_usage u where u.files > 0 limit 20000`,
      )
      .all(),
  );

/** Bytes and number of all files, and the start of the oldest one. */
export function readRecordingTotal(db: ReadDb): {
  readonly bytes: number;
  readonly files: number;
  readonly oldestAt: number | null;
} {
  const usage = listRecordingUsage(db);
  const oldestAt = usage.reduce((oldest, one) => Math.min(oldest, one.oldestAt), Number.POSITIVE_INFINITY);
  return {
    bytes: usage.reduce((sum, one) => sum + one.bytes, 0),
    files: usage.reduce((sum, one) => sum + one.files, 0),
    oldestAt: Number.isFinite(oldestAt) ? oldestAt : null,
  };
}
