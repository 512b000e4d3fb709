import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { _electron, expect, test as bare, type ElectronApplication, type Page } from "@playwright/test";
import react from "@vitejs/plugin-react";
import { build } from "vite";
import { test } from "./harness.ts";
import { servePages } from "./page-server.ts";
import { projectRoot, readRuntime } from "./runtime.ts";

const sizes = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
] as const;

/** Page, query, and what must be seen before it is looked at. */
const scenes = [
  { name: "devices-0", query: "page=devices&rows=0", sees: "No devices yet" },
  { name: "devices-1", query: "page=devices&rows=1", sees: "Assembly point" },
  { name: "devices-500", query: "page=devices&rows=500", sees: "Assembly point" },
  {
    name: "devices-error",
    query: "page=devices&rows=1&fail=devices.list",
    sees: "The devices could not be read",
  },
  { name: "live-0", query: "page=live&rows=0", sees: "No cameras yet" },
  { name: "events-0", query: "page=events&rows=1", sees: "No events here" },
  { name: "events-500", query: "page=events&rows=8&events=500", sees: "200 shown, older ones below" },
  { name: "events-error", query: "page=events&rows=1&fail=events.list", sees: "Events could not be read" },
  { name: "review-0", query: "page=review&rows=0", sees: "No cameras yet" },
  { name: "review-1", query: "page=review&rows=1", sees: "recorded" },
  { name: "review-64", query: "page=review&rows=64", sees: "recorded" },
  {
    name: "review-error",
    query: "page=review&rows=4&fail=recording.timeline,recording.signs,recording.open",
    sees: "Try again",
  },
  { name: "alarms-0", query: "page=alarms&rows=8", sees: "No open alarms" },
  { name: "alarms-1", query: "page=alarms&rows=8&alarms=1", sees: "Is somebody there who should not be?" },
  {
    name: "alarms-500",
    query: "page=alarms&rows=8&alarms=500",
    sees: "Is somebody there who should not be?",
  },
  {
    name: "alarms-error",
    query: "page=alarms&rows=1&fail=alarms.open",
    sees: "The alarms could not be read",
  },
  { name: "settings", query: "page=settings&rows=1", sees: "Site name" },
  { name: "settings-schedule", query: "page=settings&rows=1&record=schedule", sees: "Hours of the week" },
  { name: "settings-locked", query: "page=settings&rows=1&vault=new", sees: "Choose a passphrase" },
  { name: "gallery", query: "page=gallery&rows=1", sees: "PriorityMark, StateMark, Badge" },
] as const;

