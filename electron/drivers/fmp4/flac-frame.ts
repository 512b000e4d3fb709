/** How G.711 coded a sample. */
export type G711Law = "mu" | "a";

/** 16-bit linear values of all 256 G.711 codes (ITU-T G.711, as in G.191). */
export function g711Table(law: G711Law): Int16Array {
  return Int16Array.from({ length: 256 }, (_, code) => (law === "mu" ? decodeMu(code) : decodeA(code)));
}

function decodeMu(code: number): number {
  const inverted = ~code & 0xff;
  const magnitude = (((inverted & 15) << 3) + 0x84) << ((inverted & 0x70) >> 4);
  return (inverted & 0x80) === 0 ? magnitude - 0x84 : 0x84 - magnitude;
}

function decodeA(code: number): number {
  const toggled = code ^ 0x55;
  const exponent = (toggled & 0x70) >> 4;
  const mantissa = (toggled & 15) << 4;
  const magnitude = exponent === 0 ? mantissa + 8 : (mantissa + 0x108) << (exponent - 1);
  return (toggled & 0x80) === 0 ? -magnitude : magnitude;
}

const crc8Table = Uint8Array.from({ length: 256 }, (_, start) => {
  let crc = start;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 0x80) === 0 ? crc << 1 : (crc << 1) ^ 0x07;
  return crc & 0xff;
});
const crc16Table = Uint16Array.from({ length: 256 }, (_, start) => {
  let crc = start << 8;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x8005;
  return crc & 0xffff;
});

/**
 * Writes G.711 as FLAC frames with verbatim subframes (RFC 9639 §9): exact, and no codec is needed.
 *
 * Frames are of the variable-block-size kind, numbered by their first sample, so that any packet length
 * will do.
 */
export class FlacWriter {
  readonly #table: Int16Array;

  constructor(law: G711Law) {
    this.#table = g711Table(law);
  }

  /**
   * One frame of 1 to 65,535 samples at 8 kHz, 16 bits, one channel.
   *
   * @param firstSample number of the frame's first sample since the stream began, below 2³⁶.
   */
  frame(codes: Uint8Array, firstSample: number): Buffer {
    const number = codedNumber(firstSample);
    const out = Buffer.allocUnsafe(4 + number.length + 2 + 1 + 1 + codes.length * 2 + 2);
    let at = 0;
    // Sync code with variable blocks; 16-bit block size, 8 kHz; one channel, 16 bits.
    for (const byte of [0xff, 0xf9, 0x74, 0x08, ...number]) at = out.writeUInt8(byte, at);
    at = out.writeUInt16BE(codes.length - 1, at);
    let crc8 = 0;
    for (let i = 0; i < at; i++) crc8 = crc8Table[crc8 ^ (out[i] ?? 0)] ?? 0;
    at = out.writeUInt8(crc8, at);
    at = out.writeUInt8(0x02, at);
    for (const code of codes) at = out.writeInt16BE(this.#table[code] ?? 0, at);
    let crc16 = 0;
    for (let i = 0; i < at; i++) {
      crc16 = ((crc16 << 8) & 0xffff) ^ (crc16Table[(crc16 >> 8) ^ (out[i] ?? 0)] ?? 0);
    }
    at = out.writeUInt16BE(crc16, at);
    return out;
  }
}

const leads = [0, 0xc0, 0xe0, 0xf0, 0xf8, 0xfc, 0xfe];

/** The extended UTF-8 of RFC 9639 §9.1.5, up to 36 bits. */
function codedNumber(value: number): readonly number[] {
  if (value < 0x80) return [value];
  let more = 1;
  while (more < 6 && value >= 2 ** (more * 5 + 6)) more += 1;
  const bytes = [(leads[more] ?? 0) | Math.floor(value / 2 ** (6 * more))];
  for (let i = more - 1; i >= 0; i--) bytes.push(0x80 | (Math.floor(value / 2 ** (6 * i)) % 64));
  return bytes;
}
