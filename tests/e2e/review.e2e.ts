import type { Locator, Page } from "@playwright/test";
import type { ConsoleUnderTest } from "./console-under-test.ts";
import { expect, test } from "./harness.ts";
import { demo, onLiveWall, simulatorPid } from "./steps.ts";

const cameras = 4;

const tiles = (page: Page, state: string): Locator =>
  page.locator(`main [data-channel][data-state="${state}"]`);
const ruler = (page: Page): Locator => page.getByRole("slider", { name: "Time ruler" });

/** The common time, ms UTC. */
async function timeOf(page: Page): Promise<number> {
  return Number(await ruler(page).getAttribute("aria-valuenow"));
}

/** Capture times of the pictures that stand on the screen now, ms UTC. */
async function shownTimes(page: Page): Promise<number[]> {
  return page
    .locator("main [data-channel] video[data-layer=front]")
    .evaluateAll((videos) => videos.map((video) => Number(video.dataset["shownAt"])));
}

/** Largest distance of two tiles' pictures, ms. */
const spread = (times: readonly number[]): number => Math.max(...times) - Math.min(...times);

/** Moves the common time by what a person would type. */
async function jump(page: Page, text: string): Promise<void> {
  await page.keyboard.press("t");
  const field = page.getByRole("textbox", { name: "Time" });
  await field.fill(text);
  await field.press("Enter");
  await expect(field).toBeHidden();
}

/** The demo site has recorded for `seconds`, and Review shows the pictures of all cameras. */
async function onReview(console: ConsoleUnderTest, seconds: number): Promise<Page> {
  const page = await onLiveWall(console, cameras);
  const since = Date.now();
  await expect.poll(() => Date.now() - since, { timeout: 60_000 }).toBeGreaterThan(seconds * 1_000);
  await page.keyboard.press("Control+3");
  await jump(page, "now");
  await jump(page, `-${Math.round(seconds / 2)} s`);
  await expect(tiles(page, "picture")).toHaveCount(cameras, { timeout: 30_000 });
  return page;
}

test("recordings of four cameras are sought, stepped and played in step", async ({
  launch,
  userDataDir,
}, testInfo) => {
  test.setTimeout(240_000);
  const console = await launch(demo(userDataDir, cameras));
  const page = await onReview(console, 24);
  for (const [width, height] of [
    [1366, 768],
    [1920, 1080],
    [3840, 2160],
  ] as const) {
    await page.setViewportSize({ width, height });
    await console.shot(testInfo, `review-${width}`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });

  const sought = await timeOf(page);
  // Standing, each tile shows the picture that was the newest at that moment: none is off by more than a picture.
  await expect
    .poll(async () => Math.max(...(await shownTimes(page)).map((at) => Math.abs(at - sought))), {
      timeout: 15_000,
    })
    .toBeLessThan(140);

  const [before = 0] = await shownTimes(page);
  await page.keyboard.press(".");
  await expect.poll(async () => (await shownTimes(page))[0] ?? 0).toBeGreaterThan(before);
  const [after = 0] = await shownTimes(page);
  expect(after - before).toBeLessThan(250);
  await page.keyboard.press(",");
  await expect.poll(async () => Math.abs(((await shownTimes(page))[0] ?? 0) - before)).toBeLessThan(2);

  await page.keyboard.press("Space");
  await expect.poll(() => timeOf(page), { timeout: 20_000 }).toBeGreaterThan(sought + 5_000);
  await page.keyboard.press("Space");
  await expect.poll(async () => spread(await shownTimes(page)), { timeout: 15_000 }).toBeLessThan(140);

  await page.keyboard.press(">");
  await expect(page.getByRole("button", { name: "Speed 2×" })).toBeVisible();
  await page.keyboard.press("n");
  await page.keyboard.press("Enter");
  await expect(tiles(page, "picture").and(page.locator(":visible"))).toHaveCount(1);
  await page.keyboard.press("Escape");
  await console.expectAccessible();
});

