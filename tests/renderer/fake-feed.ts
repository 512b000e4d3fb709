/** A feed that tests push values into; every open reader gets each value. */
export class FakeFeed<T> {
  readonly #readers = new Set<(value: T) => void>();

  get readers(): number {
    return this.#readers.size;
  }

  push(value: T): void {
    for (const reader of this.#readers) reader(value);
  }

  /** Reads until the signal aborts. */
  async *open(signal: AbortSignal | undefined, first: readonly T[] = []): AsyncGenerator<T, void> {
    const waiting: T[] = [...first];
    let wake: () => void = () => undefined;
    const reader = (value: T): void => {
      waiting.push(value);
      wake();
    };
    const abort = (): void => wake();
    this.#readers.add(reader);
    signal?.addEventListener("abort", abort, { once: true });
    try {
      while (signal?.aborted !== true) {
        const value = waiting.shift();
        if (value !== undefined) yield value;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      this.#readers.delete(reader);
      signal?.removeEventListener("abort", abort);
    }
  }
}
