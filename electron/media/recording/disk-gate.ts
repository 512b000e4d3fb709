/** Writes that one disk has under way at most: one that hangs must not hold every thread that serves files. */
const atOnce = 2;

/** Lets a few writes of one disk through at a time, the others in order behind them. */
export class DiskGate {
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** Resolves or rejects as the work does. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= atOnce) await new Promise<void>((go) => this.#waiting.push(go));
    else this.#running += 1;
    try {
      return await work();
    } finally {
      // The place goes to the next one, or is free again.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
