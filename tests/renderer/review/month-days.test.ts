import { expect, test } from "vitest";
import { daysIn, monthAfter, monthBounds, weeksOf } from "../../../renderer/features/review/month-days.ts";
import { SiteZone } from "../../../renderer/features/review/site-zone.ts";

const berlin = new SiteZone("Europe/Berlin");
const hour = 3_600_000;

test("days of a month end at the site's midnight, also where a day has 23 or 25 hours", () => {
  const lengths = (month: number): number[] => {
    const bounds = monthBounds({ year: 2026, month }, berlin);
    return bounds.slice(1).map((to, index) => (to - (bounds[index] ?? 0)) / hour);
  };
  expect(lengths(3)).toHaveLength(31);
  expect(lengths(3)[28]).toBe(23);
  expect(lengths(10)[24]).toBe(25);
  expect(new Set(lengths(11))).toEqual(new Set([24]));
});

test("weeks begin on Monday and hold every day once", () => {
  for (let step = 0; step < 60; step += 1) {
    const month = monthAfter({ year: 2024, month: 1 }, step);
    const weeks = weeksOf(month);
    const days = weeks.flat().filter((day) => day !== null);
    expect(days).toEqual(Array.from({ length: daysIn(month) }, (_, index) => index + 1));
    const monday = weeks[1]?.[0] ?? 0;
    expect(new Date(Date.UTC(month.year, month.month - 1, monday)).getUTCDay()).toBe(1);
  }
});

test("a month before January is December of the year before", () => {
  expect(monthAfter({ year: 2026, month: 1 }, -1)).toEqual({ year: 2025, month: 12 });
  expect(monthAfter({ year: 2026, month: 12 }, 1)).toEqual({ year: 2027, month: 1 });
});
