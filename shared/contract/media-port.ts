import { z } from "zod";
import { ChannelId, PlaybackId } from "../base/ids.ts";
import { FailureReason } from "../model/device.ts";
import { GapCause } from "../model/recording.ts";
import { LocationId } from "../model/storage.ts";
import { SourceStatus } from "../model/stream-status.ts";
import { StreamRole } from "../model/stream.ts";

/**
 * The pictures' way: messages on the MessagePort between a window and the media process.
 *
 * Both sides parse what they receive. Bytes travel as transferred or copied Uint8Array.
 */
const subscription = z.int().min(0);

/** Window → media. */
export const MediaRequest = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("open"),
    subscription,
    channelId: ChannelId,
    role: StreamRole,
    mode: z.enum(["low-latency", "standard"]),
    audio: z.boolean(),
    /** Low latency: begin with the next keyframe, not with the group of pictures at hand, which broke the last feed. */
    isFresh: z.boolean().optional(),
  }),
  /**
   * A recorded channel of a playback that `recording.open` allowed this window. Then `get`: `index.m3u8`, a whole
   * playlist (EXT-X-ENDLIST) of chunks of about 6 s that begin with a keyframe, each with its PROGRAM-DATE-TIME, and
   * EXT-X-DISCONTINUITY at gaps; `keys.m3u8`, the same with keyframes only and no sound, for fast play;
   * `pictures.json`, a `KeyList`, and its `sample-N.bin` for single pictures and `group-N.bin`, all of
   * group N in the order of decoding, to play backwards. No news.
   */
  z.strictObject({
    type: z.literal("open-playback"),
    subscription,
    playback: PlaybackId,
    channelId: ChannelId,
  }),
  /**
   * What is in memory of a channel that this window shows live: about its last 30 s, frozen at this moment. Then
   * `get`: `index.m3u8` and what it names; 404 when nothing is remembered. No news.
   */
  z.strictObject({ type: z.literal("open-replay"), subscription, channelId: ChannelId }),
  z.strictObject({ type: z.literal("close"), subscription }),
  /** Backpressure: the window has appended up to this sequence number. Media stops 3 s ahead and resumes at a keyframe. */
  z.strictObject({ type: z.literal("appended"), subscription, sequence: z.int() }),
  /** The hls.js loader asks for a playlist, part, segment or init. `path` is relative: `index.m3u8?_HLS_msn=3`. */
  z.strictObject({
    type: z.literal("get"),
    request: z.int().min(0),
    subscription,
    path: z.string().max(256),
  }),
  z.strictObject({ type: z.literal("cancel"), request: z.int().min(0) }),
]);
export type MediaRequest = z.infer<typeof MediaRequest>;

/** Times of one video frame in a fragment. */
export const FrameTime = z.strictObject({
  /** Presentation time in the fragment's media timeline, seconds. */
  presentationS: z.number(),
  /** Capture time by RTCP sender reports, in this computer's UTC ms; the arrival time where the device gives none. */
  capturedAt: z.number(),
});
export type FrameTime = z.infer<typeof FrameTime>;

const bytes = z.instanceof(Uint8Array);

/** Media → window. */
export const MediaMessage = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("status"), subscription, status: SourceStatus }),
  /**
   * A new initialisation segment: always before the first fragment of an epoch, which starts with a keyframe.
   *
   * Between epochs `codecs` may gain or lose sound, for sound is declared only while it flows. That changes the
   * number of tracks, which one SourceBuffer cannot follow: the window begins a new MediaSource.
   */
  z.strictObject({
    type: z.literal("init"),
    subscription,
    epoch: z.int(),
    /** RFC 6381, e.g. `avc1.4d401f,mp4a.40.2`. */
    codecs: z.string(),
    width: z.int(),
    height: z.int(),
    fps: z.number(),
    bytes,
  }),
  /** One moof+mdat: a frame in low-latency mode. The timeline goes on over epochs of one subscription. */
  z.strictObject({
    type: z.literal("fragment"),
    subscription,
    epoch: z.int(),
    sequence: z.int(),
    isKeyframe: z.boolean(),
    bytes,
    frames: z.array(FrameTime),
  }),
  /** For standard mode: capture times by EXT-X-PROGRAM-DATE-TIME; `frames` come with the playlist instead. */
  z.strictObject({
    type: z.literal("response"),
    request: z.int(),
    status: z.int(),
    contentType: z.string(),
    bytes: bytes.nullable(),
  }),
]);
export type MediaMessage = z.infer<typeof MediaMessage>;

/** Where and how the media process gets one stream. Held in memory only. */
export const SourceConfig = z.strictObject({
  channelId: ChannelId,
  role: StreamRole,
  uri: z.string().max(2048),
  username: z.string().max(128).nullable(),
  password: z.string().max(256).nullable(),
  transport: z.enum(["tcp", "udp"]),
  /** Device clock minus ours, ms: turns the sender reports' NTP time into ours. */
  clockOffsetMs: z.int().nullable(),
});
export type SourceConfig = z.infer<typeof SourceConfig>;

/** A stream that is to be recorded, or held ready for it. */
const RecordingOrder = z.strictObject({
  channelId: ChannelId,
  role: StreamRole,
  /** False: nothing goes to the disk, the last `holdMs` stay in memory. */
  isWriting: z.boolean().default(true),
  /** A recording that begins shows this instant too (UTC ms), as far as memory holds it; null: from now on. */
  from: z.int().nullable().default(null),
  holdMs: z.int().min(0).max(120_000).default(0),
});
export type RecordingOrder = z.infer<typeof RecordingOrder>;
/** A stream that is to be recorded, and below which storage root. */
const PlacedOrder = RecordingOrder.extend({ locationId: LocationId, root: z.string().max(4_096) });
export type PlacedOrder = z.infer<typeof PlacedOrder>;
const siteMark = z.string().regex(/^[0-9a-f]{32}$/);

