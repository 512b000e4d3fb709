import { expect, it } from "vitest";
import { ReportService } from "../../../../electron/main/demo/report-service.ts";
import type { Moment } from "../../../../electron/main/demo/run-report.ts";
import type { Clock } from "../../../../shared/base/clock.ts";
import { KeptLog } from "../../../fixtures/silent-log.ts";

/** Sleeping takes no time and moves the clock. */
function leapingClock(): Clock {
  let atMs = 0;
  return {
    now: () => atMs,
    monotonicMs: () => atMs,
    sleep: async (durationMs, signal) => {
      signal?.throwIfAborted();
      atMs += durationMs;
    },
  };
}

const momentWith = (live: number): Moment => ({
  discovered: 2,
  adopted: 2,
  errors: 0,
  live,
  stale: 0,
  latenciesMs: Array.from({ length: live }, () => 80),
  dropped: 0,
});

function stage(liveBySecond: readonly number[]) {
  const lines: string[] = [];
  const shots: string[] = [];
  let second = 0;
  const service = new ReportService({
    clock: leapingClock(),
    log: new KeptLog(),
    look: async () => momentWith(liveBySecond[second++] ?? 0),
    print: (line) => lines.push(line),
    shoot: async (name) => void shots.push(name),
  });
  return { lines, shots, service };
}

it("prints a line a second and a last one, and ends well when every camera is live", async () => {
  const { lines, shots, service } = stage([0, 1, 2]);
  expect(await service.run(3, 2, new AbortController().signal)).toBe(0);
  expect(lines.map((line) => JSON.parse(line).live)).toEqual([0, 1, 2, 2]);
  expect(shots).toEqual(["all-live", "last"]);
});

it("does not end well when a camera went dark at the end", async () => {
  const { service } = stage([2, 2, 1]);
  expect(await service.run(3, 2, new AbortController().signal)).toBe(1);
});

it("reports without a picture that could not be taken", async () => {
  const log = new KeptLog();
  const service = new ReportService({
    clock: leapingClock(),
    log,
    look: async () => momentWith(2),
    print: () => {},
    shoot: async () => {
      throw new Error("no display");
    },
  });
  expect(await service.run(1, 2, new AbortController().signal)).toBe(0);
  expect(log.lines.filter(({ level }) => level === "error")).toHaveLength(2);
});
