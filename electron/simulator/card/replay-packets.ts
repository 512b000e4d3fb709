import type { PacketRun } from "../rtsp/packet-faults.ts";
import { ntpWords } from "../rtsp/rtcp.ts";

/** What the header extension of a replayed picture says (ONVIF Streaming specification, 6.3). */
export interface ReplayMarks {
  /** When it was captured, ms UTC by the camera's clock. */
  readonly cameraTimeMs: number;
  /** C: it can be decoded by itself. */
  readonly isClean: boolean;
  /** E: after it the recording is interrupted. */
  readonly endsStretch: boolean;
  /** D: before it the recording was interrupted. */
  readonly isBroken: boolean;
  /** T: nothing comes after it. */
  readonly isLast: boolean;
}

const prefixBytes = 4;
const headerBytes = 12;
const extensionBytes = 16;

/** The packets of one picture with the replay extension (0xABAC) in the first, as the specification asks for. */
export function withReplayMarks(
  { bytes, offsets }: PacketRun,
  marks: ReplayMarks,
  sequence: number,
): PacketRun {
  const [first] = offsets;
  if (first === undefined) return { bytes, offsets };
  const end = first + prefixBytes + headerBytes;
  const marked = new Uint8Array(bytes.length + extensionBytes);
  marked.set(bytes.subarray(0, end));
  marked.set(bytes.subarray(end), end + extensionBytes);
  const view = new DataView(marked.buffer);
  view.setUint16(first + 2, view.getUint16(first + 2) + extensionBytes);
  view.setUint8(first + prefixBytes, view.getUint8(first + prefixBytes) | 0x10);
  const [seconds, fraction] = ntpWords(marks.cameraTimeMs);
  view.setUint32(end, 0xabac_0003);
  view.setUint32(end + 4, seconds);
  view.setUint32(end + 8, fraction);
  const bits = [marks.isClean, marks.endsStretch, marks.isBroken, marks.isLast];
  view.setUint8(
    end + 12,
    bits.reduce((byte, isSet, index) => byte | (isSet ? 0x80 >> index : 0), 0),
  );
  view.setUint8(end + 13, sequence & 0xff);
  return {
    bytes: marked,
    offsets: offsets.map((offset, index) => (index === 0 ? offset : offset + extensionBytes)),
  };
}
