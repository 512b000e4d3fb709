import { readFragmentHead } from "./fragment-head.ts";

/** Where `writeFragment` puts its first sample's duration; each sample takes 16 bytes. */
const samplesAt = 8 + 16 + 8 + 16 + 20 + 20;
const decodeTimeAt = 60;
const ticksPerMs = 90;
/** More than ten minutes of pictures in one group. */
const maxSamples = 20_000;

/** One picture as the decoder takes it. */
export interface GroupSample {
  /** Presentation, ms after the keyframe's. */
  readonly afterMs: number;
  /** A view into the recording. */
  readonly bytes: Buffer;
}

/**
 * The pictures of one recorded group, in the order they are decoded in; sound is passed over. What follows the
 * first box that cannot be read is left out.
 */
export function groupSamples(bytes: Buffer): readonly GroupSample[] {
  const found: { readonly ticks: number; readonly bytes: Buffer }[] = [];
  for (let at = 0; at + 8 <= bytes.length && found.length < maxSamples;) {
    const size = bytes.readUInt32BE(at);
    if (size < 8 || at + size > bytes.length) break;
    const type = bytes.toString("latin1", at + 4, at + 8);
    const next = at + size;
    if (type === "moof" && !takeFragment(bytes, at, next, found)) break;
    at = next;
  }
  const first = found[0]?.ticks ?? 0;
  return found.map(({ ticks, bytes: sample }) => ({ afterMs: (ticks - first) / ticksPerMs, bytes: sample }));
}

/** Adds the samples of a `moof` and the `mdat` behind it; false when they cannot be read. */
function takeFragment(
  bytes: Buffer,
  from: number,
  dataFrom: number,
  found: { readonly ticks: number; readonly bytes: Buffer }[],
): boolean {
  const moof = bytes.subarray(from, dataFrom);
  const head = readFragmentHead(moof);
  if (head === undefined || dataFrom + 8 > bytes.length) return false;
  if (!head.isVideo) return true;
  const dataTo = dataFrom + bytes.readUInt32BE(dataFrom);
  if (bytes.toString("latin1", dataFrom + 4, dataFrom + 8) !== "mdat" || dataTo > bytes.length) return false;
  let decodeTicks = Number(moof.readBigUInt64BE(decodeTimeAt));
  let at = dataFrom + 8;
  for (let sample = 0; sample < head.sampleCount; sample += 1) {
    const entry = samplesAt + 16 * sample;
    const size = moof.readUInt32BE(entry + 4);
    if (at + size > dataTo) return false;
    found.push({ ticks: decodeTicks + moof.readInt32BE(entry + 12), bytes: bytes.subarray(at, at + size) });
    decodeTicks += moof.readUInt32BE(entry);
    at += size;
  }
  return true;
}

/**
 * The same as one message: a JSON line of `[afterMs, bytes]` pairs behind its length (32 bits, big-endian), then the
 * samples' bytes.
 */
export function packSamples(samples: readonly GroupSample[]): Buffer<ArrayBuffer> {
  const head = Buffer.from(JSON.stringify(samples.map(({ afterMs, bytes }) => [afterMs, bytes.length])));
  const out = Buffer.allocUnsafeSlow(
    4 + head.length + samples.reduce((sum, { bytes }) => sum + bytes.length, 0),
  );
  out.writeUInt32BE(head.length, 0);
  head.copy(out, 4);
  let at = 4 + head.length;
  for (const { bytes } of samples) at += bytes.copy(out, at);
  return out;
}
