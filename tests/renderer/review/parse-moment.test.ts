import fc from "fast-check";
import { expect, test } from "vitest";
import { MomentError, parseMoment } from "../../../renderer/features/review/parse-moment.ts";
import { SiteZone } from "../../../renderer/features/review/site-zone.ts";

const zone = new SiteZone("Europe/Berlin");
const now = Date.parse("2026-11-22T01:14:07Z");
const at = Date.parse("2026-11-21T21:00:00Z");
const parse = (text: string): string => new Date(parseMoment(text, { zone, at, now })).toISOString();

test("a time of day is the last time it was that time by the site's clock", () => {
  expect(parse("02:00")).toBe("2026-11-22T01:00:00.000Z");
  expect(parse("22:06:41.3")).toBe("2026-11-21T21:06:41.300Z");
});

test("a date with or without a time is read in both usual orders", () => {
  expect(parse("2026-11-21")).toBe("2026-11-20T23:00:00.000Z");
  expect(parse("2026-11-21 22:06:41")).toBe("2026-11-21T21:06:41.000Z");
  expect(parse("21.11.2026 22:06")).toBe("2026-11-21T21:06:00.000Z");
});

test("a step counts from the time that is shown", () => {
  expect(parse("-5 min")).toBe("2026-11-21T20:55:00.000Z");
  expect(parse("+30s")).toBe("2026-11-21T21:00:30.000Z");
  expect(parse("now")).toBe("2026-11-22T01:14:07.000Z");
});

test("what is no time, no day or no hour is refused", () => {
  for (const text of ["", " ", "25:00", "12:60", "2026-02-30", "1999-01-01", "yesterday", "-5 years", "12"]) {
    expect(() => parse(text), text).toThrow(MomentError);
  }
});

test("any text is a time or refused", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), (text) => {
      try {
        expect(Number.isFinite(parseMoment(text, { zone, at, now }))).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(MomentError);
      }
    }),
  );
});
