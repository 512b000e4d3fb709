import { videoTrackId } from "../fmp4/init-segment.ts";

/** Bytes of the box that `writeReferenceTime` makes. */
export const referenceTimeBytes = 32;

/** When a picture was taken: its place on the media timeline (90 kHz) and UTC, in ms. */
export interface ReferenceTime {
  readonly ticks: number;
  readonly capturedAt: number;
}

/** Seconds from 1900, where NTP counts from, to 1970. */
const ntpEpochS = 2_208_988_800;

/** A `prft` box (ISO/IEC 14496-12 §8.16.5): ties the fragment behind it to UTC, so that a torn file keeps its time. */
export function writeReferenceTime({ ticks, capturedAt }: ReferenceTime): Buffer<ArrayBuffer> {
  const out = Buffer.allocUnsafeSlow(referenceTimeBytes);
  out.writeUInt32BE(referenceTimeBytes, 0);
  out.write("prft", 4, 4, "latin1");
  out.writeUInt32BE(0x0100_0000, 8);
  out.writeUInt32BE(videoTrackId, 12);
  const wholeS = Math.floor(capturedAt / 1000);
  out.writeUInt32BE((wholeS + ntpEpochS) % 2 ** 32, 16);
  out.writeUInt32BE(Math.floor(((capturedAt / 1000 - wholeS) * 2 ** 32) % 2 ** 32), 20);
  out.writeBigUInt64BE(BigInt(Math.max(0, Math.round(ticks))), 24);
  return out;
}

/** Reads a whole `prft` box; undefined when it is not one of ours. */
export function readReferenceTime(bytes: Buffer): ReferenceTime | undefined {
  if (bytes.length !== referenceTimeBytes || bytes.toString("latin1", 4, 8) !== "prft") return undefined;
  if (bytes.readUInt32BE(8) !== 0x0100_0000) return undefined;
  // NTP's seconds begin again in 2036: what lies before 1970 is of the next era.
  const seconds = bytes.readUInt32BE(16) - ntpEpochS;
  const utcS = seconds < 0 ? seconds + 2 ** 32 : seconds;
  const capturedAt = Math.round((utcS + bytes.readUInt32BE(20) / 2 ** 32) * 1000);
  return { ticks: Number(bytes.readBigUInt64BE(24)), capturedAt };
}
