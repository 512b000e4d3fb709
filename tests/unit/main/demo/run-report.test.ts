import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { percentile, RunReport, type Moment } from "../../../../electron/main/demo/run-report.ts";

const moment = (changes: Partial<Moment>): Moment => ({
  discovered: 2,
  adopted: 2,
  errors: 0,
  live: 0,
  stale: 0,
  latenciesMs: [],
  dropped: 0,
  ...changes,
});

describe("the report of a headless run", () => {
  it("is complete only while every camera is live in the last second", () => {
    const report = new RunReport();
    report.add(moment({ live: 2 }));
    expect(report.isComplete(2)).toBe(true);
    report.add(moment({ live: 1, stale: 1 }));
    expect(report.isComplete(2)).toBe(false);
  });

  it("is not complete while a camera is not adopted", () => {
    const report = new RunReport();
    report.add(moment({ live: 2, adopted: 1 }));
    expect(report.isComplete(2)).toBe(false);
  });

  it("is not complete without a camera", () => {
    expect(new RunReport().isComplete(0)).toBe(false);
  });

  it("adds latencies up over the whole run and keeps the counts of the last second", () => {
    const report = new RunReport();
    report.add(moment({ live: 2, latenciesMs: [50, 60] }));
    report.add(moment({ live: 1, stale: 1, latenciesMs: [70], dropped: 3 }));
    expect(report.total()).toEqual({
      discovered: 2,
      adopted: 2,
      live: 1,
      stale: 1,
      latencyMsP50: 60,
      latencyMsP95: 70,
      dropped: 3,
      errors: 0,
    });
  });

  it("says null for a latency that nobody measured", () => {
    expect(new RunReport().add(moment({})).latencyMsP50).toBeNull();
  });

  it("gives percentiles that are samples, in order", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1 }), (samples) => {
        const p50 = percentile(samples, 0.5) ?? -1;
        const p95 = percentile(samples, 0.95) ?? -1;
        expect(samples).toContain(p50);
        expect(p50).toBeLessThanOrEqual(p95);
        expect(samples.filter((sample) => sample <= p50).length).toBeGreaterThanOrEqual(samples.length / 2);
      }),
    );
  });
});
