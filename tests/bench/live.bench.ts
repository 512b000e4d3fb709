/**
 * `npm run bench -- live [--quick]`: what the wall adds between capture and screen, on real Electron.
 *
 * Sixteen simulated cameras (sub stream 640×360 at 10 frames/s) on a wall of sixteen tiles. The capture time is
 * read from the pixels of the pictures on the screen. Low latency first, then every tile in hls.js standard mode.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ConsoleUnderTest } from "../e2e/console-under-test.ts";
import { readRuntime } from "../e2e/runtime.ts";
import { latencyOf, percentile, takeSeen, watchPictures } from "./picture-stamps.ts";

const cameras = 16;
const isQuick = process.argv.includes("--quick");
const measureMs = isQuick ? 6_000 : 60_000;
const settleMs = isQuick ? 3_000 : 10_000;
const limits = { p50Ms: 250, p95Ms: 350, stalls: 0, dropped: 0, standardP50Ms: 1_700 };

interface Measured {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly pictures: number;
  readonly stalls: number;
  readonly dropped: number;
  /** Share of one core, all processes of the console without the simulator. */
  readonly cpuPercent: number;
  /** What everything else took meanwhile (the simulated cameras too), of one core: how quiet the computer was. */
  readonly othersCpuPercent: number;
}

async function measure(under: ConsoleUnderTest): Promise<Measured> {
  await under.page.evaluate(watchPictures);
  await pause(settleMs);
  const before = await under.page.evaluate(takeSeen);
  await cpuSinceLast(under);
  const computerBefore = computerTimes();
  await pause(measureMs);
  const cpuPercent = await cpuSinceLast(under);
  const computerAfter = computerTimes();
  const busy = (computerAfter.busyMs - computerBefore.busyMs) / (computerAfter.allMs - computerBefore.allMs);
  const { seen, stalls, dropped } = await under.page.evaluate(takeSeen);
  const latencies = seen.flatMap((picture) => latencyOf(picture) ?? []);
  return {
    p50Ms: Math.round(percentile(latencies, 0.5)),
    p95Ms: Math.round(percentile(latencies, 0.95)),
    pictures: latencies.length,
    stalls: stalls - before.stalls,
    dropped: dropped - before.dropped,
    cpuPercent,
    othersCpuPercent: Math.max(0, Math.round(busy * cpus().length * 100) - cpuPercent),
  };
}

/** What all cores have done since the computer started. */
function computerTimes(): { readonly busyMs: number; readonly allMs: number } {
  const sums = cpus().map(({ times }) => ({
    idle: times.idle,
    all: times.user + times.nice + times.sys + times.idle + times.irq,
  }));
  const allMs = sums.reduce((sum, { all }) => sum + all, 0);
  return { allMs, busyMs: allMs - sums.reduce((sum, { idle }) => sum + idle, 0) };
}

/** CPU of the console's processes since the last call; the simulated cameras are not ours to count. */
async function cpuSinceLast(under: ConsoleUnderTest): Promise<number> {
  const shares = await under.app.evaluate(({ app }) =>
    app.getAppMetrics().map(({ name = "", serviceName = "", cpu }) => ({
      name: `${name} ${serviceName}`,
      percent: cpu.percentCPUUsage,
    })),
  );
  const ours = shares.filter(({ name }) => !/simulat/i.test(name));
  // Electron says the share of all cores together.
  return Math.round(ours.reduce((sum, { percent }) => sum + percent, 0) * cpus().length);
}

async function allLive(under: ConsoleUnderTest, mode: string): Promise<void> {
  const live = under.page.locator(`[data-state="live"][data-mode="${mode}"]`);
  for (const until = Date.now() + 90_000; Date.now() < until; await pause(250)) {
    if ((await live.count()) === cameras) return;
  }
  throw new Error(`only ${await live.count()} of ${cameras} tiles are live in ${mode} mode after 90 s`);
}

async function useStandardMode(under: ConsoleUnderTest): Promise<void> {
  const { page } = under;
  const tiles = page.locator("[data-tile]");
  for (let index = 0; index < cameras; index++) {
    await tiles.nth(index).click({ button: "right" });
    await page.getByRole("menuitem", { name: /Mode: Standard/ }).click();
  }
}

const userDataDir = await mkdtemp(join(tmpdir(), "watchfloor-bench-"));
const under = await ConsoleUnderTest.launch({ userDataDir, args: ["--demo", `--cameras=${cameras}`] });
try {
  await allLive(under, "low-latency");
  const ours = await measure(under);
  console.log(`low latency: ${JSON.stringify(ours)}`);
  await useStandardMode(under);
  await allLive(under, "standard");
  const standard = await measure(under);
  console.log(`standard: ${JSON.stringify(standard)}`);
  const { electron, chromium } = readRuntime();
  const pass =
    ours.pictures > cameras &&
    standard.pictures > cameras &&
    ours.p50Ms <= limits.p50Ms &&
    ours.p95Ms <= limits.p95Ms &&
    ours.stalls <= limits.stalls &&
    ours.dropped <= limits.dropped &&
    standard.p50Ms <= limits.standardP50Ms;
  const line = {
    bench: "live",
    ours,
    standard,
    peer: {
      name: "hls.js over the same port (standard mode)",
      p50Ms: standard.p50Ms,
      cpuPercent: standard.cpuPercent,
    },
    ratio: { latency: ours.p50Ms / standard.p50Ms, cpu: ours.cpuPercent / standard.cpuPercent },
    limits,
    pass,
    runtime: { electron, chromium, tiles: cameras, seconds: measureMs / 1_000 },
  };
  console.log(JSON.stringify(line));
  process.exitCode = pass ? 0 : 1;
} finally {
  await under.close();
  await rm(userDataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
