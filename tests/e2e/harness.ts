import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect } from "@playwright/test";
import { startSite } from "../../electron/simulator/site.ts";
import type { Site } from "../../electron/simulator/site-api.ts";
import type { SiteOptions } from "../../electron/simulator/site-options.ts";
import { ConsoleUnderTest, type LaunchOptions } from "./console-under-test.ts";

interface Stage {
  /** A folder of its own for the site's data; removed afterwards. */
  readonly userDataDir: string;
  /** Starts the app; closed afterwards, and any complaint of it that was not tolerated fails the test. */
  readonly launch: (options?: Partial<LaunchOptions>) => Promise<ConsoleUnderTest>;
  /** Starts simulated cameras in this process; stopped afterwards. */
  readonly startCameras: (options?: SiteOptions) => Promise<Site>;
}

/** Runs side by side on one machine use different loopback addresses. */
const addressBase = `127.80.${String(process.pid % 250)}.1`;

/** Playwright's test with the app, cameras and a data folder on stage. */
export const test = base.extend<Stage>({
  userDataDir: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), "watchfloor-e2e-"));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  },
  launch: async ({ userDataDir }, use) => {
    const started: ConsoleUnderTest[] = [];
    await use(async (options = {}) => {
      const console = await ConsoleUnderTest.launch({ userDataDir, ...options });
      started.push(console);
      return console;
    });
    for (const console of started) await console.close();
    const complaints = await Promise.all(started.map((console) => console.complaints()));
    expect(complaints.flat(), "what the app complained about").toEqual([]);
  },
  startCameras: async ({}, use) => {
    const sites: Site[] = [];
    await use(async (options = {}) => {
      const site = await startSite({ addressBase, ...options });
      sites.push(site);
      return site;
    });
    for (const site of sites) await site.stop();
  },
});

export { expect } from "@playwright/test";
