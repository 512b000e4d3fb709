import { z } from "zod";
import { ChannelId } from "../base/ids.ts";

/** A storage location's number; never used again after it was removed. */
export const LocationId = z.int().min(1).brand("LocationId");
export type LocationId = z.infer<typeof LocationId>;
/** A group of channels that are kept in the same way. */
export const GroupId = z.string().min(1).max(64).brand("GroupId");
export type GroupId = z.infer<typeof GroupId>;

/** The console's own folder: always there, never removed. */
export const ownLocation = LocationId.parse(1);

/** How a recording came: as it happened, or later from what the camera itself had kept. */
export const RecordingOrigin = z.enum(["live", "fetched"]);
export type RecordingOrigin = z.infer<typeof RecordingOrigin>;

const bytes = z.int().min(0);

/** A folder that holds recordings, by setting. */
export const StorageLocation = z.strictObject({
  id: LocationId,
  /** Absolute; null: the console's own folder. */
  root: z.string().min(1).max(4_096).nullable(),
  /** Empty: it is called by its folder. */
  name: z.string().trim().max(64),
  /** Most that recordings may take there; 0: four fifths of what is free. */
  quotaBytes: bytes,
  /** So much of its disk stays free; 0: the usual reserve. */
  reserveBytes: bytes,
});
export type StorageLocation = z.infer<typeof StorageLocation>;

/** Channels that are kept in another way than the rest of the site. */
export const RecordingGroup = z.strictObject({
  id: GroupId,
  name: z.string().trim().min(1).max(64),
  channels: z.array(ChannelId).max(4_096),
  /** Null: as long as the site's setting says. */
  keepDays: z.int().min(1).max(3_650).nullable(),
  /** Most that the group's recordings may take, all locations together; 0: no limit of its own. */
  quotaBytes: bytes,
  /** Where it goes first; null: by the order of the locations. */
  locationId: LocationId.nullable(),
});
export type RecordingGroup = z.infer<typeof RecordingGroup>;
