import type { Page } from "@playwright/test";
import { expect, test } from "./harness.ts";

const cameras = 2;

/** The demo site has recorded for `seconds`, and Review is open some seconds before its end. */
async function onReview(page: Page, seconds: number): Promise<void> {
  await expect(page.locator('[data-tile] [data-state="live"]')).toHaveCount(cameras, { timeout: 90_000 });
  const since = Date.now();
  await expect.poll(() => Date.now() - since, { timeout: 60_000 }).toBeGreaterThan(seconds * 1_000);
  await page.keyboard.press("Control+2");
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
