import { parseH264Sps, type H264Sps } from "../nal/h264-sps.ts";
import { parseH265Sps, type H265Profile, type H265Sps } from "../nal/h265-sps.ts";
import type { PictureFormat } from "../nal/picture-format.ts";
import { box, u16, type Part } from "./boxes.ts";
import { Fmp4Error } from "./fmp4-error.ts";

/** Parameter sets of a video track, NAL headers included. */
export interface VideoSets {
  readonly codec: "H264" | "H265";
  readonly videoSets: readonly Uint8Array[];
  readonly sequenceSets: readonly Uint8Array[];
  readonly pictureSets: readonly Uint8Array[];
  /** The sequence set that describes the picture shown now. */
  readonly activeSequenceSet: Uint8Array;
}

/** A video track ready to be described in an initialisation segment. */
export interface VideoTrack {
  readonly kind: "video";
  readonly format: PictureFormat;
  /** RFC 6381 name, e.g. `avc1.4d401f`, `hvc1.1.6.L93.90`. */
  readonly codecString: string;
  /** Sample entry type. */
  readonly entryType: "avc1" | "hvc1";
  /** avcC or hvcC box. */
  readonly configuration: Buffer;
}

/** @throws NalError when the parameter set cannot be read, Fmp4Error when one is missing. */
export function describeVideo(sets: VideoSets): VideoTrack {
  if (sets.pictureSets.length === 0) throw new Fmp4Error("the picture parameter set is missing");
  if (sets.codec === "H264") {
    const format = parseH264Sps(sets.activeSequenceSet);
    return {
      kind: "video",
      format,
      codecString: h264CodecString(format),
      entryType: "avc1",
      configuration: avcConfiguration(format, sets),
    };
  }
  const format = parseH265Sps(sets.activeSequenceSet);
  return {
    kind: "video",
    format,
    codecString: h265CodecString(format.profile),
    entryType: "hvc1",
    configuration: hevcConfiguration(format, sets),
  };
}

/** `avc1.PPCCLL` (RFC 6381 §3.3). */
export function h264CodecString({
  profile,
  constraints,
  level,
}: Pick<H264Sps, "profile" | "constraints" | "level">): string {
  return `avc1.${[profile, constraints, level].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** `hvc1.…` (ISO/IEC 14496-15 annex E.3): compatibility flags are written with the bits reversed. */
export function h265CodecString(profile: H265Profile): string {
  let reversed = 0;
  for (let bit = 0; bit < 32; bit++) {
    if ((profile.compatibility >>> bit) & 1) reversed += 2 ** (31 - bit);
  }
  const constraints = [...profile.constraints];
  while (constraints.at(-1) === 0) constraints.pop();
  return [
    "hvc1",
    `${["", "A", "B", "C"][profile.space] ?? ""}${profile.profile}`,
    reversed.toString(16).toUpperCase(),
    `${profile.isHighTier ? "H" : "L"}${profile.level}`,
    ...constraints.map((byte) => byte.toString(16).toUpperCase()),
  ].join(".");
}

/** AVCDecoderConfigurationRecord (ISO/IEC 14496-15 §5.3.3.1). */
function avcConfiguration(sps: H264Sps, sets: VideoSets): Buffer {
  // The active set comes first: some players read only that one.
  const active = sets.activeSequenceSet;
  const sequenceSets = [active, ...sets.sequenceSets.filter((set) => set !== active)].slice(0, 31);
  const pictureSets = sets.pictureSets.slice(0, 255);
  const parts: Part[] = [[1, sps.profile, sps.constraints, sps.level, 0xff, 0xe0 | sequenceSets.length]];
  for (const set of sequenceSets) parts.push(u16(set.length), set);
  parts.push([pictureSets.length]);
  for (const set of pictureSets) parts.push(u16(set.length), set);
  if (![66, 77, 88].includes(sps.profile)) {
    const [chroma, luma, chromaDepth] = [sps.chromaFormat, sps.bitDepthLuma - 8, sps.bitDepthChroma - 8];
    parts.push([0xfc | chroma, 0xf8 | luma, 0xf8 | chromaDepth, 0]);
  }
  return box("avcC", ...parts);
}

/** HEVCDecoderConfigurationRecord (ISO/IEC 14496-15 §8.3.3.1). */
function hevcConfiguration(sps: H265Sps, sets: VideoSets): Buffer {
  if (sets.videoSets.length === 0) throw new Fmp4Error("the video parameter set is missing");
  const { profile } = sps;
  const arrays = [
    [32, sets.videoSets],
    [33, sets.sequenceSets],
    [34, sets.pictureSets],
  ] as const;
  const parts: Part[] = [
    [1, (profile.space << 6) | (profile.isHighTier ? 0x20 : 0) | profile.profile],
    [24, 16, 8, 0].map((shift) => (profile.compatibility >>> shift) & 0xff),
    profile.constraints,
    [profile.level, 0xf0, 0, 0xfc, 0xfc | sps.chromaFormat],
    [0xf8 | (sps.bitDepthLuma - 8), 0xf8 | (sps.bitDepthChroma - 8), 0, 0],
    // Frame rate constant: not told; layers; nesting; NAL lengths in 4 bytes.
    [(sps.temporalLayers << 3) | (sps.temporalIdNested ? 4 : 0) | 3, arrays.length],
  ];
  for (const [type, nals] of arrays) {
    parts.push([0x80 | type], u16(nals.length));
    for (const nal of nals) parts.push(u16(nal.length), nal);
  }
  return box("hvcC", ...parts);
}
