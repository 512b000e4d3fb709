import type { BitReader } from "./bit-reader.ts";
import { plausibleFps } from "./picture-format.ts";

/** What is wanted from the part of an H.265 SPS after the bit depths. */
export interface H265Vui {
  readonly fps: number | undefined;
  readonly reorderFrames: number | undefined;
}

/** Reads on from log2_min_luma_coding_block_size to the VUI's timing; undefined when it has none. */
export function readH265Vui(reader: BitReader, log2MaxOrder: number): number | undefined {
  for (let i = 0; i < 6; i++) reader.ue();
  if (reader.flag() && reader.flag()) skipScalingLists(reader);
  reader.skip(2);
  if (reader.flag()) {
    reader.skip(8);
    reader.ue();
    reader.ue();
    reader.skip(1);
  }
  skipReferenceSets(reader);
  if (reader.flag()) {
    const count = reader.ueAtMost(32, "num_long_term_ref_pics_sps");
    reader.skip(count * (log2MaxOrder + 1));
  }
  reader.skip(2);
  return reader.flag() ? readTiming(reader) : undefined;
}

function readTiming(reader: BitReader): number | undefined {
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
  reader.skip(3);
  if (reader.flag()) for (let i = 0; i < 4; i++) reader.ue();
  return reader.flag() ? plausibleFps(reader.bits(32), reader.bits(32), 1) : undefined;
}

function skipScalingLists(reader: BitReader): void {
  for (let size = 0; size < 4; size++) {
    for (let matrix = 0; matrix < 6; matrix += size === 3 ? 3 : 1) {
      if (!reader.flag()) {
        reader.ue();
        continue;
      }
      if (size > 1) reader.se();
      for (let i = 0; i < Math.min(64, 1 << (4 + (size << 1))); i++) reader.se();
    }
  }
}

/** st_ref_pic_set() for each set (H.265 §7.3.7): only the number of pictures in each is needed to go on. */
function skipReferenceSets(reader: BitReader): void {
  const sets = reader.ueAtMost(64, "num_short_term_ref_pic_sets");
  let previous = 0;
  for (let i = 0; i < sets; i++) {
    if (i > 0 && reader.flag()) {
      reader.skip(1);
      reader.ue();
      let kept = 0;
      for (let j = 0; j <= previous; j++) {
        const isUsed = reader.flag();
        const usesDelta = isUsed || reader.flag();
        if (usesDelta) kept += 1;
      }
      previous = kept;
      continue;
    }
    const negative = reader.ueAtMost(16, "num_negative_pics");
    const positive = reader.ueAtMost(16, "num_positive_pics");
    for (let j = 0; j < negative + positive; j++) {
      reader.ue();
      reader.skip(1);
    }
    previous = negative + positive;
  }
}
