import { describe, expect, it } from "vitest";
import { ArrivalJitter } from "../../../renderer/player/arrival-jitter.ts";

/** Feeds one frame a tenth of a second, each later than due by what `lateMs` says. */
function fed(frames: number, lateMs: (frame: number) => number): ArrivalJitter {
  const jitter = new ArrivalJitter();
  for (let frame = 0; frame < frames; frame++) jitter.add(frame / 10, frame * 100 + lateMs(frame));
  return jitter;
}

describe("how unevenly frames arrive", () => {
  it("is nothing for a steady stream, however long the way", () => {
    expect(fed(200, () => 700).latenessMs).toBeLessThan(1);
  });

  it("is the lateness of the latest frames, less single hiccups", () => {
    expect(fed(200, (frame) => (frame % 2) * 40).latenessMs).toBeCloseTo(40, 0);
    expect(fed(200, (frame) => (frame === 190 ? 900 : 0)).latenessMs).toBeLessThan(1);
  });

  it("forgets", () => {
    expect(fed(400, (frame) => (frame < 200 ? (frame % 2) * 40 : 0)).latenessMs).toBeLessThan(1);
  });

  it("is not misled by the burst that a stream begins with, nor by B-frames", () => {
    const jitter = new ArrivalJitter();
    for (let frame = 0; frame < 20; frame++) jitter.add(frame / 10, 2_000);
    for (let frame = 20; frame < 100; frame++) jitter.add(frame / 10, frame * 100 + 100);
    expect(jitter.latenessMs).toBeLessThan(110);
    const reordered = fed(100, () => 0);
    reordered.add(3, 10_000);
    expect(reordered.latenessMs).toBeLessThan(1);
  });

  it("bears clocks that drift apart", () => {
    expect(fed(2_000, (frame) => frame * 0.02).latenessMs).toBeLessThan(5);
  });
});
