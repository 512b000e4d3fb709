import { describe, expect, it } from "vitest";
import { Fault } from "../../../electron/simulator/fault.ts";
import { blowOf, extraKinds, mainKinds, seededRandom, type Blow } from "../../soak/fault-plan.ts";

const blows = (seed: number, turns: number, cameras = 16): Blow[] => {
  const random = seededRandom(seed);
  return Array.from({ length: turns }, (_, turn) => blowOf(turn, cameras, random));
};

describe("the plan of faults", () => {
  it("is the same for the same seed and another for another", () => {
    expect(blows(7, 60)).toEqual(blows(7, 60));
    expect(blows(8, 60)).not.toEqual(blows(7, 60));
  });

  it("has every main kind in each round, and in time every extra one", () => {
    const round = mainKinds.length + 1;
    const names = blows(1, round * extraKinds.length).map(({ name }) => name);
    const wanted = mainKinds.map(([name]) => name);
    for (let at = 0; at < names.length; at += round)
      expect(names.slice(at, at + mainKinds.length)).toEqual(wanted);
    expect(new Set(names)).toEqual(new Set([...mainKinds, ...extraKinds].map(([name]) => name)));
  });

  it("strikes every camera of the site and none beside", () => {
    const cameras = new Set(blows(1, 300, 4).map(({ camera }) => camera));
    expect([...cameras].toSorted((one, other) => one - other)).toEqual([0, 1, 2, 3]);
  });

  it("holds only faults that the simulator knows, each of which ends", () => {
    for (const blow of blows(3, 120)) {
      if (!("fault" in blow)) continue;
      expect(Fault.safeParse(blow.fault).success).toBe(true);
      expect(blow.forMs).toBeGreaterThan(0);
      expect(blow.forMs).toBeLessThanOrEqual(16_000);
    }
  });

  it("moves clocks both ways, by an hour at most", () => {
    const jumps = blows(2, 600).flatMap((blow) => ("skewClockMs" in blow ? [blow.skewClockMs] : []));
    expect(Math.min(...jumps)).toBeLessThan(-60_000);
    expect(Math.max(...jumps)).toBeGreaterThan(60_000);
    expect(Math.max(...jumps.map(Math.abs))).toBeLessThanOrEqual(3_600_000);
  });
});
