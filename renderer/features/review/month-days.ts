import type { SiteZone } from "./site-zone.ts";

/** A month of the site's calendar. */
export interface SiteMonth {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
}

/** The month so many months later; earlier for a negative number. */
export function monthAfter({ year, month }: SiteMonth, by: number): SiteMonth {
  const index = year * 12 + month - 1 + by;
  return { year: Math.floor(index / 12), month: (index % 12) + 1 };
}

/** How many days a month has. */
export function daysIn({ year, month }: SiteMonth): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The midnights of a month by the site's clock, and the first of the next month: day `i + 1` begins at `[i]`. */
export function monthBounds(month: SiteMonth, zone: SiteZone): readonly number[] {
  const days = Array.from({ length: daysIn(month) }, (_, index) =>
    zone.instantOf({ ...month, day: index + 1 }),
  );
  return [...days, zone.instantOf(monthAfter(month, 1))];
}

/** The days of a month in weeks from Monday; null: a day of another month. */
export function weeksOf(month: SiteMonth): readonly (readonly (number | null)[])[] {
  const before = (new Date(Date.UTC(month.year, month.month - 1, 1)).getUTCDay() + 6) % 7;
  const count = daysIn(month);
  const weeks = Math.ceil((before + count) / 7);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (__, weekday) => {
      const day = week * 7 + weekday - before + 1;
      return day >= 1 && day <= count ? day : null;
    }),
  );
}
