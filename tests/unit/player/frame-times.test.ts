import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FrameTimes } from "../../../renderer/player/frame-times.ts";

const arrival = { wallMs: 1_700_000_000_000, monotonicMs: 5_000 };

describe("capture times of presented frames", () => {
  it("finds the frame that is on the screen by its media time", () => {
    const times = new FrameTimes();
    times.add(1.0, arrival.wallMs - 120, arrival);
    times.add(1.1, arrival.wallMs - 20, arrival);
    expect(times.presented(1.0001, 5_200)).toEqual({
      capturedAt: arrival.wallMs - 120,
      capturedMs: 4_880,
      presentedMs: 5_200,
    });
  });

  it("knows nothing of a frame it never saw", () => {
    const times = new FrameTimes();
    times.add(1.0, arrival.wallMs, arrival);
    expect(times.presented(1.05, 5_200)).toBeUndefined();
  });

  it("takes a capture time from the future as the arrival", () => {
    const times = new FrameTimes();
    times.add(1.0, arrival.wallMs + 3_600_000, arrival);
    expect(times.presented(1, 5_300)?.capturedMs).toBe(arrival.monotonicMs);
  });

  it("finds frames that arrived in decoding order, and forgets the oldest", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(
          Array.from({ length: 40 }, (_, index) => index),
          { minLength: 5 },
        ),
        (order) => {
          const times = new FrameTimes();
          for (const index of order) times.add(index / 10, arrival.wallMs - index, arrival);
          for (const index of order) {
            expect(times.presented(index / 10, 9_000)?.capturedAt).toBe(arrival.wallMs - index);
          }
        },
      ),
    );
    const times = new FrameTimes();
    for (let index = 0; index < 2_000; index++) times.add(index / 10, arrival.wallMs, arrival);
    expect(times.presented(0, 9_000)).toBeUndefined();
    expect(times.presented(199.9, 9_000)).toBeDefined();
  });
});
