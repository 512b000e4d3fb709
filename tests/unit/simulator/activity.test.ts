import { afterEach, beforeEach, expect, test } from "vitest";
import { playActivity, type ActiveCamera } from "../../../electron/simulator/activity.ts";
import { demoDay } from "../../../electron/simulator/demo-day.ts";
import { demoSite } from "../../../electron/simulator/demo-site.ts";
import { FakeClock } from "../../fixtures/fake-clock.ts";

let clock: FakeClock;
let ends: AbortController;
/** What happened: when (s), where and what. */
let seen: string[];

function camera(name: string, scene: ActiveCamera["scene"]): ActiveCamera {
  const see = (what: string): void => {
    seen.push(`${Math.round(clock.monotonicMs() / 1_000)} ${name} ${what}`);
  };
  return {
    name,
    scene,
    raise: (event, { active = true } = {}) => see(`${event} ${active ? "begins" : "ends"}`),
    play: async (script, signal) => {
      see("script");
      for (const { afterMs } of script) await clock.sleep(afterMs, signal).catch(() => undefined);
    },
  };
}
const cameras = (count: number): ActiveCamera[] =>
  demoSite(count).map(({ name = "", scene = "lobby" }) => camera(name, scene));
const play = (played: readonly ActiveCamera[]): void =>
  playActivity(played, { clock, random: () => 0.5, signal: ends.signal });
async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds * 2; second++) await clock.advance(500);
}

beforeEach(() => {
  clock = new FakeClock();
  ends = new AbortController();
  seen = [];
});
afterEach(() => ends.abort());

test("somebody is at the fence after 25 s and every 90 s from then on", async () => {
  play([camera("Perimeter", "perimeter")]);
  await pass(210);
  expect(seen.filter((line) => line.endsWith("script"))).toEqual([
    "25 Perimeter script",
    "115 Perimeter script",
    "205 Perimeter script",
  ]);
});

test("what happens at a place happens there once, however many cameras the site has", async () => {
  play(cameras(64));
  await pass(160);
  const places = seen.filter((line) => line.endsWith("script")).map((line) => line.split(" ").slice(1, -1));
  expect(new Set(places.map((words) => words.join(" ")))).toEqual(
    new Set(["Gate", "Perimeter", "Back gate", "Server room"]),
  );
});

test("motion comes and goes outdoors only, and everything ends with the site", async () => {
  play([camera("Gate 7", "gate"), camera("Lobby", "lobby")]);
  await pass(30);
  expect(seen).toEqual(["14 Gate 7 motion begins", "23 Gate 7 motion ends"]);
  ends.abort();
  await pass(60);
  expect(seen).toHaveLength(2);
  expect(clock.sleeping).toBe(0);
});

test("every happening has a camera, ends what it begins, and is over before it comes again", () => {
  const names = demoSite(9).map(({ name }) => name);
  for (const { place, firstMs, everyMs, script } of demoDay) {
    expect(names).toContain(place);
    expect(firstMs).toBeGreaterThan(0);
    expect(script.reduce((sum, { afterMs }) => sum + afterMs, 0)).toBeLessThan(everyMs);
    const open = new Set<string>();
    for (const step of script) {
      if (!("raise" in step) || step.active === undefined) continue;
      if (step.active) open.add(step.raise);
      else open.delete(step.raise);
    }
    expect([...open]).toEqual([]);
  }
});

test("a demo of six cameras raises no alarm", () => {
  const names = demoSite(6).map(({ name }) => name);
  const raised = demoDay
    .filter(({ place }) => names.includes(place))
    .flatMap(({ script }) => script.map((step) => ("raise" in step ? step.raise : "other")));
  expect(new Set(raised)).toEqual(new Set(["digital-input"]));
});
