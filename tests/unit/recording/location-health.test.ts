import fc from "fast-check";
import { expect, test } from "vitest";
import type { DiskLook } from "../../../electron/main/recording/disk-look.ts";
import {
  afterLook,
  afterTrouble,
  newHealth,
  type LocationHealth,
} from "../../../electron/main/recording/location-health.ts";
import { FakeClock } from "../../fixtures/fake-clock.ts";

const well: DiskLook = { kind: "well", freeBytes: 1 };
const gone: DiskLook = { kind: "trouble", trouble: "gone", detail: "the disk is gone" };
const minuteMs = 60_000;

/** Looks as often as the service does; answers how long it took until the location counts as well again. */
async function untilWell(clock: FakeClock, ill: LocationHealth): Promise<readonly [LocationHealth, number]> {
  const from = clock.now();
  let health = ill;
  while (health.kind === "ill") {
    await clock.advance(10_000);
    health = afterLook(health, well, clock.now());
    expect(clock.now() - from).toBeLessThanOrEqual(2 * 60 * minuteMs);
  }
  return [health, clock.now() - from];
}

test("a disk that fails again and again has to be well for longer each time, half an hour at most", async () => {
  const clock = new FakeClock();
  let health = newHealth(clock.now());
  const waits: number[] = [];
  for (let fall = 0; fall < 7; fall += 1) {
    await clock.advance(minuteMs);
    health = afterTrouble(health, "failed", "input/output error", clock.now());
    const [next, tookMs] = await untilWell(clock, health);
    health = next;
    waits.push(Math.round(tookMs / minuteMs));
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30]);
  // Well for long enough, it is trusted as at first.
  await clock.advance(11 * minuteMs);
  const [, tookMs] = await untilWell(clock, afterTrouble(health, "failed", "again", clock.now()));
  expect(Math.round(tookMs / minuteMs)).toBe(1);
});

test("one bad look among good ones starts the wait anew", async () => {
  const clock = new FakeClock();
  let health = afterLook(newHealth(clock.now()), gone, clock.now());
  expect(health).toMatchObject({ kind: "ill", trouble: "gone" });
  for (const look of [well, well, well, well, well, gone]) {
    await clock.advance(10_000);
    health = afterLook(health, look, clock.now());
    expect(health.kind).toBe("ill");
  }
  const [, tookMs] = await untilWell(clock, health);
  expect(tookMs).toBeGreaterThanOrEqual(minuteMs);
});

test("whatever the looks, recording leaves a failing location at once and never returns within a minute", async () => {
  const step = fc.record({
    kind: fc.constantFrom("well", "gone", "write failed"),
    afterMs: fc.integer({ min: 1_000, max: 5 * minuteMs }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const clock = new FakeClock();
      let health = newHealth(clock.now());
      let badAt: number | undefined;
      for (const { kind, afterMs } of steps) {
        await clock.advance(afterMs);
        const now = clock.now();
        if (kind === "write failed") health = afterTrouble(health, "failed", "torn", now);
        else health = afterLook(health, kind === "well" ? well : gone, now);
        if (kind !== "well") badAt = now;
        if (kind !== "well") expect(health.kind).toBe("ill");
        if (badAt !== undefined && now - badAt < minuteMs) expect(health.kind).toBe("ill");
        expect(health.waitMs).toBeLessThanOrEqual(30 * minuteMs);
      }
    }),
    { numRuns: 100 },
  );
});
