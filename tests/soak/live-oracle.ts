/** What a tile claims and what its pixels say, taken in one turn of the page. */
export interface TileSight {
  /** The camera's call number. */
  readonly camera: number;
  /** `data-state` of the tile. */
  readonly state: string;
  /** Capture time burnt into the picture, ms of the minute; null when the picture holds no stamp. */
  readonly msOfMinute: number | null;
  readonly takenAt: number;
}

/** A tile that said "live" while it was not. */
export interface FalseLive {
  readonly camera: number;
  readonly ageMs: number;
  readonly takenAt: number;
}

interface Seen {
  readonly msOfMinute: number;
  readonly since: number;
}

const minuteMs = 60_000;

/**
 * Judges tiles by their pixels alone: a tile may say "live" only while the capture time burnt into what it shows is
 * young. It knows nothing of how the console decides.
 *
 * The stamp counts within the minute, so a picture that stands still is also timed by how long it has.
 */
export class LiveOracle {
  readonly #limitMs: number;
  readonly #seen = new Map<number, Seen>();
  readonly falseLives: FalseLive[] = [];
  #judged = 0;

  /** @param limitMs the oldest picture that may be called live, with the room the page's own tick needs */
  constructor(deps: { readonly limitMs: number }) {
    this.#limitMs = deps.limitMs;
  }

  /** Live claims that could be judged: a run that judges none proves nothing. */
  get judged(): number {
    return this.#judged;
  }

  /** Takes one look at one tile; answers the picture's age, null when it cannot be told. */
  see({ camera, state, msOfMinute, takenAt }: TileSight): number | null {
    if (msOfMinute === null) return null;
    const before = this.#seen.get(camera);
    const seen = before?.msOfMinute === msOfMinute ? before : { msOfMinute, since: takenAt };
    this.#seen.set(camera, seen);
    const ageMs = Math.max(takenAt - seen.since, ageOf(msOfMinute, takenAt));
    if (state !== "live") return ageMs;
    this.#judged += 1;
    if (ageMs > this.#limitMs) this.falseLives.push({ camera, ageMs, takenAt });
    return ageMs;
  }
}

/** Age of a picture by its stamp; right below half a minute. Negative ages (the clocks' own play) count as 0. */
function ageOf(msOfMinute: number, takenAt: number): number {
  const distance = (((takenAt - msOfMinute) % minuteMs) + minuteMs) % minuteMs;
  return distance > minuteMs / 2 ? 0 : distance;
}
