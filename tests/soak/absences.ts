import type { TileSight } from "./live-oracle.ts";

/** How long cameras showed no young picture, and whether they came back. */
export class Absences {
  readonly #since = new Map<string, number>();
  readonly #lengthsMs: number[] = [];
  readonly #states = new Map<string, number>();

  /** Delayed pictures are pictures, and a veil says that the page was busy: a busy computer is no absence. */
  see({ camera, state, takenAt }: TileSight): void {
    this.#states.set(state, (this.#states.get(state) ?? 0) + 1);
    const since = this.#since.get(camera);
    if (state === "live" || state === "delayed" || state === "unproven") {
      if (since === undefined) return;
      this.#since.delete(camera);
      this.#lengthsMs.push(takenAt - since);
    } else if (since === undefined) this.#since.set(camera, takenAt);
  }

  /** Looks by what the tile claimed, in parts of all looks. */
  get shares(): Readonly<Record<string, number>> {
    const all = [...this.#states.values()].reduce((sum, count) => sum + count, 0);
    return Object.fromEntries(
      [...this.#states].map(([state, count]) => [state, Math.round((10_000 * count) / all) / 10_000]),
    );
  }

  /** Of the absences that are over. */
  get ended(): { readonly count: number; readonly medianMs: number; readonly longestMs: number } {
    const sorted = this.#lengthsMs.toSorted((one, other) => one - other);
    return {
      count: sorted.length,
      medianMs: sorted[Math.floor(sorted.length / 2)] ?? 0,
      longestMs: sorted.at(-1) ?? 0,
    };
  }
}