/** `recordings/<channel>/<day>/<start>-<role>.mp4` below the storage root; nothing else is a recorded file. */
export const RecordingPath = z
  .string()
  .regex(/^recordings\/[A-Za-z0-9_-]{1,64}\/\d{4}-\d{2}-\d{2}\/\d{1,16}-(?:main|sub|other)\.mp4$/);

/** A recorded file for playback, in order of time. Files of one run follow each other without a gap. */
export const RecordedFile = z.strictObject({
  path: RecordingPath,
  /** The root of its storage location; null: the root of the command. */
  root: z.string().max(4_096).nullable(),
  run: z.string().max(128),
  startAt: z.int(),
  endAt: z.int(),
});
export type RecordedFile = z.infer<typeof RecordedFile>;

/** What is left of a file that was open when the console ended, or that the index did not know. */
export const MendedFile = z.discriminatedUnion("kind", [
  /** `cutBytes`: a torn tail that was cut off. */
  z.strictObject({
    kind: z.literal("whole"),
    path: RecordingPath,
    startAt: z.int(),
    endAt: z.int(),
    bytes: z.int(),
    cutBytes: z.int(),
  }),
  /** It carries the mark of another site, or of another stream than its name says: left as it is. */
  z.strictObject({ kind: z.literal("foreign"), path: RecordingPath }),
  z.strictObject({ kind: z.literal("unreadable"), path: RecordingPath, detail: z.string().max(300) }),
]);
export type MendedFile = z.infer<typeof MendedFile>;

/** Main → media, over the utility process's parentPort. `attach-window` carries the window's MessagePort. */
export const MediaCommand = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("configure"), source: SourceConfig }),
  z.strictObject({ type: z.literal("remove"), channelId: ChannelId }),
  /** The source cannot be opened before a person acts (vault locked, no credential). */
  z.strictObject({
    type: z.literal("refuse"),
    channelId: ChannelId,
    reason: FailureReason,
    detail: z.string(),
  }),
  z.strictObject({ type: z.literal("retry"), channelId: ChannelId }),
  z.strictObject({ type: z.literal("attach-window"), windowId: z.int() }),
  z.strictObject({ type: z.literal("detach-window"), windowId: z.int() }),
  /** Everything that is to be recorded from now on, and where. Streams that are not named stop. */
  z.strictObject({
    type: z.literal("record"),
    /** Every file carries it: a file of another site is known as such. */
    site: siteMark,
    streams: z.array(PlacedOrder).max(4_096),
  }),
  /** Looks through files that nobody writes, cuts torn tails, answers `mended`. */
  z.strictObject({
    type: z.literal("mend"),
    request: z.int(),
    site: siteMark,
    root: z.string().max(4_096),
    paths: z.array(RecordingPath).max(500),
  }),
  /** Allows one window to play these files; answered by `playback`. */
  z.strictObject({
    type: z.literal("open-playback"),
    playback: PlaybackId,
    windowId: z.int(),
    root: z.string().max(4_096),
    from: z.int(),
    to: z.int(),
    tracks: z
      .array(z.strictObject({ channelId: ChannelId, files: z.array(RecordedFile).max(10_000) }))
      .max(16),
  }),
  z.strictObject({ type: z.literal("close-playback"), playback: PlaybackId }),
  z.strictObject({ type: z.literal("stop") }),
]);
export type MediaCommand = z.infer<typeof MediaCommand>;

/** Media → main. */
export const MediaReport = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("ready") }),
  z.strictObject({ type: z.literal("source"), channelId: ChannelId, role: StreamRole, status: SourceStatus }),
  z.strictObject({
    type: z.literal("log"),
    level: z.enum(["debug", "info", "warn", "error"]),
    message: z.string(),
    fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
  /** A file was begun. A `run` not heard before begins with it and ends the gap before it. */
  z.strictObject({
    type: z.literal("recording-opened"),
    channelId: ChannelId,
    role: StreamRole,
    path: RecordingPath,
    run: z.string().max(128),
    startAt: z.int(),
    locationId: LocationId,
    /** By how much its first picture arrived later than it was captured. */
    delayMs: z.int(),
    /** The camera's own clock less `startAt`; null: it told no time. */
    deviceMs: z.int().nullable(),
  }),
  /** About once a second: how far the open files have come onto the disk. */
  z.strictObject({
    type: z.literal("recording-grown"),
    files: z.array(z.strictObject({ path: RecordingPath, endAt: z.int(), bytes: z.int() })),
  }),
  z.strictObject({
    type: z.literal("recording-closed"),
    path: RecordingPath,
    endAt: z.int(),
    bytes: z.int(),
  }),
  /** A stream that is to be recorded is not, from then on and for this reason. */
  z.strictObject({
    type: z.literal("recording-gap"),
    channelId: ChannelId,
    role: StreamRole,
    from: z.int(),
    cause: GapCause,
    detail: z.string().max(500),
    /** Where it was to be written. */
    locationId: LocationId,
  }),
  z.strictObject({ type: z.literal("mended"), request: z.int(), files: z.array(MendedFile) }),
  /** The files were looked through and may be asked for. */
  z.strictObject({
    type: z.literal("playback"),
    playback: PlaybackId,
    tracks: z.array(
      z.strictObject({ channelId: ChannelId, from: z.int().nullable(), to: z.int().nullable() }),
    ),
  }),
  z.strictObject({ type: z.literal("stopped") }),
]);
export type MediaReport = z.infer<typeof MediaReport>;
