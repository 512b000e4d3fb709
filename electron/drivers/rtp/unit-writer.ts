const firstBytes = 16 * 1024;

/**
 * Collects the NAL units of one picture, each behind its length in 4 bytes (ISO/IEC 14496-15 §4.3.2).
 *
 * One growing buffer for the life of a track: a packet's bytes are copied into it once.
 */
export class UnitWriter {
  readonly #maxBytes: number;
  #buffer = Buffer.allocUnsafeSlow(firstBytes);
  #length = 0;
  #nalStart = -1;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get length(): number {
    return this.#length;
  }

  /** True between `begin` and `end`. */
  get isOpen(): boolean {
    return this.#nalStart >= 0;
  }

  /** The collected bytes; a view that is valid until the next write. */
  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
    this.#nalStart = -1;
  }

  begin(): void {
    this.#nalStart = this.#length;
    this.#reserve(4);
    this.#length += 4;
  }

  /** False when the picture grew beyond what is possible. */
  append(bytes: Uint8Array): boolean {
    if (this.#length + bytes.length > this.#maxBytes) return false;
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
    return true;
  }

  appendByte(byte: number): void {
    this.#reserve(1);
    this.#buffer[this.#length] = byte;
    this.#length += 1;
  }

  /** Closes the open NAL unit and returns a view of it without its length. */
  end(): Buffer {
    const start = this.#nalStart + 4;
    this.#buffer.writeUInt32BE(this.#length - start, this.#nalStart);
    this.#nalStart = -1;
    return this.#buffer.subarray(start, this.#length);
  }

  /** Takes the last bytes away again: the NAL unit was not one to keep. */
  truncate(length: number): void {
    this.#length = length;
    this.#nalStart = -1;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(grown, 0, 0, this.#length);
    this.#buffer = grown;
  }
}
