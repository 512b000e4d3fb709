const calmMs = 60_000;
const tiredAfter = 3;
const restMs = 60_000;
/** Failures this close are one trouble: what a camera sends for a moment, or a start that met the same moment. */
const oneTroubleMs = 5_000;
const firstDelayMs = 100;
const mostDelayMs = 10_000;

/** How soon a broken feed is built again, and whether its way of feeding should be given up for a while. */
export class RebuildLimit {
  #breaksMs: number[] = [];
  #troublesMs: number[] = [];
  #tiredUntilMs = Number.NEGATIVE_INFINITY;

  /** Counts a failure; answers the delay before building again: 0.1 s, then doubling to 10 s within a minute. */
  broke(nowMs: number): number {
    this.#breaksMs = [...this.#breaksMs.filter((atMs) => nowMs - atMs < calmMs), nowMs];
    this.#troublesMs = this.#troublesMs.filter((atMs) => nowMs - atMs < calmMs);
    const begunMs = this.#troublesMs.at(-1) ?? Number.NEGATIVE_INFINITY;
    if (nowMs - begunMs >= oneTroubleMs) this.#troublesMs.push(nowMs);
    if (this.#troublesMs.length >= tiredAfter) this.#tiredUntilMs = nowMs + restMs;
    return Math.min(mostDelayMs, firstDelayMs * 2 ** (this.#breaksMs.length - 1));
  }

  /** Three troubles within a minute: use the other mode for a minute. */
  isTired(nowMs: number): boolean {
    return nowMs < this.#tiredUntilMs;
  }

  forget(): void {
    this.#breaksMs = [];
    this.#troublesMs = [];
    this.#tiredUntilMs = Number.NEGATIVE_INFINITY;
  }
}
