import type { ConsoleFact } from "../../../shared/model/event.ts";

/**
 * Tells of the storage locations as one condition of the site: it begins when the first is in trouble and ends when
 * all are well, so that nobody takes the recovery of one disk for the recovery of all.
 */
export class DiskFacts {
  #troubles: ReadonlyMap<string, string> = new Map();

  /** @param troubles why recordings may not go there now, in words, by the folder of each location in trouble. */
  compare(troubles: ReadonlyMap<string, string>): readonly ConsoleFact[] {
    const before = this.#troubles;
    this.#troubles = new Map(troubles);
    const facts: ConsoleFact[] = [];
    const tell = (state: ConsoleFact["state"] & (string | null), detail: string): void => {
      facts.push({ type: "disk", state, detail: detail.slice(0, 500) });
    };
    for (const [folder, why] of troubles) if (!before.has(folder)) tell("begun", `${why}: ${folder}`);
    for (const folder of before.keys()) {
      if (troubles.has(folder)) continue;
      if (troubles.size === 0) tell("ended", `well again: ${folder}`);
      else tell(null, `well again: ${folder}; not yet: ${[...troubles.keys()].join(", ")}`);
    }
    return facts;
  }
}
