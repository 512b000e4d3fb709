/** What a tile claims and what its pixels say, taken in one turn of the page. */
export interface TileSight {
  /** The camera's name. */
  readonly camera: string;
  /** What the tile says as it is drawn: its `data-state`, or `unproven` when the veil lies over a moving picture. */
  readonly state: string;
  /** Capture time burnt into the picture, ms of the minute; null when the picture holds no stamp. */
  readonly msOfMinute: number | null;
  readonly takenAt: number;
  /** How long the page ran nothing at all, within the last second: by its own beat, not by the console's. */
  readonly stoodStillMs: number;
}

/** A tile that said "live" while it was not. */
export interface FalseLive {
  readonly camera: string;
  /** What proves it: the pixels, or what the camera itself has sent. */
  readonly by: "pixels" | "camera";
  readonly ageMs: number;
  /** How long ago the youngest picture was taken that the camera has sent; undefined: not known. */
  readonly sentAgoMs: number | undefined;
  readonly stoodStillMs: number;
  readonly takenAt: number;
}

/** When the youngest picture was taken that the camera has sent to anybody, ms UTC; undefined: not known now. */
export type LastSent = (camera: string) => number | undefined;

interface Seen {
  readonly msOfMinute: number;
  readonly since: number;
}

const minuteMs = 60_000;

/**
 * Judges tiles by two things that know nothing of how the console decides: the capture time burnt into the pixels
 * of what a tile shows, and the camera's own count of what it has sent. A tile may say "live" only while both are
 * young.
 *
 * The stamp counts within the minute, so a picture that stands still is also timed by how long it has.
 */
export class LiveOracle {
  readonly #limitMs: number;
  readonly #lastSent: LastSent;
  readonly #seen = new Map<string, Seen>();
  readonly #sent = new Map<string, number>();
  readonly falseLives: FalseLive[] = [];
  #judged = 0;
  #oldestLiveMs = 0;

  /** @param deps.limitMs the oldest picture that may be called live, with the room the page's own tick needs */
  constructor(deps: { readonly limitMs: number; readonly lastSent: LastSent }) {
    this.#limitMs = deps.limitMs;
    this.#lastSent = deps.lastSent;
  }

  /** Live claims that could be judged by their pixels: a run that judges none proves nothing. */
  get judged(): number {
    return this.#judged;
  }

  /** The greatest age by pixels of a picture that was called live. */
  get oldestLiveMs(): number {
    return this.#oldestLiveMs;
  }

  /** Takes one look at one tile; answers the picture's age by its pixels, null when it cannot be told. */
  see(sight: TileSight): number | null {
    const { camera, state, msOfMinute, takenAt } = sight;
    const isLive = state === "live";
    this.#askCamera(sight);
    if (msOfMinute === null) return null;
    const before = this.#seen.get(camera);
    const seen = before?.msOfMinute === msOfMinute ? before : { msOfMinute, since: takenAt };
    this.#seen.set(camera, seen);
    const ageMs = Math.max(takenAt - seen.since, ageOf(msOfMinute, takenAt));
    if (!isLive) return ageMs;
    this.#judged += 1;
    this.#oldestLiveMs = Math.max(this.#oldestLiveMs, ageMs);
    this.#judge(sight, "pixels", ageMs);
    return ageMs;
  }

  /** A camera that is away tells nothing new: what it had sent last still counts. */
  #askCamera(sight: TileSight): void {
    const { camera, state, takenAt } = sight;
    const sentAt = this.#lastSent(camera) ?? this.#sent.get(camera);
    if (sentAt === undefined) return;
    this.#sent.set(camera, sentAt);
    if (state === "live") this.#judge(sight, "camera", takenAt - sentAt);
  }

  #judge({ camera, takenAt, stoodStillMs }: TileSight, by: FalseLive["by"], ageMs: number): void {
    if (ageMs <= this.#limitMs) return;
    const sentAt = this.#sent.get(camera);
    const sentAgoMs = sentAt === undefined ? undefined : takenAt - sentAt;
    this.falseLives.push({ camera, by, ageMs, sentAgoMs, stoodStillMs, takenAt });
  }
}

/** Age of a picture by its stamp; right below half a minute. Negative ages (the clocks' own play) count as 0. */
function ageOf(msOfMinute: number, takenAt: number): number {
  const distance = (((takenAt - msOfMinute) % minuteMs) + minuteMs) % minuteMs;
  return distance > minuteMs / 2 ? 0 : distance;
}
