import type { Clock } from "../../shared/base/clock.ts";
import type { ChannelId } from "../../shared/base/ids.ts";

export interface GapSearchDeps {
  readonly clock: Clock;
  /** When the next recording of any of the channels begins, at or after `at`; null when there is none. */
  readonly nextRecorded: (channels: readonly ChannelId[], at: number) => Promise<number | null>;
  /** When the last recording of any of the channels before `at` ends, or `at`; null when there is none. */
  readonly previousRecorded: (channels: readonly ChannelId[], at: number) => Promise<number | null>;
}

/** What lies behind the edge of what is open. `grown`: what is being recorded at this moment goes on there. */
export type BehindEdge =
  | { readonly kind: "recorded"; readonly at: number }
  | { readonly kind: "grown" }
  | { readonly kind: "nothing" };

/** Behind the newest picture it waits this many seconds for the next one before it gives up. */
const waitsAtEnd = 8;
const growsWithinMs = 30_000;
/** Where the index knows of pictures that the files do not hold, it goes on this far behind. */
const lostStepMs = 1_000;

/** Looks for the next recording in the direction of play where nothing more is open. */
export class GapSearch {
  readonly #deps: GapSearchDeps;

  constructor(deps: GapSearchDeps) {
    this.#deps = deps;
  }

  /** Undefined when nobody wants to know any more. */
  async find(
    channels: readonly ChannelId[],
    at: number,
    direction: "back" | "on",
    isStillWanted: () => boolean,
  ): Promise<BehindEdge | undefined> {
    return direction === "on"
      ? this.#findNext(channels, at, isStillWanted)
      : this.#findPrevious(channels, at, isStillWanted);
  }

  async #findPrevious(
    channels: readonly ChannelId[],
    at: number,
    isStillWanted: () => boolean,
  ): Promise<BehindEdge | undefined> {
    const before = await this.#deps.previousRecorded(channels, at);
    if (!isStillWanted()) return undefined;
    if (before === null) return { kind: "nothing" };
    return { kind: "recorded", at: before < at ? before : at - lostStepMs };
  }

  async #findNext(
    channels: readonly ChannelId[],
    at: number,
    isStillWanted: () => boolean,
  ): Promise<BehindEdge | undefined> {
    const { clock, nextRecorded } = this.#deps;
    for (let attempt = 0; isStillWanted(); attempt += 1) {
      const next = await nextRecorded(channels, at);
      if (!isStillWanted()) return undefined;
      if (next !== null && next > at) return { kind: "recorded", at: next };
      // The newest picture has been shown: what comes next is being recorded at this moment.
      const mayGrow = attempt < waitsAtEnd && clock.now() - at < growsWithinMs;
      if (next === null && !mayGrow) return { kind: "nothing" };
      await clock.sleep(1_000);
      if (next !== null) return { kind: "grown" };
    }
    return undefined;
  }
}