bare.describe("pages on a fake console", () => {
  let folder = "";
  let host: ElectronApplication;
  let page: Page;
  let server: Awaited<ReturnType<typeof servePages>>;
  const complaints: string[] = [];

  bare.beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "watchfloor-pages-"));
    const root = join(projectRoot, "tests/renderer/dev");
    await build({
      root,
      configFile: false,
      logLevel: "error",
      plugins: [react()],
      build: {
        outDir: folder,
        emptyOutDir: true,
        target: "chrome130",
        assetsInlineLimit: 0,
        chunkSizeWarningLimit: 9_999,
      },
    });
    server = await servePages(folder);
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([, value]) => value !== undefined),
    ) as Record<string, string>;
    host = await _electron.launch({
      executablePath: readRuntime().binary,
      args: [join(projectRoot, "tests/e2e/page-host")],
      chromiumSandbox: process.getuid?.() !== 0,
      env: { ...env, PAGE_HOST_URL: server.url },
    });
    page = await host.firstWindow();
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
  });

  bare.afterAll(async () => {
    await host.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** The whole page, or only what lies in one element. */
  async function expectAccessible(within = "html"): Promise<void> {
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode(true)
      .include(within)
      // React Aria's live region stands beside the page's landmarks; it is heard, not seen.
      .exclude("[data-live-announcer]")
      .analyze();
    const words = violations.map(
      ({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target.join(" ")).join("; ")})`,
    );
    expect(words).toEqual([]);
  }

  for (const { name, query, sees } of scenes) {
    bare(`${name} is accessible and stands at every size`, async ({}, testInfo) => {
      complaints.length = 0;
      await page.goto(`${server.url}?${query}`);
      await expect(page.getByText(sees, { exact: true }).first()).toBeVisible();
      await expectAccessible();
      for (const size of sizes) {
        await page.setViewportSize(size);
        await page.screenshot({ path: testInfo.outputPath(`${name}-${size.width}.png`) });
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
      }
      expect(complaints).toEqual([]);
    });
  }

  bare("the review's calendar and sixty-four lanes are accessible", async ({}, testInfo) => {
    complaints.length = 0;
    await page.setViewportSize(sizes[0]);
    await page.goto(`${server.url}?page=review&rows=64&bookmarks=10000`);
    await expect(page.getByText("recorded", { exact: true }).first()).toBeVisible();
    await page.keyboard.press("Shift+L");
    await expect(page.getByRole("list", { name: "Cameras of the ruler" }).getByRole("button")).toHaveCount(
      64,
    );
    const look = async (name: string, within?: string): Promise<void> => {
      await expectAccessible(within);
      await page.screenshot({ path: testInfo.outputPath(`${name}.png`) });
    };
    await look("review-lanes");
    await page.keyboard.press("t");
    const calendar = page.getByRole("region", { name: "What each day holds" });
    await expect(calendar.getByRole("gridcell", { selected: true }).getByRole("button")).toHaveAttribute(
      "title",
      /recorded/,
    );
    // The popover itself has buttons for readers beside its dialog, which lie in no landmark.
    await look("review-calendar", "[role=dialog]");
    expect(complaints).toEqual([]);
  });

  bare("the alarm load is accessible and stands at every size", async ({}, testInfo) => {
    complaints.length = 0;
    for (const count of [0, 500]) {
      await page.goto(`${server.url}?page=alarms&rows=8&alarms=${count}`);
      await page.getByRole("radio", { name: "Load" }).click();
      await expect(page.getByRole("heading", { name: "What raises most" })).toBeVisible();
      await expectAccessible();
      for (const size of sizes) {
        await page.setViewportSize(size);
        await page.screenshot({ path: testInfo.outputPath(`alarm-load-${count}-${size.width}.png`) });
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
      }
    }
    expect(complaints).toEqual([]);
  });

  bare("drawers, dialogs, palette and menus are accessible", async () => {
    complaints.length = 0;
    await page.setViewportSize(sizes[1]);
    await page.goto(`${server.url}?page=devices&rows=12&found=1`);
    await page.getByRole("button", { name: /^Discover/ }).click();
    await expect(page.getByRole("heading", { name: "New devices" })).toBeVisible();
    await expectAccessible();
    await page.getByRole("row", { name: "Gate" }).first().click();
    await expect(page.getByRole("complementary", { name: "Gate" })).toBeVisible();
    for (const tab of ["Overview", "Streams", "Capabilities", "History", "Network"]) {
      await page.getByRole("tab", { name: tab }).click();
      await expectAccessible();
    }
    await page.getByRole("row", { name: "Lobby" }).click({ button: "right" });
    await expect(page.getByRole("menuitem", { name: "Rename" })).toBeVisible();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("dialog", { name: /Find a camera/ })).toBeVisible();
    await expectAccessible();
    await page.keyboard.press("Escape");
    await page.getByRole("row", { name: "Lobby" }).focus();
    await page.keyboard.press("Delete");
    await expect(page.getByRole("button", { name: "Cancel" })).toBeFocused();
    await expectAccessible();
    expect(complaints).toEqual([]);
  });
});

test("a new site opens on the way to its first cameras, and every page of it is accessible", async ({
  launch,
}, testInfo) => {
  const console = await launch();
  const { page } = console;
  await expect(page.getByRole("button", { name: "Find cameras" })).toBeVisible();
  await console.expectAccessible();
  await console.shot(testInfo, "first-run");
  for (const [name, sees] of [
    ["Devices", "No devices yet"],
    ["Settings", "Site name"],
  ] as const) {
    await page.getByRole("button", { name, exact: true }).click();
    await expect(page.getByText(sees, { exact: true }).first()).toBeVisible();
    await console.expectAccessible();
    await console.shot(testInfo, name.toLowerCase());
  }
});
