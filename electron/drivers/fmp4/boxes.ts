/** Bytes of one part of a box. */
export type Part = Uint8Array | readonly number[];

/** An ISO base media file format box (ISO/IEC 14496-12 §4.2): size, type, then its parts. */
export function box(type: string, ...parts: readonly Part[]): Buffer<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 8);
  const out = Buffer.allocUnsafeSlow(length);
  out.writeUInt32BE(length, 0);
  out.write(type, 4, 4, "latin1");
  let at = 8;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** A box with version and 24 bits of flags. */
export function fullBox(
  type: string,
  version: number,
  flags: number,
  ...parts: readonly Part[]
): Buffer<ArrayBuffer> {
  return box(type, u32((version << 24) | flags), ...parts);
}

/** Boxes behind each other, in memory of exactly their size: posting it posts nothing of a shared pool. */
export function joinBoxes(...boxes: readonly Uint8Array[]): Buffer<ArrayBuffer> {
  const out = Buffer.allocUnsafeSlow(boxes.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const one of boxes) {
    out.set(one, at);
    at += one.length;
  }
  return out;
}

export const u16 = (value: number): readonly number[] => [(value >> 8) & 0xff, value & 0xff];
export const u24 = (value: number): readonly number[] => [
  (value >> 16) & 0xff,
  (value >> 8) & 0xff,
  value & 0xff,
];
export const u32 = (value: number): readonly number[] => [
  (value >>> 24) & 0xff,
  (value >>> 16) & 0xff,
  (value >>> 8) & 0xff,
  value & 0xff,
];
export const zeros = (count: number): readonly number[] => Array.from({ length: count }, () => 0);
export const text = (value: string): Buffer => Buffer.from(value, "latin1");
