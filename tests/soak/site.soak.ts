import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startSite } from "../../electron/simulator/site.ts";
import { ConsoleUnderTest } from "../e2e/console-under-test.ts";
import { readRuntime } from "../e2e/runtime.ts";
import { discoverAndAdopt, showWall } from "../e2e/steps.ts";
import { SiteSoak } from "./site-soak.ts";

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

async function run(folder: string): Promise<boolean> {
  const site = await startSite({ cameras, addressBase: `127.80.${100 + (process.pid % 100)}.1` });
  try {
    const console = await ConsoleUnderTest.launch({ userDataDir: folder, args: ["--loopback"] });
    try {
      await discoverAndAdopt(console.page, site);
      await showWall(console.page, cameras);
      const soak = new SiteSoak({
        console,
        site,
        lengthMs: minutes * 60_000,
        seed: Number(values.seed),
        say,
      });
      const { failures, ...ours } = await soak.run();
      const pass =
        !ours.crashed &&
        ours.falseLive === 0 &&
        ours.judged > 0 &&
        ours.isMemoryLevel &&
        ours.isEveryCameraBack &&
        failures.length === 0;
      for (const failure of failures.slice(0, 20)) say(failure.slice(0, 500));
      const { electron } = readRuntime();
      const line = {
        soak: "site",
        minutes,
        cameras,
        ours,
        failures: failures.length,
        pass,
        runtime: electron,
      };
      process.stdout.write(`${JSON.stringify(line)}\n`);
      return pass;
    } finally {
      await console.close();
    }
  } finally {
    await site.stop();
  }
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
