import { z } from "zod";
import { ChannelId } from "../base/ids.ts";
import { FailureReason } from "./device.ts";
import { StreamRole, VideoCodec } from "./stream.ts";

/** What the media process knows of one stream's source. */
export const SourceStatus = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("idle") }),
  z.strictObject({ kind: z.literal("connecting"), attempt: z.int().min(1), since: z.int() }),
  z.strictObject({
    kind: z.literal("playing"),
    since: z.int(),
    codec: VideoCodec,
    width: z.int(),
    height: z.int(),
    /** Measured over the last seconds. */
    fps: z.number(),
    bitrateKbps: z.number(),
    audio: z.string().nullable(),
    transport: z.enum(["tcp", "udp"]),
    lostPackets: z.int().min(0),
    malformedPackets: z.int().min(0),
    reconnects: z.int().min(0),
    /** True while capture times come from arrival, because the device's own stand still or are absent. */
    arrivalTime: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal("waiting"),
    reason: FailureReason,
    detail: z.string().max(500),
    since: z.int(),
    attempt: z.int().min(1),
    /** Next try, ms UTC; null: it waits for a person. */
    retryAt: z.int().nullable(),
    lastFrameAt: z.int().nullable(),
  }),
]);
export type SourceStatus = z.infer<typeof SourceStatus>;

export const StreamStatus = z.strictObject({ channelId: ChannelId, role: StreamRole, status: SourceStatus });
export type StreamStatus = z.infer<typeof StreamStatus>;
