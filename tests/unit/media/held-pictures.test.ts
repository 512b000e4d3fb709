import fc from "fast-check";
import { expect, test } from "vitest";
import { HeldPictures } from "../../../electron/media/recording/held-pictures.ts";
import { exampleEpoch, picture } from "../../fixtures/example-recording.ts";

const start = 1_790_000_000_000;
const held = (index: number, options = {}) => ({
  epoch: exampleEpoch,
  fragment: picture(index, { gop: 10, ...options }),
  isSounding: false,
});
/** Ten pictures a second, a keyframe each second, as they come. */
function fill(pictures: HeldPictures, count: number, options = {}): void {
  for (let index = 0; index < count; index += 1) pictures.add(held(index, options), index * 100);
}
const times = (pictures: HeldPictures, from: number | null): number[] =>
  pictures.take(from).map(({ fragment }) => Math.round(fragment.capturedAt - start));

test("a recording begins with the group of pictures that shows the instant asked for", () => {
  const pictures = new HeldPictures();
  pictures.setLimits(10_000, 1e9);
  fill(pictures, 100);
  const taken = times(pictures, start + 4_450);
  expect(taken[0]).toBe(4_000);
  expect(taken.at(-1)).toBe(9_900);
  expect(taken).toHaveLength(60);
  expect(pictures.bytes).toBe(0);
});

test("without an instant it begins with the current group, and before memory begins with all there is", () => {
  const pictures = new HeldPictures();
  pictures.setLimits(3_000, 1e9);
  fill(pictures, 95);
  expect(times(pictures, null)[0]).toBe(9_000);
  fill(pictures, 95);
  expect(times(pictures, 0)[0]).toBe(6_000);
});

test("less memory holds fewer whole groups, and a group larger than all of it is not held in part", () => {
  const pictures = new HeldPictures();
  const bytes = Array.from({ length: 10 }, (_, index) => held(index + 90).fragment.bytes.length);
  const oneGroup = bytes.reduce((sum, one) => sum + one, 0);
  pictures.setLimits(60_000, oneGroup * 3);
  fill(pictures, 100);
  const taken = times(pictures, 0);
  expect(taken[0]).toBe(7_000);
  pictures.setLimits(60_000, 500);
  fill(pictures, 100, { bytes: 300 });
  expect(times(pictures, 0).length).toBeLessThanOrEqual(1);
});

test("what came before a connection broke is let go when its time is over", () => {
  const pictures = new HeldPictures();
  pictures.setLimits(5_000, 1e9);
  fill(pictures, 30);
  pictures.trim(7_800);
  expect(pictures.bytes).toBeGreaterThan(0);
  pictures.trim(7_901);
  expect(pictures.bytes).toBe(0);
});

test("whatever is held begins with a keyframe, stays within its bounds and is in order", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ isKey: fc.boolean(), afterMs: fc.nat(2_000), bytes: fc.nat(400) }), {
        maxLength: 80,
      }),
      fc.nat(10_000),
      fc.nat(20_000),
      fc.option(fc.nat(60_000)),
      (come, holdMs, maxBytes, from) => {
        const pictures = new HeldPictures();
        pictures.setLimits(holdMs, maxBytes);
        let nowMs = 0;
        for (const [index, { isKey, afterMs, bytes }] of come.entries()) {
          nowMs += afterMs;
          const fragment = { ...picture(index, { bytes }), isKeyframe: isKey, capturedAt: start + nowMs };
          pictures.add({ epoch: exampleEpoch, fragment, isSounding: false }, nowMs);
          expect(pictures.bytes).toBeLessThanOrEqual(maxBytes);
        }
        const taken = pictures.take(from === null ? null : start + from);
        if (taken.length > 0) expect(taken[0]?.fragment.isKeyframe).toBe(true);
        const at = taken.map(({ fragment }) => fragment.capturedAt);
        expect(at).toEqual(at.toSorted((a, b) => a - b));
      },
    ),
  );
});
