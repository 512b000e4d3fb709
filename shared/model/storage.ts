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

/** What is wrong with a disk. */
export const DiskTrouble = z.enum(["gone", "read-only", "no-permission", "slow", "full", "failed"]);
export type DiskTrouble = z.infer<typeof DiskTrouble>;

/** A storage location as it is now. */
export const LocationStatus = StorageLocation.extend({
  /** Where it is, also of the console's own folder. */
  folder: z.string(),
  /** `used`: recordings go there. `ready`: they could. `recovering`: well again, but not for long enough. */
  state: z.enum(["used", "ready", "recovering", "full", "failed"]),
  /** Why not `used` or `ready`, in plain words; empty otherwise. */
  detail: z.string().max(500),
  usedBytes: bytes,
  files: z.int().min(0),
  freeBytes: z.number().min(0),
  /** What recordings may take there, as it comes out of setting, reserve and disk. */
  limitBytes: z.number().min(0),
  bytesPerDay: z.number().min(0).nullable(),
  /** How many days it holds at today's rate; null while that is not known. */
  daysHeld: z.number().min(0).nullable(),
  oldestAt: z.int().nullable(),
  /** Its recordings are being moved there. */
  movesTo: LocationId.nullable(),
});
export type LocationStatus = z.infer<typeof LocationStatus>;

/** What a group takes; `id: null` is the rest of the site. */
export const GroupStatus = z.strictObject({
  id: GroupId.nullable(),
  keepDays: z.int(),
  usedBytes: bytes,
  bytesPerDay: z.number().min(0).nullable(),
  daysHeld: z.number().min(0).nullable(),
  /** Only locked recordings are left within its limit: it is not recorded. */
  isLockedOut: z.boolean(),
});
export type GroupStatus = z.infer<typeof GroupStatus>;

/** Everything the settings page shows of storage. */
export const StorageView = z.strictObject({
  locations: z.array(LocationStatus).max(64),
  groups: z.array(RecordingGroup).max(1_000),
  groupStatus: z.array(GroupStatus).max(1_001),
});
export type StorageView = z.infer<typeof StorageView>;
