import { BitReader, rbspOf } from "./bit-reader.ts";
import { readH265Vui, type H265Vui } from "./h265-vui.ts";
import { NalError } from "./nal-error.ts";
import { checkSize, type PictureFormat } from "./picture-format.ts";

/** The general part of profile_tier_level (H.265 §7.3.3), as hvcC and the codec string want it. */
export interface H265Profile {
  readonly space: number;
  readonly isHighTier: boolean;
  readonly profile: number;
  /** 32 compatibility flags, flag 0 in the highest bit. */
  readonly compatibility: number;
  /** The 48 constraint bits as 6 bytes. */
  readonly constraints: readonly number[];
  /** general_level_idc: 30 × the level. */
  readonly level: number;
}

export interface H265Sps extends PictureFormat {
  readonly profile: H265Profile;
  /** Number of temporal layers, 1 to 7. */
  readonly temporalLayers: number;
  readonly temporalIdNested: boolean;
}

/**
 * Parses a sequence parameter set (H.265 §7.3.2.2.1), NAL header included.
 *
 * What follows the picture size is optional to us: an unreadable rest costs only the frame rate.
 * @throws NalError, nothing else.
 */
export function parseH265Sps(nal: Uint8Array): H265Sps {
  if (nal.length < 4 || (((nal[0] ?? 0) >> 1) & 63) !== 33) {
    throw new NalError("not an H.265 sequence parameter set");
  }
  const reader = new BitReader(rbspOf(nal, 2));
  reader.skip(4);
  const maxSubLayersMinus1 = reader.bits(3);
  if (maxSubLayersMinus1 > 6) throw new NalError("the number of temporal layers is out of range");
  const temporalIdNested = reader.flag();
  const profile = readProfile(reader, maxSubLayersMinus1);
  reader.ueAtMost(15, "the parameter set's id");
  const chromaFormat = reader.ueAtMost(3, "the chroma format");
  const separatePlanes = chromaFormat === 3 && reader.flag();
  const codedWidth = reader.ueAtMost(16_384, "the picture's width");
  const codedHeight = reader.ueAtMost(16_384, "the picture's height");
  const crop = reader.flag() ? [0, 0, 0, 0].map(() => reader.ueAtMost(8192, "the cropping")) : [0, 0, 0, 0];
  const [left = 0, right = 0, top = 0, bottom = 0] = crop;
  const unitX = !separatePlanes && (chromaFormat === 1 || chromaFormat === 2) ? 2 : 1;
  const unitY = !separatePlanes && chromaFormat === 1 ? 2 : 1;
  const width = codedWidth - unitX * (left + right);
  const height = codedHeight - unitY * (top + bottom);
  checkSize(width, height);
  const bitDepthLuma = reader.ueAtMost(8, "the bit depth") + 8;
  const bitDepthChroma = reader.ueAtMost(8, "the bit depth") + 8;
  const rest = readRest(reader, maxSubLayersMinus1);
  return {
    profile,
    temporalLayers: maxSubLayersMinus1 + 1,
    temporalIdNested,
    width,
    height,
    chromaFormat,
    bitDepthLuma,
    bitDepthChroma,
    fps: rest.fps,
    reorderFrames: rest.reorderFrames,
  };
}

function readProfile(reader: BitReader, maxSubLayersMinus1: number): H265Profile {
  const space = reader.bits(2);
  const isHighTier = reader.flag();
  const profile = reader.bits(5);
  const compatibility = reader.bits(32);
  const constraints = [0, 0, 0, 0, 0, 0].map(() => reader.bits(8));
  const level = reader.bits(8);
  const layers: { readonly hasProfile: boolean; readonly hasLevel: boolean }[] = [];
  for (let i = 0; i < maxSubLayersMinus1; i++) {
    layers.push({ hasProfile: reader.flag(), hasLevel: reader.flag() });
  }
  if (maxSubLayersMinus1 > 0) reader.skip(2 * (8 - maxSubLayersMinus1));
  for (const layer of layers) reader.skip((layer.hasProfile ? 88 : 0) + (layer.hasLevel ? 8 : 0));
  return { space, isHighTier, profile, compatibility, constraints, level };
}

function readRest(reader: BitReader, maxSubLayersMinus1: number): H265Vui {
  let reorderFrames: number | undefined;
  try {
    const log2MaxOrder = reader.ueAtMost(12, "log2_max_pic_order_cnt_lsb") + 4;
    const hasAllLayers = reader.flag();
    for (let i = hasAllLayers ? 0 : maxSubLayersMinus1; i <= maxSubLayersMinus1; i++) {
      reader.ue();
      reorderFrames = reader.ueAtMost(16, "sps_max_num_reorder_pics");
      reader.ue();
    }
    return { fps: readH265Vui(reader, log2MaxOrder), reorderFrames };
  } catch (error) {
    if (error instanceof NalError) return { fps: undefined, reorderFrames };
    throw error;
  }
}
