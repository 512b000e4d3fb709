import { describe, expect, it } from "vitest";
import { Absences } from "../../soak/absences.ts";
import { LiveOracle, type TileSight } from "../../soak/live-oracle.ts";

const start = Date.UTC(2026, 0, 1, 12, 0, 0);

/** A look at a tile at `atMs` whose picture was taken at `capturedMs`, both after noon. */
const sight = (atMs: number, capturedMs: number | null, state = "live"): TileSight => ({
  camera: "Gate",
  state,
  msOfMinute: capturedMs === null ? null : (((start + capturedMs) % 60_000) + 60_000) % 60_000,
  takenAt: start + atMs,
  stoodStillMs: 100,
});

const oracleWith = (lastSent: () => number | undefined = () => undefined): LiveOracle =>
  new LiveOracle({ limitMs: 3_000, lastSent });

describe("the judge of live claims", () => {
  it("finds nothing wrong with young pictures, over the full minute as well", () => {
    const oracle = oracleWith();
    for (let atMs = 55_000; atMs < 65_000; atMs += 500) expect(oracle.see(sight(atMs, atMs - 400))).toBe(400);
    expect(oracle.falseLives).toEqual([]);
    expect(oracle.judged).toBe(20);
    expect(oracle.oldestLiveMs).toBe(400);
  });

  it("tells a picture called live that is too old", () => {
    const oracle = oracleWith();
    oracle.see(sight(10_000, 6_500));
    expect(oracle.falseLives).toMatchObject([{ camera: "Gate", by: "pixels", ageMs: 3_500 }]);
  });

  it("tells a picture called live that stands still for whole minutes, when its stamp looks young again", () => {
    const oracle = oracleWith();
    oracle.see(sight(1_000, 900, "stale"));
    oracle.see(sight(60_950, 900));
    expect(oracle.falseLives).toHaveLength(1);
  });

  it("excuses nothing by the page having stood still", () => {
    const oracle = oracleWith();
    oracle.see({ ...sight(10_000, 6_500), stoodStillMs: 5_000 });
    expect(oracle.falseLives).toMatchObject([{ ageMs: 3_500, stoodStillMs: 5_000 }]);
  });

  it("holds nothing against old pictures that are not called live, nor against pictures ahead of the clock", () => {
    const oracle = oracleWith();
    for (const state of ["stale", "delayed", "lost", "unproven"]) oracle.see(sight(20_000, 0, state));
    expect(oracle.see(sight(30_000, 30_050))).toBe(0);
    expect(oracle.falseLives).toEqual([]);
    expect(oracle.judged).toBe(1);
  });

  it("does not count what it cannot read as judged", () => {
    const oracle = oracleWith();
    expect(oracle.see(sight(1_000, null))).toBeNull();
    expect(oracle.judged).toBe(0);
  });

  it("tells a live claim of a camera that has sent nothing for long, whatever the pixels say", () => {
    const oracle = oracleWith(() => start + 5_000);
    oracle.see(sight(7_900, null));
    expect(oracle.falseLives).toEqual([]);
    oracle.see(sight(8_200, 8_100));
    expect(oracle.falseLives).toMatchObject([{ by: "camera", ageMs: 3_200 }]);
  });

  it("remembers what a camera had sent before it went away", () => {
    let sentAt: number | undefined = start;
    const oracle = oracleWith(() => sentAt);
    oracle.see(sight(500, 400));
    sentAt = undefined;
    oracle.see(sight(9_000, 8_900));
    expect(oracle.falseLives).toMatchObject([{ by: "camera", ageMs: 9_000 }]);
  });
});

describe("absences", () => {
  it("last from the first look without a young picture to the next one with", () => {
    const absences = new Absences();
    const states = ["live", "stale", "lost", "connecting", "delayed", "live", "lost"];
    for (const [index, state] of states.entries()) absences.see(sight(index * 500, null, state));
    expect(absences.ended).toEqual({ count: 1, medianMs: 1_500, longestMs: 1_500 });
    expect(absences.shares["lost"]).toBeCloseTo(2 / 7, 3);
  });
});
