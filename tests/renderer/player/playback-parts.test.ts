import fc from "fast-check";
import { expect, test } from "vitest";
import { PlaybackClock } from "../../../renderer/player/playback-clock.ts";
import { instantOf, placeOf, type PlaybackChunk } from "../../../renderer/player/playback-map.ts";
import { driftStep, paceOf } from "../../../renderer/player/playback-pace.ts";
import { FakeClock } from "../../fixtures/fake-clock.ts";

/** Chunks of 6 s from 1,000,000; the third begins after a gap of 20 s. */
const chunks: readonly PlaybackChunk[] = [
  { start: 0, duration: 6, programDateTime: 1_000_000 },
  { start: 6, duration: 6, programDateTime: 1_006_000 },
  { start: 12, duration: 6, programDateTime: 1_032_000 },
];

test("an instant lies in the player's timeline, which knows no gaps", () => {
  expect(placeOf(chunks, 1_000_000)).toEqual({ kind: "recorded", positionS: 0 });
  expect(placeOf(chunks, 1_009_500)).toEqual({ kind: "recorded", positionS: 9.5 });
  expect(placeOf(chunks, 1_033_000)).toEqual({ kind: "recorded", positionS: 13 });
});

test("a gap is known from its beginning to its end, before the first and after the last chunk to one side", () => {
  expect(placeOf(chunks, 1_020_000)).toEqual({ kind: "gap", from: 1_012_000, to: 1_032_000 });
  expect(placeOf(chunks, 999_999)).toEqual({ kind: "gap", from: null, to: 1_000_000 });
  expect(placeOf(chunks, 1_038_000)).toEqual({ kind: "gap", from: 1_038_000, to: null });
  expect(placeOf([], 5)).toEqual({ kind: "gap", from: null, to: null });
});

test("a seam that rounding made is no gap", () => {
  const seam = [chunks[0], { start: 6, duration: 6, programDateTime: 1_006_100 }].filter(
    (c) => c !== undefined,
  );
  expect(placeOf(seam, 1_006_050).kind).toBe("recorded");
});

test("an instant that is recorded is found again by its position", () => {
  fc.assert(
    fc.property(fc.integer({ min: 990_000, max: 1_050_000 }), (at) => {
      const place = placeOf(chunks, at);
      if (place.kind === "gap") return;
      expect(Math.abs((instantOf(chunks, place.positionS) ?? 0) - at)).toBeLessThan(1.5);
    }),
  );
});

test("a tile in step keeps the speed, one a little off runs to it, one far off jumps", () => {
  expect(driftStep(0.002, 1)).toEqual({ kind: "rate", rate: 1 });
  expect(driftStep(0.5, 1)).toEqual({ kind: "seek" });
  const ahead = driftStep(0.05, 1);
  expect(ahead.kind === "rate" && ahead.rate < 1).toBe(true);
  const behind = driftStep(-0.05, 2);
  expect(behind.kind === "rate" && behind.rate > 2).toBe(true);
});

test("drift dies out: whatever a tile is off, following the steps brings it below a picture within 4 s", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -0.34, max: 0.34, noNaN: true }),
      fc.constantFrom(0.125, 0.25, 0.5, 1, 2, 4),
      (offS, speed) => {
        let errorS = offS;
        for (let elapsed = 0; elapsed < 4 / Math.min(1, speed); elapsed += 0.04) {
          const step = driftStep(errorS, speed);
          errorS = step.kind === "seek" ? 0 : errorS + (step.rate - speed) * 0.04;
        }
        expect(Math.abs(errorS)).toBeLessThan(0.03 * Math.max(1, speed));
      },
    ),
  );
});

test("eight times and faster shows single pictures", () => {
  expect(paceOf(4)).toEqual({ kind: "run", speed: 4 });
  expect(paceOf(8)).toEqual({ kind: "leap" });
});

test("the common time runs at its speed, stands while it is held, and goes on from there", async () => {
  const clock = new FakeClock();
  const time = new PlaybackClock(clock, 50_000);
  expect(time.at).toBe(50_000);
  time.setPlaying(true);
  await clock.advance(1_000);
  expect(time.at).toBe(51_000);
  time.setSpeed(4);
  await clock.advance(500);
  expect(time.at).toBe(53_000);
  time.setHeld(true);
  await clock.advance(5_000);
  expect(time.at).toBe(53_000);
  time.setHeld(false);
  await clock.advance(250);
  expect(time.at).toBe(54_000);
  time.setPlaying(false);
  await clock.advance(250);
  expect(time.at).toBe(54_000);
});
