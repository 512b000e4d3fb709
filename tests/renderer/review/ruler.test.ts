import fc from "fast-check";
import { expect, test } from "vitest";
import { rulerTicks } from "../../../renderer/features/review/ruler-ticks.ts";
import { SiteZone } from "../../../renderer/features/review/site-zone.ts";
import {
  following,
  leastSpanMs,
  mostSpanMs,
  panned,
  spanOf,
  timeAt,
  viewAround,
  xOf,
  zoomed,
} from "../../../renderer/features/review/time-view.ts";

const berlin = new SiteZone("Europe/Berlin");
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const at = (text: string): number => Date.parse(text);

test("a quarter of an hour is marked each full minute of the site's clock, not of UTC", () => {
  const view = { startAt: at("2026-11-21T21:50:00Z"), endAt: at("2026-11-21T22:05:00Z") };
  const labels = rulerTicks(view, 1_500, new SiteZone("Asia/Kolkata")).map(({ label }) => label);
  expect(labels[0]).toBe("03:20");
  expect(labels).toHaveLength(16);
});

test("a minute is marked in seconds", () => {
  const view = { startAt: at("2026-11-21T21:50:07Z"), endAt: at("2026-11-21T21:51:07Z") };
  expect(rulerTicks(view, 1_200, berlin).map(({ label }) => label)).toContain("22:50:10");
});

test("the day summer time begins has no mark for the hour that is skipped", () => {
  const view = { startAt: at("2026-03-28T23:00:00Z"), endAt: at("2026-03-29T22:00:00Z") };
  const ticks = rulerTicks(view, 4_000, berlin);
  const labels = ticks.map(({ label }) => label);
  expect(labels.slice(0, 5)).toEqual(["Sun 29 Mar", "01:00", "03:00", "04:00", "05:00"]);
  expect(labels.at(-1)).toBe("Mon 30 Mar");
  expect(ticks).toHaveLength(24);
});

test("of the hour that comes twice both are marked and told apart", () => {
  const view = { startAt: at("2026-10-24T22:00:00Z"), endAt: at("2026-10-25T05:00:00Z") };
  expect(rulerTicks(view, 900, berlin).map(({ label }) => label)).toEqual([
    "Sun 25 Oct",
    "01:00",
    "02:00 UTC+02:00",
    "02:00 UTC+01:00",
    "03:00",
    "04:00",
    "05:00",
    "06:00",
  ]);
});

test("steps of several hours stay on the wall clock's even hours over a change of offset", () => {
  const view = { startAt: at("2026-10-24T22:00:00Z"), endAt: at("2026-10-26T22:00:00Z") };
  const hours = rulerTicks(view, 900, berlin).map((tick) => berlin.wallTime(tick.at).hour);
  expect(new Set(hours)).toEqual(new Set([0, 6, 12, 18]));
});

test("months and years begin at the site's midnight, and a year stands out", () => {
  const view = { startAt: at("2026-06-01T00:00:00Z"), endAt: at("2027-05-30T00:00:00Z") };
  const ticks = rulerTicks(view, 1_500, berlin);
  const year = ticks.find(({ weight }) => weight === "strong");
  expect(year).toEqual({ at: at("2026-12-31T23:00:00Z"), label: "2027", weight: "strong" });
});

test("any view in any zone has ordered marks inside it, not too many and not closer than asked", () => {
  const zones = ["UTC", "Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu"].map(
    (name) => new SiteZone(name),
  );
  fc.assert(
    fc.property(
      fc.integer({ min: at("2015-01-01"), max: at("2030-01-01") }),
      fc.integer({ min: leastSpanMs, max: mostSpanMs }),
      fc.constantFrom(...zones),
      fc.integer({ min: 200, max: 4_000 }),
      (startAt, spanMs, zone, width) => {
        const view = viewAround(startAt, spanMs, 0);
        const ticks = rulerTicks(view, width, zone);
        expect(ticks.length).toBeLessThanOrEqual(width / 40 + 3);
        for (const [index, tick] of ticks.entries()) {
          expect(tick.at).toBeGreaterThanOrEqual(view.startAt);
          expect(tick.at).toBeLessThanOrEqual(view.endAt);
          if (index > 0) expect(tick.at).toBeGreaterThan(ticks[index - 1]?.at ?? 0);
        }
      },
    ),
    { numRuns: 150 },
  );
});

test("an instant and its wall time lead to each other, but for the hour that comes twice", () => {
  fc.assert(
    fc.property(fc.integer({ min: at("2015-01-01"), max: at("2030-01-01") }), (instant) => {
      const second = Math.floor(instant / 1_000) * 1_000;
      const back = berlin.instantOf(berlin.wallTime(second));
      expect([second, second - hour]).toContain(back);
      if (!berlin.isRepeated(second)) expect(back).toBe(second);
    }),
  );
  expect(berlin.instantOf({ year: 2026, month: 3, day: 29, hour: 2, minute: 30 })).toBe(
    at("2026-03-29T01:30:00Z"),
  );
});

test("zooming keeps the instant under the pointer where it is", () => {
  const view = viewAround(at("2026-11-21T22:00:00Z"), hour);
  const under = timeAt(view, 250, 1_000);
  const closer = zoomed(view, 0.5, under);
  expect(spanOf(closer)).toBe(hour / 2);
  expect(Math.abs(xOf(closer, under, 1_000) - 250)).toBeLessThan(0.01);
});

test("zooming ends at a minute and at a year, panning within what has dates", () => {
  const view = viewAround(at("2026-11-21T22:00:00Z"), hour);
  expect(spanOf(zoomed(view, 1e-9, view.startAt))).toBe(leastSpanMs);
  expect(spanOf(zoomed(view, 1e9, view.startAt))).toBe(mostSpanMs);
  expect(panned(view, 1e16).endAt).toBe(Date.UTC(2100, 0, 1));
  expect(panned(view, -1e16).startAt).toBe(Date.UTC(2000, 0, 1));
});

test("a view follows the playhead out of its edge and stays while it is inside", () => {
  const view = viewAround(at("2026-11-21T22:00:00Z"), hour);
  expect(following(view, view.startAt + 1_000)).toBe(view);
  const moved = following(view, view.endAt + 1_000);
  expect(moved.startAt).toBeGreaterThan(view.startAt);
  expect(moved.endAt).toBeGreaterThan(view.endAt + 1_000);
  const far = following(view, view.startAt - 5 * day);
  expect(far.startAt).toBeLessThan(view.startAt - 5 * day);
});
