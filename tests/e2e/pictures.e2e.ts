import type { Page } from "@playwright/test";
import { expect, test } from "./harness.ts";

const cameras = 2;

/** The demo site has recorded for `seconds`, and Review is open some seconds before its end. */
async function onReview(page: Page, seconds: number): Promise<void> {
  await expect(page.locator('[data-tile] [data-state="live"]')).toHaveCount(cameras, { timeout: 90_000 });
  const since = Date.now();
  await expect.poll(() => Date.now() - since, { timeout: 60_000 }).toBeGreaterThan(seconds * 1_000);
  await page.keyboard.press("Control+3");
  await expect(page.locator('main [data-channel][data-state="picture"]')).toHaveCount(cameras, {
    timeout: 30_000,
  });
}

test("the ruler shows under the pointer what a camera saw", async ({ launch, userDataDir }, testInfo) => {
  test.setTimeout(180_000);
  const console = await launch({ args: ["--demo", `--cameras=${cameras}`], env: { HOME: userDataDir } });
  const { page } = console;
  await onReview(page, 40);
  const ruler = page.getByRole("slider", { name: "Time ruler" });
  const box = await ruler.boundingBox();
  const [start, end, at] = await Promise.all(
    ["data-view-start", "data-view-end", "aria-valuenow"].map(async (name) =>
      Number(await ruler.getAttribute(name)),
    ),
  );
  if (box === null || start === undefined || end === undefined || at === undefined)
    throw new Error("no ruler");
  const xOf = (instant: number): number => box.x + ((instant - start) / (end - start)) * box.width;
  const picture = page.getByAltText(/^Picture of /);
  for (const [lane, instant] of [at, at - 6_000].entries()) {
    await page.mouse.move(xOf(instant), box.y + 24 + 10 + lane * 20);
    await expect(picture).toBeVisible({ timeout: 15_000 });
    await expect
      .poll(() => picture.evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0)))
      .toBe(480);
  }
  await console.shot(testInfo, "hover");
  await console.expectAccessible();
});

test("motion in a drawn area is found, shown in its job, sought and bookmarked by keyboard", async ({
  launch,
  userDataDir,
}, testInfo) => {
  test.setTimeout(240_000);
  const console = await launch({ args: ["--demo", `--cameras=${cameras}`], env: { HOME: userDataDir } });
  const { page } = console;
  await onReview(page, 40);
  await page.locator('main [data-channel="1"]').click();
  await page.keyboard.press("Shift+M");
  const layer = page.getByRole("application", { name: /draw an area/ });
  const box = await layer.boundingBox();
  if (box === null) throw new Error("no drawing surface");
  // Where the arm of the gate's barrier stands while it is open.
  await page.mouse.move(box.x + box.width * 0.36, box.y + box.height * 0.1);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.41, box.y + box.height * 0.3, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByText("1 area drawn")).toBeVisible();
  // The same by keyboard, and taken back.
  await layer.focus();
  for (const key of ["Enter", "Shift+ArrowRight", "Shift+ArrowDown", "Enter"]) await page.keyboard.press(key);
  await expect(page.getByText("2 areas drawn")).toBeVisible();
  await page.keyboard.press("Backspace");
  await expect(page.getByText("1 area drawn")).toBeVisible();
  await page.getByRole("button", { name: "Search", exact: true }).click();
  const outcome = page.getByRole("region", { name: "Moments with motion" });
  await expect(outcome).toHaveAttribute("data-state", "done", { timeout: 60_000 });
  const moments = page.locator("[data-moment]");
  const starts = await moments.evaluateAll((lines) =>
    lines.map((line) => Number(line.getAttribute("data-moment"))),
  );
  // In the scene the arm reaches the area, or leaves it, within the two seconds from these seconds of the minute on.
  const known = [8, 12, 28, 32, 44, 50];
  expect(starts.length).toBeGreaterThan(0);
  for (const start of starts) {
    const second = (start / 1_000) % 60;
    expect(Math.min(...known.map((one) => Math.abs(second - one)))).toBeLessThan(0.5);
  }
  await expect(moments.first().locator("img")).toBeVisible({ timeout: 15_000 });
  for (const [width, height] of [
    [1366, 768],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height });
    await console.shot(testInfo, `motion-${width}`);
  }
  await console.expectAccessible();
  await moments.first().focus();
  await page.keyboard.press("Enter");
  const ruler = page.getByRole("slider", { name: "Time ruler" });
  await expect
    .poll(async () => Math.abs(Number(await ruler.getAttribute("aria-valuenow")) - (starts[0] ?? 0)))
    .toBeLessThan(2);
  await page.keyboard.press("b");
  await expect(page.getByText(/Bookmark set at/)).toBeVisible();
  await expect(moments.first()).toBeVisible();
  await page.getByRole("button", { name: /jobs?$/i }).click();
  await expect(page.getByText("Searching for motion")).toBeVisible();
  await console.shot(testInfo, "motion-job");
});
