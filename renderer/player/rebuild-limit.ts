const calmMs = 60_000;
const tiredAfter = 3;
const restMs = 300_000;
const firstDelayMs = 100;
const mostDelayMs = 10_000;

/** How soon a broken feed is built again, and whether its way of feeding should be given up for a while. */
export class RebuildLimit {
  #breaksMs: number[] = [];
  #tiredUntilMs = Number.NEGATIVE_INFINITY;

  /** Counts a failure; answers the delay before building again: 0.1 s, then doubling to 10 s within a minute. */
  broke(nowMs: number): number {
    this.#breaksMs = [...this.#breaksMs.filter((atMs) => nowMs - atMs < calmMs), nowMs];
    if (this.#breaksMs.length >= tiredAfter) this.#tiredUntilMs = nowMs + restMs;
    return Math.min(mostDelayMs, firstDelayMs * 2 ** (this.#breaksMs.length - 1));
  }

  /** Three failures within a minute: use the other mode for five minutes. */
  isTired(nowMs: number): boolean {
    return nowMs < this.#tiredUntilMs;
  }

  forget(): void {
    this.#breaksMs = [];
    this.#tiredUntilMs = Number.NEGATIVE_INFINITY;
  }
}
