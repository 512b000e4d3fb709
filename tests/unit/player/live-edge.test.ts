import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EdgeTarget, steerToEdge, trimSpan } from "../../../renderer/player/live-edge.ts";

const range = (startS: number, endS: number) => ({ startS, endS });

describe("staying at the live edge", () => {
  it.each([
    ["nothing buffered: waits", [], 0, undefined, 1],
    ["at the target: plays on", [range(0, 10)], 9.85, undefined, 1],
    ["a little behind: 1.05×", [range(0, 10)], 9.7, undefined, 1.05],
    ["further behind: 1.2×", [range(0, 10)], 9.0, undefined, 1.2],
    ["more than 1.5 s behind: jumps", [range(0, 10)], 8.4, 9.85, 1],
    ["before the first picture: jumps in", [range(100, 102)], 0, 101.85, 1],
    ["in front of a gap: jumps over it", [range(0, 5), range(7, 7.1)], 5, 7, 1],
    ["beyond the end: jumps back", [range(0, 10)], 11, 9.85, 1],
  ] as const)("%s", (_name, ranges, currentS, seekToS, rate) => {
    const step = steerToEdge(ranges, currentS, 0.15);
    expect(step.rate).toBe(rate);
    if (seekToS === undefined) expect(step.seekToS).toBeUndefined();
    else expect(step.seekToS).toBeCloseTo(seekToS);
  });

  it("never seeks outside what is buffered and never plays slower than real time", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 0.1, max: 0.6, noNaN: true }),
        (startS, lengthS, currentS, targetS) => {
          const step = steerToEdge([range(startS, startS + lengthS)], currentS, targetS);
          expect(step.rate).toBeGreaterThanOrEqual(1);
          if (step.seekToS === undefined) return;
          expect(step.seekToS).toBeGreaterThanOrEqual(startS);
          expect(step.seekToS).toBeLessThanOrEqual(startS + lengthS);
        },
      ),
    );
  });

  it("keeps more distance after stalls and comes back when calm", () => {
    const target = new EdgeTarget();
    const atFirst = target.targetS;
    target.tick(0);
    target.stalled(1_000);
    expect(target.targetS).toBe(atFirst);
    for (let stall = 0; stall < 50; stall++) target.stalled(5_000);
    expect(target.targetS).toBeCloseTo(0.6);
    target.tick(6_000);
    expect(target.targetS).toBeCloseTo(0.6);
    for (let second = 6; second < 300; second++) target.tick(second * 1_000);
    expect(target.targetS).toBeLessThanOrEqual(atFirst);
  });

  it("drops old pictures in large steps only", () => {
    expect(trimSpan([range(0, 12)], 11)).toBeUndefined();
    expect(trimSpan([range(0, 20)], 19)).toEqual({ startS: 0, endS: 11 });
    expect(trimSpan([], 5)).toBeUndefined();
  });
});
