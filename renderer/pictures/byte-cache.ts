/** What was used last stays, up to so many bytes. */
export class ByteCache<T> {
  readonly #most: number;
  readonly #sizeOf: (value: T) => number;
  readonly #held = new Map<string, T>();
  #bytes = 0;

  constructor(mostBytes: number, sizeOf: (value: T) => number) {
    this.#most = mostBytes;
    this.#sizeOf = sizeOf;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(key: string): T | undefined {
    const value = this.#held.get(key);
    if (value === undefined) return undefined;
    this.#held.delete(key);
    this.#held.set(key, value);
    return value;
  }

  /** Keeps it, and lets the longest unused go; what is larger than the whole cache is not kept. */
  put(key: string, value: T): void {
    this.#drop(key);
    this.#held.set(key, value);
    this.#bytes += this.#sizeOf(value);
    for (const old of this.#held.keys()) {
      if (this.#bytes <= this.#most) return;
      this.#drop(old);
    }
  }

  #drop(key: string): void {
    const value = this.#held.get(key);
    if (value === undefined) return;
    this.#held.delete(key);
    this.#bytes -= this.#sizeOf(value);
  }
}
