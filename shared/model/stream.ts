import { z } from "zod";

/** Which of a channel's encoded profiles: the large one, the small one, or a further one. */
export const StreamRole = z.enum(["main", "sub", "other"]);
export type StreamRole = z.infer<typeof StreamRole>;

export const VideoCodec = z.enum(["H264", "H265", "JPEG", "other"]);
export type VideoCodec = z.infer<typeof VideoCodec>;

export const AudioCodec = z.enum(["AAC", "PCMU", "PCMA", "G726", "other"]);
export type AudioCodec = z.infer<typeof AudioCodec>;

/** One encoded profile of a channel, as the device describes it (ONVIF Media/Media2 profile). */
export const Stream = z.strictObject({
  role: StreamRole,
  /** The device's own profile token; kept as text, exactly as sent. */
  profileToken: z.string().max(256),
  profileName: z.string().max(256),
  codec: VideoCodec,
  width: z.int().min(0).max(32768),
  height: z.int().min(0).max(32768),
  /** Frames a second the encoder is configured for. 0 when the device does not say. */
  fps: z.number().min(0).max(1000),
  /** Configured limit in kbit/s. 0 when the device does not say. */
  bitrateKbps: z.number().min(0),
  /** Configured keyframe distance in frames. 0 when the device does not say. */
  govLength: z.int().min(0),
  audioCodec: AudioCodec.nullable(),
  /** RTSP address without user info. */
  uri: z.string().max(2048),
});
export type Stream = z.infer<typeof Stream>;
