import { RecordingFileError } from "./recording-file-error.ts";

/** Where a group of pictures begins in a recorded file. */
export interface KeyEntry {
  /** First byte of the `prft` box before the keyframe. */
  readonly offset: number;
  /** From there to the end of the keyframe itself. */
  readonly keyBytes: number;
  /** Presentation, 90 kHz. */
  readonly ticks: number;
  /** UTC, ms. */
  readonly capturedAt: number;
}

/** A recorded file's keyframes and its end. */
export interface KeyIndex {
  readonly keys: readonly KeyEntry[];
  /** First byte behind the last fragment. */
  readonly endOffset: number;
  readonly endTicks: number;
  readonly endAt: number;
}

/** The trailer's identity as `uuid` box, chosen at random for this format. */
const boxIdentity = Buffer.from("0f6f2a5b3f0c4f7e9a1d7c5a3c8e51d2", "hex");
const headBytes = 8 + 16 + 4 + 4 + 24;
const entryBytes = 24;
const footBytes = 4;
/** More than a day of keyframes; a file holds about a minute. */
const maxKeys = 100_000;

/** The largest trailer that is read. */
export const maxIndexBytes = headBytes + maxKeys * entryBytes + footBytes;

/**
 * The trailer of a closed file: its keyframes, so that playback need not look through it. Its last four bytes say
 * how long it is, so that it is found from the file's end. Players skip `uuid` boxes they do not know.
 */
export function writeKeyIndex(index: KeyIndex): Buffer<ArrayBuffer> {
  const length = headBytes + entryBytes * index.keys.length + footBytes;
  const out = Buffer.allocUnsafeSlow(length);
  out.writeUInt32BE(length, 0);
  out.write("uuid", 4, 4, "latin1");
  boxIdentity.copy(out, 8);
  out.writeUInt32BE(1, 24);
  out.writeUInt32BE(index.keys.length, 28);
  out.writeDoubleBE(index.endOffset, 32);
  out.writeDoubleBE(index.endTicks, 40);
  out.writeDoubleBE(index.endAt, 48);
  let at = headBytes;
  for (const { offset, keyBytes, ticks, capturedAt } of index.keys) {
    out.writeUInt32BE(offset, at);
    out.writeUInt32BE(keyBytes, at + 4);
    out.writeDoubleBE(ticks, at + 8);
    out.writeDoubleBE(capturedAt, at + 16);
    at += entryBytes;
  }
  out.writeUInt32BE(length, at);
  return out;
}

/** Reads a whole trailer. Throws `RecordingFileError` when it contradicts itself or the file's length. */
export function readKeyIndex(bytes: Buffer, fileBytes: number): KeyIndex {
  const bad = (why: string): RecordingFileError => new RecordingFileError(`its index is damaged: ${why}`);
  if (bytes.length < headBytes + footBytes || !bytes.subarray(8, 24).equals(boxIdentity))
    throw bad("no head");
  if (bytes.readUInt32BE(0) !== bytes.length || bytes.readUInt32BE(24) !== 1) throw bad("length or version");
  const count = bytes.readUInt32BE(28);
  if (count > maxKeys || bytes.length !== headBytes + count * entryBytes + footBytes) throw bad("count");
  const [endOffset, endTicks, endAt] = [32, 40, 48].map((at) => bytes.readDoubleBE(at));
  if (endOffset !== fileBytes - bytes.length) throw bad("it belongs to another length");
  if (!isTime(endTicks) || !isTime(endAt)) throw bad("its end");
  const keys: KeyEntry[] = [];
  let before: KeyEntry = { offset: -1, keyBytes: 0, ticks: -1, capturedAt: 0 };
  for (let at = headBytes; at < headBytes + count * entryBytes; at += entryBytes) {
    const key = {
      offset: bytes.readUInt32BE(at),
      keyBytes: bytes.readUInt32BE(at + 4),
      ticks: bytes.readDoubleBE(at + 8),
      capturedAt: bytes.readDoubleBE(at + 16),
    };
    const isInOrder = key.offset > before.offset && key.offset >= before.offset + before.keyBytes;
    if (!isInOrder || key.offset + key.keyBytes > endOffset) throw bad("places of keyframes");
    if (!isTime(key.ticks) || !isTime(key.capturedAt) || key.ticks <= before.ticks) throw bad("times");
    keys.push(key);
    before = key;
  }
  if (keys.length > 0 && endTicks < before.ticks) throw bad("it ends before its last keyframe");
  return { keys, endOffset, endTicks, endAt };
}

const isTime = (value: number | undefined): value is number =>
  value !== undefined && Number.isFinite(value) && value >= 0 && value < Number.MAX_SAFE_INTEGER;
