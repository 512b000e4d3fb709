import { NalError } from "./nal-error.ts";

/** Reads an RBSP bit by bit (H.264 §7.2, §9.1); reading past the end throws `NalError`. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get remainingBits(): number {
    return this.#bytes.length * 8 - this.#position;
  }

  bit(): 0 | 1 {
    const byte = this.#bytes[this.#position >> 3];
    if (byte === undefined) throw new NalError("the parameter set ends too early");
    const bit = (byte >> (7 - (this.#position & 7))) & 1;
    this.#position += 1;
    return bit === 1 ? 1 : 0;
  }

  flag(): boolean {
    return this.bit() === 1;
  }

  /** Unsigned number of `count` bits, 0 to 32. */
  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = value * 2 + this.bit();
    return value;
  }

  skip(count: number): void {
    if (count > this.remainingBits) throw new NalError("the parameter set ends too early");
    this.#position += count;
  }

  /** Exp-Golomb, unsigned: ue(v). At most 32 leading zeros. */
  ue(): number {
    let zeros = 0;
    while (this.bit() === 0) {
      zeros += 1;
      if (zeros > 32) throw new NalError("a number in the parameter set is too large");
    }
    return 2 ** zeros - 1 + this.bits(zeros);
  }

  /** Exp-Golomb, signed: se(v). */
  se(): number {
    const code = this.ue();
    return code % 2 === 1 ? (code + 1) / 2 : -(code / 2);
  }

  /** ue(v) that must not exceed a bound. */
  ueAtMost(limit: number, what: string): number {
    const value = this.ue();
    if (value > limit) throw new NalError(`${what} is out of range`);
    return value;
  }
}

/** Parameter sets beyond this are not looked at. */
const maxBytes = 4096;

/** The payload of a NAL unit without its header and without emulation prevention bytes (H.264 §7.4.1). */
export function rbspOf(nal: Uint8Array, headerBytes: number): Uint8Array {
  const end = Math.min(nal.length, maxBytes);
  const out = new Uint8Array(Math.max(0, end - headerBytes));
  let length = 0;
  let zeros = 0;
  for (let i = headerBytes; i < end; i++) {
    const byte = nal[i] ?? 0;
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    out[length] = byte;
    length += 1;
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return out.subarray(0, length);
}
