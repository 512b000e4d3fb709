import { expect, test } from "vitest";
import { offsetAt } from "../../../renderer/features/devices/clock-ledger.ts";

const reading = (at: number, offsetMs: number) => ({ at, offsetMs, roundTripMs: 3 });

test("a clock's offset is that of the last reading before, in whatever order the readings come", () => {
  const readings = [reading(300, 3), reading(100, 1), reading(200, 2)];
  expect([100, 199, 250, 999].map((at) => offsetAt(readings, at))).toEqual([1, 1, 2, 3]);
});

test("before the first reading the first one counts; without any nothing is known", () => {
  expect(offsetAt([reading(300, 3), reading(100, 1)], 50)).toBe(1);
  expect(offsetAt([], 50)).toBeNull();
});
