import { z } from "zod";
import { BookmarkId, ChannelId, LockId } from "../base/ids.ts";
import { RecordingMode } from "./recording-rule.ts";
import { StreamRole } from "./stream.ts";

/** An instant of site history: UTC, integer milliseconds since 1970. */
const instant = z.int().min(0).max(8_640_000_000_000_000);

/** Why there is no recording from one instant to another. */
export const GapCause = z.enum([
  /** The camera did not answer, or refused. */
  "offline",
  /** The camera answered, but no picture came. */
  "stalled",
  /** The disk was full and nothing could be deleted. */
  "disk-full",
  /** The disk could not be written: gone, read-only, no permission. */
  "disk-error",
  /** The disk did not keep up: writing took too long. */
  "disk-slow",
  /** A person switched recording off. */
  "off",
  /** By its schedule nothing is recorded then. */
  "schedule",
  /** Nothing happened: the channel is recorded on events. */
  "no-event",
  /** The console did not run. */
  "console-off",
  /** It was recorded, and deleted by age or quota. */
  "retention",
  /** The clock of the camera or of this computer was set. */
  "clock-step",
  /** It was recorded, but the file is gone or cannot be read. */
  "damaged",
]);
export type GapCause = z.infer<typeof GapCause>;

/** Gaps that somebody wanted: the calendar does not count them among what went wrong. */
export const wantedCauses: readonly GapCause[] = ["off", "schedule", "no-event", "retention"];

/**
 * A stretch of one channel's history, `from` inclusive, `to` exclusive. Spans of an answer are in order and do
 * not overlap; where there is none, nothing was ever to be recorded (or it lies in the future).
 */
export const RecordingSpan = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("recorded"),
    from: instant,
    to: instant,
    /** There are gaps inside that are shorter than the resolution asked for. */
    isBroken: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal("gap"),
    from: instant,
    to: instant,
    cause: GapCause,
    /** With cause `off`: who switched recording off, where that is known. */
    by: z.string().max(64).optional(),
  }),
]);
export type RecordingSpan = z.infer<typeof RecordingSpan>;

/** The detail of a gap with the cause `off`: who paused the recording. */
export const pausedBy = (name: string): string => `by ${name}`;
/** Who paused it; undefined where that was not written down. */
export const whoPaused = (detail: string): string | undefined =>
  detail.startsWith("by ") ? detail.slice(3, 67) : undefined;

/** What one channel's recorder does now. */
export const ChannelRecording = z.strictObject({
  channelId: ChannelId,
  role: StreamRole,
  /** What was chosen for this channel; `site`: the site's setting holds. */
  choice: z.enum(["site", ...RecordingMode.options]),
  /** What holds for it by that. */
  mode: RecordingMode,
  /** `waiting`: it is to record but cannot, `cause` says why. `armed`: it waits for an event. */
  state: z.enum(["recording", "armed", "waiting", "off"]),
  cause: GapCause.nullable(),
  since: instant,
  /** A person asked for it to be recorded until then. */
  request: z.strictObject({ until: instant, by: z.string().max(64) }).nullable(),
});
export type ChannelRecording = z.infer<typeof ChannelRecording>;

/** The disk that holds the recordings. */
export const StorageStatus = z.strictObject({
  /** `off`: by setting. `no-space`: the disk is too small or full. `failed`: it cannot be written. */
  state: z.enum(["recording", "off", "no-space", "failed"]),
  /** Why not `recording`, in plain words; empty otherwise. */
  detail: z.string().max(500),
  folder: z.string(),
  usedBytes: z.number().min(0),
  quotaBytes: z.number().min(0),
  freeBytes: z.number().min(0),
  keepDays: z.int(),
  /** Start of the oldest recording; null when there is none. */
  oldestAt: instant.nullable(),
  /** At the rate of the last hours; null while it is not known. */
  bytesPerDay: z.number().min(0).nullable(),
  /** How many days the quota holds at that rate, never more than `keepDays`; null while it is not known. */
  daysHeld: z.number().min(0).nullable(),
});
export type StorageStatus = z.infer<typeof StorageStatus>;

/** What the status bar, the live tiles and the Review page show of recording. */
export const RecordingStatus = z.strictObject({
  storage: StorageStatus,
  channels: z.array(ChannelRecording).max(4_096),
});
export type RecordingStatus = z.infer<typeof RecordingStatus>;

export const BookmarkColour = z.enum(["blue", "green", "amber", "red", "violet"]);
export type BookmarkColour = z.infer<typeof BookmarkColour>;

const channels = z.array(ChannelId).min(1).max(64);
const tag = z.string().trim().min(1).max(32);

/** A named span of time on one or more channels, made by a person. `from` = `to` marks an instant. */
export const Bookmark = z.strictObject({
  id: BookmarkId,
  channels,
  from: instant,
  to: instant,
  title: z.string().trim().min(1).max(80),
  note: z.string().max(2_000),
  tags: z.array(tag).max(16),
  colour: BookmarkColour,
  madeAt: instant,
  madeBy: z.string().max(64),
  changedAt: instant,
});
export type Bookmark = z.infer<typeof Bookmark>;

/** A hold that keeps footage out of retention until it is lifted or its end has come. */
export const EvidenceLock = z.strictObject({
  id: LockId,
  channels,
  from: instant,
  to: instant,
  reason: z.string().trim().min(1).max(500),
  madeAt: instant,
  madeBy: z.string().max(64),
  /** It ends by itself then; null: only a person ends it. */
  until: instant.nullable(),
  liftedAt: instant.nullable(),
  liftedBy: z.string().max(64).nullable(),
  liftReason: z.string().max(500).nullable(),
});
export type EvidenceLock = z.infer<typeof EvidenceLock>;
