const hourMs = 3_600_000;

/** A day, hour, minute and second as a wall clock of the site shows them. */
export interface WallTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/**
 * Reckons between instants and the wall clock of one time zone, with the zone's own rules for summer time.
 *
 * Keeps one formatter and the offsets of quarter hours it has met: a ruler asks for the same ones again and again.
 */
export class SiteZone {
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;
  readonly #offsets = new Map<number, number>();

  constructor(name: string) {
    this.name = name;
    this.#format = new Intl.DateTimeFormat("en-GB", {
      timeZone: name,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  }

  /** How far the zone's wall clock is ahead of UTC at `at`, ms. Zones change their offset on quarter hours only. */
  offsetMs(at: number): number {
    const quarter = Math.floor(at / 900_000) * 900_000;
    const known = this.#offsets.get(quarter);
    if (known !== undefined) return known;
    if (this.#offsets.size > 4_000) this.#offsets.clear();
    const { year, month, day, hour, minute, second } = this.#parts(quarter);
    const offset = Date.UTC(year, month - 1, day, hour, minute, second) - quarter;
    this.#offsets.set(quarter, offset);
    return offset;
  }

  /** What the wall clock shows at `at`. */
  wallTime(at: number): WallTime {
    const local = new Date(at + this.offsetMs(at));
    return {
      year: local.getUTCFullYear(),
      month: local.getUTCMonth() + 1,
      day: local.getUTCDate(),
      hour: local.getUTCHours(),
      minute: local.getUTCMinutes(),
      second: local.getUTCSeconds(),
    };
  }

  /**
   * The instant at which the wall clock shows this. Of an hour that comes twice the first one; of an hour that
   * is skipped the instant as far after the skip.
   */
  instantOf(wall: Partial<WallTime> & Pick<WallTime, "year" | "month">): number {
    const { year, month, day = 1, hour = 0, minute = 0, second = 0 } = wall;
    const local = Date.UTC(year, month - 1, day, hour, minute, second);
    const before = this.offsetMs(local - 24 * hourMs);
    const after = this.offsetMs(local + 24 * hourMs);
    const fits = [local - before, local - after].filter((at) => at + this.offsetMs(at) === local);
    return fits.length === 0 ? local - before : Math.min(...fits);
  }

  /** Whether the wall clock shows the same time once more, an hour before or after: the night summer time ends. */
  isRepeated(at: number): boolean {
    const own = this.offsetMs(at);
    return [at - 3 * hourMs, at + 3 * hourMs].some((near) => {
      const other = this.offsetMs(near);
      const twin = at + own - other;
      return other !== own && this.offsetMs(twin) === other;
    });
  }

  #parts(at: number): WallTime {
    const found = new Map<string, number>();
    for (const { type, value } of this.#format.formatToParts(at)) found.set(type, Number(value));
    const part = (type: string): number => found.get(type) ?? 0;
    return {
      year: part("year"),
      month: part("month"),
      day: part("day"),
      hour: part("hour"),
      minute: part("minute"),
      second: part("second"),
    };
  }
}
