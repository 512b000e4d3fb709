import type { VideoCodec } from "../../shared/model/stream.ts";

const probes: Readonly<Record<VideoCodec, string | undefined>> = {
  H264: 'video/mp4; codecs="avc1.4d401f"',
  H265: 'video/mp4; codecs="hvc1.1.6.L120.B0"',
  JPEG: undefined,
  other: undefined,
};

/** Whether this window's Media Source takes a camera codec; asked of the browser each time, it is cheap. */
export function canDecode(codec: VideoCodec): boolean {
  const probe = probes[codec];
  return probe !== undefined && MediaSource.isTypeSupported(probe);
}
