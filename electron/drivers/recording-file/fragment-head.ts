import { videoTrackId } from "../fmp4/init-segment.ts";

/** What a fragment's `moof` says of its samples. */
export interface FragmentHead {
  readonly isVideo: boolean;
  readonly isKeyframe: boolean;
  /** Presentation time of the first sample, in the track's timescale. */
  readonly startTicks: number;
  readonly endTicks: number;
  readonly sampleCount: number;
}

/** Where `writeFragment` puts the duration of the first sample. */
const firstDurationAt = 8 + 16 + 8 + 16 + 20 + 20;
const notSync = 0x1_0000;

const isBox = (bytes: Buffer, at: number, size: number, type: string): boolean =>
  bytes.readUInt32BE(at) === size && bytes.toString("latin1", at + 4, at + 8) === type;

/** Reads a whole `moof` box as `writeFragment` lays it out; undefined for any other. */
export function readFragmentHead(bytes: Buffer): FragmentHead | undefined {
  if (bytes.length < firstDurationAt + 16) return undefined;
  const trafBytes = bytes.length - 24;
  if (!isBox(bytes, 0, bytes.length, "moof") || !isBox(bytes, 8, 16, "mfhd")) return undefined;
  if (!isBox(bytes, 24, trafBytes, "traf") || !isBox(bytes, 32, 16, "tfhd")) return undefined;
  if (!isBox(bytes, 48, 20, "tfdt") || !isBox(bytes, 68, trafBytes - 44, "trun")) return undefined;
  const sampleCount = bytes.readUInt32BE(80);
  if (bytes.readUInt32BE(76) !== 0x0100_0f01 || bytes.length !== firstDurationAt + 16 * sampleCount) {
    return undefined;
  }
  const decodeTicks = Number(bytes.readBigUInt64BE(60));
  const startTicks = decodeTicks + bytes.readInt32BE(firstDurationAt + 12);
  let endTicks = startTicks;
  for (let sample = 0; sample < sampleCount; sample += 1) {
    endTicks += bytes.readUInt32BE(firstDurationAt + 16 * sample);
  }
  const isVideo = bytes.readUInt32BE(40 + 4) === videoTrackId;
  const isKeyframe = isVideo && (bytes.readUInt32BE(firstDurationAt + 8) & notSync) === 0;
  return { isVideo, isKeyframe, startTicks, endTicks, sampleCount };
}

/** Makes the one sample of a fragment last this long: a keyframe that stands until the next one. In place. */
export function stretchSample(moof: Buffer, ticks: number): void {
  moof.writeUInt32BE(Math.min(0xffff_ffff, Math.max(1, Math.round(ticks))), firstDurationAt);
}
