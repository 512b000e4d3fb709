import { BitReader, rbspOf } from "./bit-reader.ts";
import { NalError } from "./nal-error.ts";
import { checkSize, plausibleFps, type PictureFormat } from "./picture-format.ts";

export interface H264Sps extends PictureFormat {
  readonly profile: number;
  /** The constraint_set flags byte. */
  readonly constraints: number;
  readonly level: number;
}

const highProfiles = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

/**
 * Parses a sequence parameter set (H.264 §7.3.2.1.1), NAL header included.
 *
 * A VUI that ends too early is common and costs only its own values.
 * @throws NalError, nothing else.
 */
export function parseH264Sps(nal: Uint8Array): H264Sps {
  if (nal.length < 4 || ((nal[0] ?? 0) & 31) !== 7) throw new NalError("not an H.264 sequence parameter set");
  const reader = new BitReader(rbspOf(nal, 1));
  const profile = reader.bits(8);
  const constraints = reader.bits(8);
  const level = reader.bits(8);
  reader.ueAtMost(31, "the parameter set's id");
  const chroma = highProfiles.has(profile)
    ? readChroma(reader)
    : { chromaFormat: 1, separatePlanes: false, bitDepthLuma: 8, bitDepthChroma: 8 };
  reader.ueAtMost(12, "log2_max_frame_num");
  const orderType = readPictureOrder(reader);
  reader.ueAtMost(16, "the number of reference frames");
  reader.skip(1);
  const widthInMbs = reader.ueAtMost(1023, "the picture's width") + 1;
  const heightInMapUnits = reader.ueAtMost(1023, "the picture's height") + 1;
  const frameMbsOnly = reader.flag();
  if (!frameMbsOnly) reader.skip(1);
  reader.skip(1);
  const crop = reader.flag() ? [0, 0, 0, 0].map(() => reader.ueAtMost(8192, "the cropping")) : [0, 0, 0, 0];
  const [left = 0, right = 0, top = 0, bottom = 0] = crop;
  const fieldFactor = frameMbsOnly ? 1 : 2;
  const isSubsampled = !chroma.separatePlanes && chroma.chromaFormat > 0;
  const unitX = isSubsampled && chroma.chromaFormat < 3 ? 2 : 1;
  const unitY = (isSubsampled && chroma.chromaFormat === 1 ? 2 : 1) * fieldFactor;
  const width = widthInMbs * 16 - unitX * (left + right);
  const height = heightInMapUnits * 16 * fieldFactor - unitY * (top + bottom);
  checkSize(width, height);
  const vui = readVui(reader);
  // Order type 2 means output order is decoding order (§8.2.1.3); the baseline profile has no B slices.
  const isInOrder = orderType === 2 || profile === 66;
  return {
    profile,
    constraints,
    level,
    width,
    height,
    chromaFormat: chroma.chromaFormat,
    bitDepthLuma: chroma.bitDepthLuma,
    bitDepthChroma: chroma.bitDepthChroma,
    fps: vui.fps,
    reorderFrames: isInOrder ? 0 : vui.reorderFrames,
  };
}

function readChroma(reader: BitReader): {
  readonly chromaFormat: number;
  readonly separatePlanes: boolean;
  readonly bitDepthLuma: number;
  readonly bitDepthChroma: number;
} {
  const chromaFormat = reader.ueAtMost(3, "the chroma format");
  const separatePlanes = chromaFormat === 3 && reader.flag();
  const bitDepthLuma = reader.ueAtMost(6, "the bit depth") + 8;
  const bitDepthChroma = reader.ueAtMost(6, "the bit depth") + 8;
  reader.skip(1);
  if (reader.flag()) {
    for (let list = 0; list < (chromaFormat === 3 ? 12 : 8); list++) {
      if (reader.flag()) skipScalingList(reader, list < 6 ? 16 : 64);
    }
  }
  return { chromaFormat, separatePlanes, bitDepthLuma, bitDepthChroma };
}

function skipScalingList(reader: BitReader, size: number): void {
  let last = 8;
  let next = 8;
  for (let i = 0; i < size; i++) {
    if (next !== 0) next = (((last + reader.se()) % 256) + 256) % 256;
    if (next !== 0) last = next;
  }
}

function readPictureOrder(reader: BitReader): number {
  const type = reader.ueAtMost(2, "the picture order type");
  if (type === 0) reader.ueAtMost(12, "log2_max_pic_order_cnt_lsb");
  if (type === 1) {
    reader.skip(1);
    reader.se();
    reader.se();
    const cycle = reader.ueAtMost(255, "the picture order cycle");
    for (let i = 0; i < cycle; i++) reader.se();
  }
  return type;
}

interface Vui {
  readonly fps: number | undefined;
  readonly reorderFrames: number | undefined;
}

function readVui(reader: BitReader): Vui {
  let fps: number | undefined;
  try {
    if (!reader.flag()) return { fps: undefined, reorderFrames: undefined };
    if (reader.flag() && reader.bits(8) === 255) reader.skip(32);
    if (reader.flag()) reader.skip(1);
    if (reader.flag()) {
      reader.skip(4);
      if (reader.flag()) reader.skip(24);
    }
    if (reader.flag()) {
      reader.ue();
      reader.ue();
    }
    if (reader.flag()) {
      fps = plausibleFps(reader.bits(32), reader.bits(32), 2);
      reader.skip(1);
    }
    const hasNalHrd = reader.flag();
    if (hasNalHrd) skipHrd(reader);
    const hasVclHrd = reader.flag();
    if (hasVclHrd) skipHrd(reader);
    if (hasNalHrd || hasVclHrd) reader.skip(1);
    reader.skip(1);
    if (!reader.flag()) return { fps, reorderFrames: undefined };
    reader.skip(1);
    for (let i = 0; i < 4; i++) reader.ue();
    return { fps, reorderFrames: reader.ueAtMost(16, "max_num_reorder_frames") };
  } catch (error) {
    if (error instanceof NalError) return { fps, reorderFrames: undefined };
    throw error;
  }
}

function skipHrd(reader: BitReader): void {
  const count = reader.ueAtMost(31, "cpb_cnt") + 1;
  reader.skip(8);
  for (let i = 0; i < count; i++) {
    reader.ue();
    reader.ue();
    reader.skip(1);
  }
  reader.skip(20);
}
