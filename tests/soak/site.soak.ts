import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startSite, type Site } from "../../electron/simulator/site.ts";
import { systemClock } from "../../shared/base/clock.ts";
import { ConsoleUnderTest } from "../e2e/console-under-test.ts";
import { readRuntime } from "../e2e/runtime.ts";
import { discoverAndAdopt, showWall } from "../e2e/steps.ts";
import { blowOf, seededRandom, type Blow } from "./fault-plan.ts";
import { LiveOracle } from "./live-oracle.ts";
import { memoryTrend, treeMemoryMb } from "./memory.ts";
import { lookAtWall } from "./wall-sampler.ts";

const blowEveryMs = 10_000;
const lookEveryMs = 500;
const recoverWithinMs = 90_000;
/** A tile may be live for 2 s; a second more for the page's own tick on a busy computer. */
const oldestLiveMs = 3_000;
/** Growth of the last third over the middle third that still counts as level. */
const largestGrowth = 1.1;
const shortestForMemory = 5;
const errorsOfFaults = [/stalled|timeout|closed|refused|unreachable|picture data|lost/i];

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    cameras: { type: "string", default: "16" },
    seed: { type: "string", default: "1" },
  },
});
const minutes = Number(values.minutes);
const cameras = Number(values.cameras);
const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Hits one camera; what lasts is taken back after its time. */
async function strike(site: Site, blow: Blow): Promise<void> {
  const camera = site.cameras[blow.camera];
  if (camera === undefined || camera.state !== "on") return;
  if (blow.kind === "reboot") return camera.reboot({ newAddress: "next", downMs: 3_000 });
  if (blow.kind === "clock-jump") return camera.skewClock(blow.byMs);
  camera.setFault(blow.fault);
  await systemClock.sleep(blow.forMs);
  camera.clearFault(blow.fault.kind);
}

async function run(folder: string): Promise<boolean> {
  const runtime = readRuntime();
  const site = await startSite({ cameras, addressBase: `127.80.${100 + (process.pid % 100)}.1` });
  const console = await ConsoleUnderTest.launch({ userDataDir: folder, args: ["--loopback"] });
  console.tolerate(...errorsOfFaults);
  let hasClosed = false;
  let hasCrashed = false;
  console.app.on("close", () => {
    hasClosed = true;
  });
  const oracle = new LiveOracle({ limitMs: oldestLiveMs });
  const random = seededRandom(Number(values.seed));
  const blows: Record<string, number> = {};
  const memoryMb: number[] = [];
  const pending: Promise<void>[] = [];
  const failures: string[] = [];
  let isEveryCameraBack = false;
  try {
    await discoverAndAdopt(console.page, site);
    await showWall(console.page, cameras);
    const { pid } = console;
    const startedMs = systemClock.monotonicMs();
    const endMs = startedMs + minutes * 60_000;
    let turn = 0;
    for (let tick = 0; systemClock.monotonicMs() < endMs && !hasClosed; tick += 1) {
      if (systemClock.monotonicMs() - startedMs >= turn * blowEveryMs) {
        const blow = blowOf(turn, cameras, random);
        turn += 1;
        blows[blow.kind] = (blows[blow.kind] ?? 0) + 1;
        pending.push(strike(site, blow).catch((error: unknown) => void failures.push(String(error))));
        const live = await console.page.locator('[data-tile] [data-state="live"]').count();
        say(`${turn} ${blow.kind} on camera ${blow.camera + 1}; ${live} of ${cameras} live`);
      }
      for (const sight of await lookAtWall(console.page)) oracle.see(sight);
      if (tick % 10 === 0) memoryMb.push(treeMemoryMb(pid) ?? 0);
      await systemClock.sleep(lookEveryMs);
    }
    await Promise.all(pending);
    for (const camera of site.cameras) camera.clearFaults();
    isEveryCameraBack = await areAllLive(console, recoverWithinMs);
    if (!isEveryCameraBack) failures.push(`not every camera came back: ${await statesOf(console)}`);
    failures.push(...(await console.complaints()));
  } finally {
    hasCrashed = hasClosed;
    if (!hasClosed) await console.close();
    await site.stop();
  }
  const memory = memoryTrend(memoryMb);
  const falseLive = oracle.falseLives.length;
  // A short run measures the warm-up.
  const isLevel = minutes < shortestForMemory || memory.ratio <= largestGrowth;
  const pass =
    !hasClosed &&
    falseLive === 0 &&
    oracle.judged > 0 &&
    isLevel &&
    isEveryCameraBack &&
    failures.length === 0;
  for (const failure of failures.slice(0, 20)) say(failure.slice(0, 500));
  for (const each of oracle.falseLives.slice(0, 20)) say(`false live: ${JSON.stringify(each)}`);
  const ours = { crashed: hasCrashed, falseLive, judged: oracle.judged, isEveryCameraBack, ...memory };
  const line = {
    soak: "site",
    minutes,
    cameras,
    blows,
    ours,
    failures: failures.length,
    pass,
    runtime: runtime.electron,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  return pass;
}

async function areAllLive(console: ConsoleUnderTest, withinMs: number): Promise<boolean> {
  const untilMs = systemClock.monotonicMs() + withinMs;
  while (systemClock.monotonicMs() < untilMs) {
    if ((await console.page.locator('[data-tile] [data-state="live"]').count()) === cameras) return true;
    await systemClock.sleep(lookEveryMs);
  }
  return false;
}

async function statesOf(console: ConsoleUnderTest): Promise<string> {
  const sights = await lookAtWall(console.page);
  return sights
    .filter(({ state }) => state !== "live")
    .map(({ camera, state }) => `${camera} ${state}`)
    .join(", ");
}

const folder = await mkdtemp(join(tmpdir(), "watchfloor-soak-"));
let hasPassed = false;
try {
  hasPassed = await run(folder);
} finally {
  if (hasPassed) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  else say(`the run's data and log are kept in ${folder}`);
}
process.exitCode = hasPassed ? 0 : 1;
