/** The codecs whose pictures travel as NAL units. */
export type NalCodec = "H264" | "H265";

/** What the depacketiser needs to know of a NAL unit. */
export type NalKind =
  /** Starts a picture from which decoding can start. */
  | "key-slice"
  | "slice"
  /** A leading picture that cannot be decoded when decoding starts at the keyframe before it. */
  | "skippable-slice"
  | "video-set"
  | "sequence-set"
  | "picture-set"
  /** Of no use in the file: delimiters, filler, supplementary messages. */
  | "drop";

/** Kind of a NAL unit by its header (H.264 table 7-1, H.265 table 7-1). */
export function nalKind(codec: NalCodec, firstByte: number): NalKind {
  return codec === "H264" ? h264Kind(firstByte & 31) : h265Kind((firstByte >> 1) & 63);
}

function h264Kind(type: number): NalKind {
  if (type === 5) return "key-slice";
  if (type >= 1 && type <= 4) return "slice";
  if (type === 7) return "sequence-set";
  return type === 8 ? "picture-set" : "drop";
}

function h265Kind(type: number): NalKind {
  if (type >= 16 && type <= 21) return "key-slice";
  if (type === 8 || type === 9) return "skippable-slice";
  if (type <= 9) return "slice";
  if (type === 32) return "video-set";
  if (type === 33) return "sequence-set";
  return type === 34 ? "picture-set" : "drop";
}

/** Whether a slice is the first of its picture (first_mb_in_slice = 0, first_slice_segment_in_pic_flag). */
export function isFirstSlice(codec: NalCodec, nal: Uint8Array): boolean {
  const byte = nal[codec === "H264" ? 1 : 2];
  return byte !== undefined && (byte & 0x80) !== 0;
}