test("a stretch that was not recorded is named by its cause and skipped when playing", async ({
  launch,
  userDataDir,
}, testInfo) => {
  test.skip(process.platform === "win32", "stopping a process needs POSIX signals");
  test.setTimeout(300_000);
  const console = await launch(demo(userDataDir, cameras));
  const page = await onReview(console, 14);
  const pid = await simulatorPid(console);
  const silentFrom = Date.now();
  process.kill(pid, "SIGSTOP");
  try {
    await expect.poll(() => Date.now() - silentFrom, { timeout: 60_000 }).toBeGreaterThan(16_000);
  } finally {
    process.kill(pid, "SIGCONT");
  }
  const backFrom = Date.now();
  await jump(page, "now");
  await expect
    .poll(
      async () => {
        await page.keyboard.press("End");
        return tiles(page, "picture").count();
      },
      { timeout: 90_000, intervals: [3_000] },
    )
    .toBe(cameras);
  await jump(page, "now");
  await jump(page, `-${Math.round((Date.now() - silentFrom - 10_000) / 1_000)} s`);
  await expect(page.getByText("Nothing recorded here")).toHaveCount(cameras, { timeout: 20_000 });
  await expect(tiles(page, "gap").getByText(/no pictures came|camera offline/)).toHaveCount(cameras, {
    timeout: 20_000,
  });
  await console.shot(testInfo, "gap");
  await page.keyboard.press("Space");
  await expect(page.getByText(/skipped: (no pictures came|camera offline)/)).toBeVisible();
  await expect.poll(() => timeOf(page), { timeout: 20_000 }).toBeGreaterThan(backFrom);
  await page.keyboard.press("Space");
});

test("a bookmark is set, edited, deleted and brought back; a marked stretch is locked with its reason", async ({
  launch,
  userDataDir,
}, testInfo) => {
  test.setTimeout(240_000);
  const console = await launch(demo(userDataDir, cameras));
  const page = await onReview(console, 16);

  await page.keyboard.press("b");
  const title = page.getByRole("textbox", { name: "Title" });
  await title.fill("Van at the gate");
  await page.getByRole("textbox", { name: /^Tags/ }).fill("van, gate");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const list = page.getByRole("grid", { name: "Bookmarks" });
  await expect(list.getByText("Van at the gate")).toBeVisible();
  await console.shot(testInfo, "bookmarks");
  await console.expectAccessible();
  await page.getByRole("button", { name: "Delete Van at the gate" }).click();
  await expect(list.getByText("Van at the gate")).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).first().click();
  await expect(list.getByText("Van at the gate")).toBeVisible();

  await ruler(page).focus();
  await page.keyboard.press("[");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("]");
  await expect(page.getByText(/^marked .* 5\.0 s/)).toBeVisible();
  await page.keyboard.press("o");
  await page.getByRole("textbox", { name: "Reason" }).fill("Case 2026-118");
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  const locks = page.getByRole("grid", { name: "Locks" });
  await expect(locks.getByText("Case 2026-118")).toBeVisible();
  await console.shot(testInfo, "locks");
  await console.expectAccessible();
  await page.getByRole("button", { name: "Lift the lock “Case 2026-118”" }).click();
  await page.getByRole("textbox", { name: "Why it is lifted" }).fill("Case closed");
  await page.getByRole("button", { name: "Lift the lock", exact: true }).click();
  await expect(locks).toBeHidden();
});

test("eight times and faster shows key pictures on the way, and every picture again at normal speed", async ({
  launch,
  userDataDir,
}) => {
  test.setTimeout(240_000);
  const console = await launch(demo(userDataDir, cameras));
  const page = await onReview(console, 40);
  const from = await timeOf(page);
  for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press(">");
  await expect(page.getByRole("button", { name: "Speed 8×" })).toBeVisible();
  await page.keyboard.press("Space");
  const seen = new Set<number>();
  await expect
    .poll(
      async () => {
        const [shown = 0] = await shownTimes(page);
        if (shown > from + 500) seen.add(shown);
        return (await timeOf(page)) - from;
      },
      { intervals: [60], timeout: 30_000 },
    )
    .toBeGreaterThan(14_000);
  await page.keyboard.press("Space");
  expect(seen.size).toBeGreaterThan(1);
  await page.keyboard.press("n");
  await jump(page, "-10 s");
  const sought = await timeOf(page);
  await expect
    .poll(async () => Math.max(...(await shownTimes(page)).map((at) => Math.abs(at - sought))), {
      timeout: 20_000,
    })
    .toBeLessThan(140);
});
