/** Something that was started and must be stopped by whoever started it. */
export interface Stoppable {
  /** Idempotent; resolves when nothing of it runs any more. */
  stop(): Promise<void>;
}

/** Stops what was started in reverse order; every one is tried, the errors come back together. */
export class Lifetime implements Stoppable {
  readonly #started: { readonly name: string; readonly stop: () => Promise<void> | void }[] = [];

  add(name: string, stop: () => Promise<void> | void): void {
    this.#started.push({ name, stop });
  }

  async stop(): Promise<void> {
    const errors: Error[] = [];
    for (let entry = this.#started.pop(); entry !== undefined; entry = this.#started.pop()) {
      try {
        await entry.stop();
      } catch (cause) {
        errors.push(new Error(`${entry.name} did not stop cleanly`, { cause }));
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, "some parts did not stop cleanly");
  }
}
