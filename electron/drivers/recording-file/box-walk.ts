import { RecordingFileError } from "./recording-file-error.ts";

/** A box within bytes: its head is at `from`, its last byte before `to`. */
export interface Box {
  readonly type: string;
  readonly from: number;
  readonly to: number;
}

/** The boxes that fill a stretch of bytes (ISO/IEC 14496-12 §4.2). Throws `RecordingFileError` when they do not. */
export function boxesIn(bytes: Buffer, from: number, to: number): readonly Box[] {
  const found: Box[] = [];
  for (let at = from; at < to;) {
    const size = at + 8 <= to ? bytes.readUInt32BE(at) : 0;
    if (size < 8 || at + size > to) throw new RecordingFileError("its beginning is damaged");
    found.push({ type: bytes.toString("latin1", at + 4, at + 8), from: at, to: at + size });
    at += size;
  }
  return found;
}
