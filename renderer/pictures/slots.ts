interface Waiting {
  readonly start: () => void;
  readonly giveUp: (reason: unknown) => void;
}

/** Too much was asked for at once, and this was the oldest of it. */
export class GivenUpError extends Error {
  override readonly name = "GivenUpError";
}

/** Runs so many things at once; of what waits the newest comes first, and the oldest is given up when too much waits. */
export class Slots {
  readonly #most: number;
  readonly #mostWaiting: number;
  readonly #waiting: Waiting[] = [];
  #running = 0;

  constructor(most: number, mostWaiting: number) {
    this.#most = most;
    this.#mostWaiting = mostWaiting;
  }

  /** Rejects with the signal's reason when it aborts while waiting; a thing that runs ends by itself. */
  async run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    if (this.#running >= this.#most) await this.#wait(signal);
    else this.#running += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.pop();
      if (next === undefined) this.#running -= 1;
      else next.start();
    }
  }

  #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        const at = this.#waiting.indexOf(waiting);
        if (at >= 0) this.#waiting.splice(at, 1);
        reject(signal.reason);
      };
      const waiting: Waiting = {
        start: () => {
          signal.removeEventListener("abort", leave);
          resolve();
        },
        giveUp: (reason) => {
          signal.removeEventListener("abort", leave);
          reject(reason);
        },
      };
      signal.addEventListener("abort", leave, { once: true });
      this.#waiting.push(waiting);
      if (this.#waiting.length > this.#mostWaiting) {
        this.#waiting.shift()?.giveUp(new GivenUpError("too many pictures were asked for at once"));
      }
    });
  }
}
