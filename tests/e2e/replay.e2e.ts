import type { Page } from "@playwright/test";
import { captureTimeNear, decodeFrameStamp } from "../../electron/simulator/scenes/frame-stamp.ts";
import { expect, test } from "./harness.ts";

const cameras = 2;

/** Brightness of the replayed picture's stamp cells: what is really on the screen. */
async function stampOf(page: Page): Promise<number> {
  const cells = await page.locator("[data-replay] video").evaluate((video) => {
    if (!(video instanceof HTMLVideoElement)) return [];
    const context = new OffscreenCanvas(256, 1).getContext("2d");
    const cell = video.videoHeight / 45;
    context?.drawImage(video, 0, Math.round(video.videoHeight - cell / 2), 32 * cell, 1, 0, 0, 256, 1);
    const strip = context?.getImageData(0, 0, 256, 1).data ?? [];
    return Array.from({ length: 32 }, (_, index) => strip[(index * 8 + 4) * 4 + 1] ?? 0);
  });
  const stamp = decodeFrameStamp((x) => cells[Math.floor(x / 8)] ?? 0, 256, 360);
  return stamp === undefined ? Number.NaN : captureTimeNear(stamp.msOfMinute, Date.now() - 15_000);
}

test("a live tile shows its last seconds again, by key and by mouse, and never as live", async ({
  launch,
  userDataDir,
}, testInfo) => {
  test.setTimeout(180_000);
  const console = await launch({ args: ["--demo", `--cameras=${cameras}`], env: { HOME: userDataDir } });
  const { page } = console;
  await expect(page.locator('[data-tile] [data-state="live"]')).toHaveCount(cameras, { timeout: 90_000 });
  const since = Date.now();
  await expect.poll(() => Date.now() - since, { timeout: 30_000 }).toBeGreaterThan(12_000);

  await page.locator("[data-tile]").first().click();
  await page.keyboard.press("r");
  const replay = page.locator("[data-replay]");
  await expect(replay).toHaveAttribute("data-replay", "playing", { timeout: 20_000 });
  await expect(replay.getByText("Replay −")).toBeVisible();
  // The tile below goes on; what it says of itself is not to be seen or heard meanwhile.
  await expect(page.locator("[data-tile]").first().getByText(/^live/)).toHaveCount(0);
  const shown = async (): Promise<number> => Date.now() - (await stampOf(page));
  await expect.poll(shown).toBeGreaterThan(5_000);
  await expect.poll(shown).toBeLessThan(40_000);
  for (const [width, height] of [
    [1366, 768],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height });
    await console.shot(testInfo, `replay-${width}`);
  }
  await console.expectAccessible();

  await page.keyboard.press("Space");
  await expect(replay).toHaveAttribute("data-replay", "paused");
  const scrubber = page.getByRole("slider", { name: "Place in the replay" });
  await expect(scrubber).toBeFocused();
  const stood = Number(await scrubber.inputValue());
  await page.keyboard.press("ArrowRight");
  await expect.poll(async () => Number(await scrubber.inputValue())).toBe(stood + 1_000);
  const before = await stampOf(page);
  await page.keyboard.press(".");
  await expect.poll(async () => (await stampOf(page)) - before).toBeGreaterThan(50);
  expect((await stampOf(page)) - before).toBeLessThan(210);
  await page.keyboard.press(",");
  await expect.poll(async () => Math.abs((await stampOf(page)) - before)).toBeLessThan(3);

  await page.keyboard.press("r");
  await expect(replay).toHaveCount(0);
  await expect(page.locator("[data-tile]").first().getByText(/^live/)).toBeVisible();

  await page.locator("[data-tile]").first().hover();
  await page.getByRole("button", { name: "Replay the last 30 seconds" }).first().click();
  await expect(replay).toHaveAttribute("data-replay", "playing", { timeout: 20_000 });
  const box = await scrubber.boundingBox();
  // To its very end: from there it is live again by itself.
  if (box !== null) await page.mouse.click(box.x + box.width - 2, box.y + box.height / 2);
  await expect(replay).toHaveCount(0, { timeout: 15_000 });
});
