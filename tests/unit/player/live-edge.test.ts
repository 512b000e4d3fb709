import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EdgeMargin, LiveEdge, trimSpan, type EdgeStep } from "../../../renderer/player/live-edge.ts";

const range = (startS: number, endS: number) => ({ startS, endS });
const frameS = 0.1;

/** What a player does that has been so far behind the end after each of the last twenty frames. */
function steady(behindS: number, edge = new LiveEdge()): EdgeStep {
  let step: EdgeStep = { seekToS: undefined, rate: 1 };
  for (let frame = 0; frame < 20; frame++)
    step = edge.step(range(frame, 10 + frame), 10 + frame - behindS, frameS, true);
  return step;
}

describe("staying at the live edge", () => {
  it("waits while nothing is buffered", () => {
    expect(new LiveEdge().step(undefined, 0, frameS, false)).toEqual({ seekToS: undefined, rate: 1 });
  });

  it.each([
    ["a frame and its margin behind: plays on", 0.25, 1],
    ["a little behind: 1.05×", 0.35, 1.05],
    ["further behind: 1.15×", 0.8, 1.15],
    ["a late frame would stall it soon: 0.95×", 0.19, 0.95],
    ["the next late frame stalls it: 0.9×", 0.1, 0.9],
  ] as const)("%s", (_name, behindS, rate) => {
    expect(steady(behindS)).toEqual({ seekToS: undefined, rate });
  });

  it.each([
    ["more than 1.5 s too far behind", range(0, 10), 8.2, 9.75],
    ["before the first picture", range(100, 102), 0, 101.75],
    ["in front of a gap", range(7, 7.1), 5, 7],
    ["beyond the end", range(0, 10), 11, 9.75],
  ] as const)("jumps: %s", (_name, newest, currentS, seekToS) => {
    const step = new LiveEdge().step(newest, currentS, frameS, true);
    expect(step.seekToS).toBeCloseTo(seekToS);
    expect(step.rate).toBe(1);
  });

  it("leaves a slow stream one whole frame more", () => {
    const edge = new LiveEdge();
    const step = edge.step(range(0, 10), 0, 0.5, true);
    expect(step.seekToS).toBeCloseTo(10 - 0.5 - 0.15);
  });

  it("does not change its pace for one late or early frame", () => {
    const edge = new LiveEdge();
    steady(0.25, edge);
    expect(edge.step(range(30, 40), 40 - 0.15, frameS, true).rate).toBe(1);
    expect(edge.step(range(30, 40.1), 40.1 - 0.25, frameS, true).rate).toBe(1);
  });

  it("keeps a pace until the target is reached, so that it does not flicker at a limit", () => {
    const edge = new LiveEdge();
    expect(steady(0.35, edge).rate).toBe(1.05);
    expect(steady(0.28, edge).rate).toBe(1.05);
    expect(steady(0.25, edge).rate).toBe(1);
    expect(steady(0.28, edge).rate).toBe(1);
  });

  it("looks at the distance right after a frame only: between frames it shrinks by itself", () => {
    const edge = new LiveEdge();
    steady(0.25, edge);
    for (let beat = 0; beat < 50; beat++)
      expect(edge.step(range(30, 40), 40 - 0.16, frameS, false).rate).toBe(1);
  });

  it("never seeks outside what is buffered and never strays far from real time", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (startS, lengthS, positionsS, oneFrameS) => {
          const edge = new LiveEdge();
          for (const currentS of positionsS) {
            const step = edge.step(range(startS, startS + lengthS), currentS, oneFrameS, true);
            expect(step.rate).toBeGreaterThanOrEqual(0.9);
            expect(step.rate).toBeLessThanOrEqual(1.15);
            if (step.seekToS === undefined) continue;
            expect(step.seekToS).toBeGreaterThanOrEqual(startS);
            expect(step.seekToS).toBeLessThanOrEqual(startS + lengthS);
          }
        },
      ),
    );
  });

  it("comes back to the target by itself from anywhere within reach, and stays", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 1.5, noNaN: true }), (startBehindS) => {
        const edge = new LiveEdge();
        let behindS = startBehindS;
        for (let frame = 0; frame < 300; frame++) {
          const { rate } = edge.step(range(0, 1_000), 1_000 - behindS, frameS, true);
          behindS -= (rate - 1) * frameS;
        }
        expect(behindS).toBeGreaterThan(0.2);
        expect(behindS).toBeLessThan(0.32);
      }),
    );
  });
});

describe("the margin for late frames", () => {
  it("grows after stalls and comes back when calm", () => {
    const margin = new EdgeMargin();
    const atFirst = margin.marginS;
    margin.tick(0, 0);
    margin.stalled(1_000);
    expect(margin.marginS).toBe(atFirst);
    for (let stall = 0; stall < 50; stall++) margin.stalled(5_000);
    expect(margin.marginS).toBeCloseTo(0.6);
    margin.tick(6_000, 0);
    expect(margin.marginS).toBeCloseTo(0.6);
    for (let second = 6; second < 300; second++) margin.tick(second * 1_000, 0);
    expect(margin.marginS).toBe(atFirst);
  });

  it("follows uneven arrival within the latency that is allowed", () => {
    const margin = new EdgeMargin();
    margin.tick(0, 20);
    expect(margin.marginS).toBeCloseTo(0.15);
    margin.tick(250, 100);
    expect(margin.marginS).toBeCloseTo(0.18);
    margin.tick(500, 900);
    expect(margin.marginS).toBeCloseTo(0.2);
  });
});

describe("trimming", () => {
  it("drops old pictures in large steps only", () => {
    expect(trimSpan([range(0, 12)], 11)).toBeUndefined();
    expect(trimSpan([range(0, 20)], 19)).toEqual({ startS: 0, endS: 11 });
    expect(trimSpan([], 5)).toBeUndefined();
  });
});
