import type { Clock } from "../../../shared/base/clock.ts";

export interface PaceDeps {
  readonly clock: Clock;
  readonly everyMs: number;
  readonly run: () => void;
}

/** Runs something when asked, at most once in `everyMs`; the last request is never lost. */
export class Pace {
  readonly #deps: PaceDeps;
  #lastMs = Number.NEGATIVE_INFINITY;
  #isDue = false;

  constructor(deps: PaceDeps) {
    this.#deps = deps;
  }

  /** Asks for a run, now or when its time has come; dropped when the signal aborts first. */
  ask(signal: AbortSignal): void {
    if (this.#isDue || signal.aborted) return;
    this.#isDue = true;
    void this.#runWhenDue(signal);
  }

  async #runWhenDue(signal: AbortSignal): Promise<void> {
    const { clock, everyMs, run } = this.#deps;
    try {
      await clock.sleep(Math.max(0, this.#lastMs + everyMs - clock.monotonicMs()), signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    this.#isDue = false;
    if (signal.aborted) return;
    this.#lastMs = clock.monotonicMs();
    run();
  }
}
