import { z } from "zod";
import { ChannelId } from "../base/ids.ts";
import { FailureReason } from "../model/device.ts";
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
  }),
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
  z.strictObject({ type: z.literal("stopped") }),
]);
export type MediaReport = z.infer<typeof MediaReport>;
