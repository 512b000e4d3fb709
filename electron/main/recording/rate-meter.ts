/** How fast the disk fills: bytes a day over the last hour at most, undefined before a minute has passed. */
export class RateMeter {
  readonly #samples: { readonly atMs: number; readonly bytes: number }[] = [];
  #bytes = 0;

  add(bytes: number): void {
    this.#bytes += Math.max(0, bytes);
  }

  /** Takes a sample; call it every half minute or so. */
  sample(nowMs: number): void {
    this.#samples.push({ atMs: nowMs, bytes: this.#bytes });
    while (this.#samples.length > 2 && nowMs - (this.#samples[0]?.atMs ?? nowMs) > hourMs)
      this.#samples.shift();
  }

  get bytesPerDay(): number | undefined {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.atMs - first.atMs < 60_000) return undefined;
    return ((last.bytes - first.bytes) / (last.atMs - first.atMs)) * 24 * hourMs;
  }
}

const hourMs = 3_600_000;
