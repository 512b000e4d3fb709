import type { Page } from "@playwright/test";
import { captureTimeNear, decodeFrameStamp } from "../../electron/simulator/scenes/frame-stamp.ts";
import { expect, test } from "./harness.ts";

const cameras = 2;

interface Seen {
  readonly claimedAt: number;
  readonly cells: readonly number[];
}

/** Runs in the page: notes each picture that is drawn backwards in the first tile, with the row of its stamp. */
function watchCanvas(): void {
  const seen: Seen[] = [];
  Object.assign(window, { seenBackwards: seen });
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      if (!(target instanceof HTMLCanvasElement) || target.closest('[data-channel="1"]') === null) continue;
      const context = new OffscreenCanvas(256, 1).getContext("2d");
      const cell = target.height / 45;
      const y = Math.round(target.height - cell / 2);
      context?.drawImage(target, 0, y, 32 * cell, 1, 0, 0, 256, 1);
      const strip = context?.getImageData(0, 0, 256, 1).data ?? [];
      const cells = Array.from({ length: 32 }, (_, index) => strip[(index * 8 + 4) * 4 + 1] ?? 0);
      seen.push({ claimedAt: Number(target.dataset["shownAt"]), cells });
    }
  }).observe(document.body, { attributes: true, attributeFilter: ["data-shown-at"], subtree: true });
}

const seenSoFar = (page: Page): Promise<Seen[]> =>
  page.evaluate(() => (window as unknown as { seenBackwards: Seen[] }).seenBackwards);

/** When a picture was taken, as its pixels say. */
function takenAt({ cells, claimedAt }: Seen): number {
  const stamp = decodeFrameStamp((x) => cells[Math.floor(x / 8)] ?? 0, 256, 360);
  return stamp === undefined ? Number.NaN : captureTimeNear(stamp.msOfMinute, claimedAt);
}

test("recordings play backwards picture by picture, over the borders of groups, and forwards again", async ({
  launch,
  userDataDir,
}, testInfo) => {
  test.setTimeout(240_000);
  const console = await launch({ args: ["--demo", `--cameras=${cameras}`], env: { HOME: userDataDir } });
  const { page } = console;
  await expect(page.locator('[data-tile] [data-state="live"]')).toHaveCount(cameras, { timeout: 90_000 });
  const since = Date.now();
  await expect.poll(() => Date.now() - since, { timeout: 60_000 }).toBeGreaterThan(20_000);
  await page.keyboard.press("Control+3");
  for (const moment of ["now", "-6 s"]) {
    await page.keyboard.press("t");
    const field = page.getByRole("textbox", { name: "Time" });
    await field.fill(moment);
    await field.press("Enter");
    await expect(field).toBeHidden();
  }
  await expect(page.locator('main [data-channel][data-state="picture"]')).toHaveCount(cameras, {
    timeout: 30_000,
  });
  await page.evaluate(watchCanvas);
  await page.keyboard.press("j");
  await expect(page.getByRole("button", { name: "Speed −1×" })).toBeVisible();
  // Three seconds and more: over the border of two groups of two seconds at least once.
  await expect.poll(async () => (await seenSoFar(page)).length, { timeout: 60_000 }).toBeGreaterThan(3 * 15);
  await console.shot(testInfo, "backwards");
  await page.keyboard.press("Space");
  const seen = await seenSoFar(page);
  const taken = seen.map(takenAt);
  expect(taken.filter((at) => Number.isNaN(at))).toEqual([]);
  const steps = taken.slice(1).map((at, index) => (taken[index] ?? 0) - at);
  expect(Math.min(...steps)).toBeGreaterThan(0);
  // No more than one in ten was left out on a busy computer; in order they are always.
  expect(steps.filter((step) => step < 70).length).toBeGreaterThan(steps.length * 0.9);

  await page.getByRole("button", { name: "Play forwards" }).click();
  await expect(page.getByRole("button", { name: "Speed 1×" })).toBeVisible();
  await expect(page.locator("main [data-channel] canvas[data-layer]")).toHaveCount(0, { timeout: 15_000 });
  const turned = Number(await page.getByRole("slider", { name: "Time ruler" }).getAttribute("aria-valuenow"));
  await expect
    .poll(
      async () =>
        Number(await page.getByRole("slider", { name: "Time ruler" }).getAttribute("aria-valuenow")),
      { timeout: 20_000 },
    )
    .toBeGreaterThan(turned + 1_000);
  await console.expectAccessible();
});
