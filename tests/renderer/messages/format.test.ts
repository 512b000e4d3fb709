import { expect, test } from "vitest";
import {
  clockOffset,
  clockTime,
  dateTime,
  duration,
  moment,
  momentInFull,
  offsetName,
  resolution,
  zoneOf,
} from "../../../renderer/messages/format.ts";
import { messagesFor } from "../../../renderer/messages/messages.ts";

const { say } = messagesFor("en");
const at = Date.UTC(2026, 10, 22, 1, 14, 7);

test.each([
  [400, "0.4 s"],
  [12_000, "12 s"],
  [266_000, "4 min 26 s"],
  [1_800_000, "30 min"],
  [7_200_000, "2 h"],
  [86_400_000, "1 day"],
  [4_320_000, "1 h 12 min"],
  [180_000_000, "2 days 2 h"],
  [-5, "0.0 s"],
])("%i ms reads %s", (ms, words) => {
  expect(duration(say, ms)).toBe(words);
});

test("times are site time with seconds, relative under an hour", () => {
  expect(clockTime(at, "Europe/Berlin")).toBe("02:14:07");
  expect(dateTime(at, "Europe/Berlin")).toBe("2026-11-22 02:14:07");
  expect(moment(say, at, at + 41_000, "UTC")).toBe("41 s ago");
  expect(moment(say, at, at + 3_600_000, "UTC")).toBe("2026-11-22 01:14:07");
  expect(moment(say, at, at - 60_000, "UTC")).toBe("2026-11-22 01:14:07");
});

test("a time in full is said by the site's clock, in UTC, and by the device's own clock", () => {
  expect(momentInFull(say, at, { zone: "Europe/Berlin", clockOffsetMs: 41_000 })).toBe(
    "2026-11-22 02:14:07 Europe/Berlin\n2026-11-22 01:14:07 UTC\n2026-11-22 02:14:48 by the device’s own clock (+41.0 s)",
  );
  expect(momentInFull(say, at, { zone: "UTC", clockOffsetMs: null }).split("\n")).toHaveLength(2);
});

test("the offset is that of the moment, not of today", () => {
  expect(offsetName(at, "Europe/Berlin")).toBe("UTC+01:00");
  expect(offsetName(Date.UTC(2026, 6, 1), "Europe/Berlin")).toBe("UTC+02:00");
});

test("an unknown zone falls back to the computer's own", () => {
  expect(zoneOf("Moon/Tranquility")).toBe(zoneOf(""));
});

test("clock offsets carry their sign and unit", () => {
  expect(clockOffset(say, -700)).toBe("−0.7 s");
  expect(clockOffset(say, 41_000)).toBe("+41.0 s");
  expect([-49, 0, 49].map((ms) => clockOffset(say, ms))).toEqual(["+0.0 s", "+0.0 s", "+0.0 s"]);
  expect(clockOffset(say, -50)).toBe("−0.1 s");
  expect(clockOffset(say, -1_700_000_000_000)).toMatch(/^−19,675 days/);
  expect(clockOffset(say, null)).toBe("–");
});

test("usual sizes have their names", () => {
  expect([resolution(1920, 1080), resolution(3840, 2160), resolution(704, 576)]).toEqual([
    "1080p",
    "4K",
    "704×576",
  ]);
});
