/** Frames and bits a second over the last seconds. */
export class SourceMeter {
  readonly #windowMs: number;
  #entries: { readonly atMs: number; readonly bytes: number }[] = [];
  #bytes = 0;

  constructor(windowMs = 4_000) {
    this.#windowMs = windowMs;
  }

  add(bytes: number, nowMs: number): void {
    this.#entries.push({ atMs: nowMs, bytes });
    this.#bytes += bytes;
    this.#trim(nowMs);
  }

  clear(): void {
    this.#entries = [];
    this.#bytes = 0;
  }

  read(nowMs: number): { readonly fps: number; readonly bitrateKbps: number } {
    this.#trim(nowMs);
    const first = this.#entries[0];
    const spanMs = first ? Math.max(1, nowMs - first.atMs) : 1;
    if (this.#entries.length < 2 || spanMs < 200) return { fps: 0, bitrateKbps: 0 };
    return {
      fps: Math.round((this.#entries.length / spanMs) * 10_000) / 10,
      bitrateKbps: Math.round((this.#bytes * 8) / spanMs),
    };
  }

  #trim(nowMs: number): void {
    let old = 0;
    while ((this.#entries[old]?.atMs ?? nowMs) < nowMs - this.#windowMs) {
      this.#bytes -= this.#entries[old]?.bytes ?? 0;
      old += 1;
    }
    if (old > 0) this.#entries.splice(0, old);
  }
}
