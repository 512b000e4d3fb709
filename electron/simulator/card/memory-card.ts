import type { Clock } from "../../../shared/base/clock.ts";

/** A stretch of true time, ms UTC: `from` inclusive, `to` exclusive. */
export interface KeptSpan {
  readonly from: number;
  readonly to: number;
}

/** So much the card held when the camera came into the world: as if it had been on for a day. */
const keptBeforeMs = 86_400_000;

/**
 * The memory card of a camera: everything since a day before it was made, except while it was off. The scenes loop by
 * the clock, so that nothing has to be stored to know what was recorded when. A network that is away does not matter
 * to it.
 */
export class MemoryCard {
  readonly #clock: Clock;
  readonly #earliestAt: number;
  readonly #off: { readonly from: number; to: number | undefined }[] = [];

  constructor(deps: { readonly clock: Clock }) {
    this.#clock = deps.clock;
    this.#earliestAt = deps.clock.now() - keptBeforeMs;
  }

  get earliestAt(): number {
    return this.#earliestAt;
  }

  /** True time now. */
  now(): number {
    return this.#clock.now();
  }

  /** The camera has power again. */
  switchedOn(): void {
    const last = this.#off.at(-1);
    if (last !== undefined) last.to ??= this.#clock.now();
  }

  /** The camera has no power: nothing is recorded. */
  switchedOff(): void {
    const last = this.#off.at(-1);
    if (last === undefined || last.to !== undefined) {
      this.#off.push({ from: this.#clock.now(), to: undefined });
    }
  }

  /** What it holds of a span, in order. */
  kept({ from, to }: KeptSpan): KeptSpan[] {
    const until = Math.min(to, this.#clock.now());
    const spans: KeptSpan[] = [];
    let at = Math.max(from, this.#earliestAt);
    for (const off of this.#off) {
      if (Math.min(off.from, until) > at) spans.push({ from: at, to: Math.min(off.from, until) });
      at = Math.max(at, off.to ?? until);
    }
    if (until > at) spans.push({ from: at, to: until });
    return spans;
  }
}
