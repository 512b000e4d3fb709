import type { StreamEpoch, StreamFragment } from "../fragment-stream.ts";

/** A fragment that waits in memory, with what it needs to be recorded later. */
export interface HeldFragment {
  readonly epoch: StreamEpoch;
  readonly fragment: StreamFragment;
  readonly isSounding: boolean;
}

interface Group {
  readonly held: HeldFragment[];
  readonly startAt: number;
  readonly arrivedMs: number;
  lastMs: number;
  bytes: number;
}

/**
 * The last seconds of a stream in whole groups of pictures, so that a recording can begin before its event.
 *
 * Bounded by time and by bytes; the oldest group goes first, and a group that is larger than the bound by itself is
 * dropped whole: half of one shows nothing. What came before a connection broke stays until its time is over.
 */
export class HeldPictures {
  #groups: Group[] = [];
  #bytes = 0;
  #holdMs = 0;
  #maxBytes = 0;

  /** How far back, and how much. Less than before takes effect at once. */
  setLimits(holdMs: number, maxBytes: number): void {
    this.#holdMs = holdMs;
    this.#maxBytes = maxBytes;
    if (holdMs === 0) this.clear();
  }

  get bytes(): number {
    return this.#bytes;
  }

  clear(): void {
    this.#groups = [];
    this.#bytes = 0;
  }

  /** @param nowMs monotonic. */
  add(held: HeldFragment, nowMs: number): void {
    const { fragment } = held;
    if (fragment.isKeyframe) {
      this.trim(nowMs);
      const startAt = Math.round(fragment.capturedAt);
      this.#groups.push({ held: [], startAt, arrivedMs: nowMs, lastMs: nowMs, bytes: 0 });
    }
    const group = this.#groups.at(-1);
    if (group === undefined || (group.held[0] ?? held).epoch !== held.epoch) return;
    group.held.push(held);
    group.lastMs = nowMs;
    group.bytes += fragment.bytes.length;
    this.#bytes += fragment.bytes.length;
    while (this.#bytes > this.#maxBytes && this.#groups.length > 0) this.#dropOldest();
  }

  /** Lets go of what nobody can ask for any more. */
  trim(nowMs: number): void {
    const from = nowMs - this.#holdMs;
    for (;;) {
      const [oldest, second] = this.#groups;
      if (oldest === undefined) return;
      const isPast = second === undefined ? oldest.lastMs < from : second.arrivedMs <= from;
      if (!isPast) return;
      this.#dropOldest();
    }
  }

  /**
   * Hands over what is held from the group of pictures that shows `from` on (UTC ms; null: the current group), and
   * holds it no longer.
   */
  take(from: number | null): readonly HeldFragment[] {
    const first =
      from === null
        ? this.#groups.length - 1
        : Math.max(
            0,
            this.#groups.findLastIndex(({ startAt }) => startAt <= from),
          );
    const taken = this.#groups.slice(Math.max(0, first)).flatMap(({ held }) => held);
    this.clear();
    return taken;
  }

  #dropOldest(): void {
    this.#bytes -= this.#groups.shift()?.bytes ?? 0;
  }
}
