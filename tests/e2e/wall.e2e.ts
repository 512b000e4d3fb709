import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./harness.ts";
import { demo, onLiveWall, simulatorPid, tilesIn } from "./steps.ts";

const cameras = 4;

const selected = (page: Page): Locator => page.locator('[data-tile][data-selected="true"]');

test("a site that falls silent is never shown as live, says what is wrong, and comes back by itself", async ({
  launch,
  userDataDir,
}, testInfo) => {
  test.skip(process.platform === "win32", "stopping a process needs POSIX signals");
  const console = await launch(demo(userDataDir, cameras));
  const page = await onLiveWall(console, cameras);
  const pid = await simulatorPid(console);
  process.kill(pid, "SIGSTOP");
  try {
    await expect(tilesIn(page, "live")).toHaveCount(0, { timeout: 8_000 });
    await expect(page.getByText(/No new picture for/).first()).toBeVisible();
    await console.shot(testInfo, "stale");
    await expect(page.locator('[data-state="stale"][data-urgent="true"], [data-state="lost"]')).toHaveCount(
      cameras,
      {
        timeout: 30_000,
      },
    );
    await console.shot(testInfo, "urgent");
    await expect(tilesIn(page, "live")).toHaveCount(0);
  } finally {
    process.kill(pid, "SIGCONT");
  }
  await expect(tilesIn(page, "live")).toHaveCount(cameras, { timeout: 60_000 });
});

test("the wall is run by keyboard: select, maximise, call by number, zoom, remove, undo", async ({
  launch,
  userDataDir,
}, testInfo) => {
  const console = await launch(demo(userDataDir, cameras));
  const page = await onLiveWall(console, cameras);
  await page.locator("[data-tile]").first().click();
  await page.keyboard.press("ArrowRight");
  await expect(selected(page)).toHaveAttribute("aria-label", /^Tile 2/);
  await expect(selected(page)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(selected(page)).toHaveAttribute("aria-label", /^Tile 4/);

  await page.keyboard.press("Enter");
  await expect(page.locator("[data-tile]")).toHaveCount(1);
  await expect(page.locator('[data-tile] [data-role="main"]')).toHaveCount(1);
  await expect(tilesIn(page, "live")).toHaveCount(1);
  await console.shot(testInfo, "maximised");
  await page.keyboard.press("Escape");
  await expect(page.locator("[data-tile]")).toHaveCount(cameras);
  await expect(tilesIn(page, "live")).toHaveCount(cameras, { timeout: 30_000 });

  const second = page.locator("[data-tile]").nth(1);
  const number = await second.locator("[data-channel]").getAttribute("data-channel");
  await page.keyboard.type(number ?? "");
  await expect(page.getByText(`Camera ${number}`, { exact: true })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(second).toHaveAttribute("data-selected", "true");

  const surface = second.locator("video").locator("..");
  const box = await second.boundingBox();
  if (box === null) throw new Error("the tile is not on the screen");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.wheel(0, -300);
  await expect(surface).toHaveAttribute("style", /scale\(1\.2/);
  await page.keyboard.press("Escape");
  await expect(surface).not.toHaveAttribute("style", /scale/);

  await page.keyboard.press("Delete");
  await expect(page.getByText("Drag a camera here, or type its number and press Enter")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(tilesIn(page, "live")).toHaveCount(cameras, { timeout: 30_000 });
  await page.keyboard.press("i");
  await expect(page.getByLabel("Stream statistics")).toContainText("avc1");
});

test("snapshots, saved walls, the camera list and a second window", async ({
  launch,
  userDataDir,
}, testInfo) => {
  const console = await launch(demo(userDataDir, cameras));
  const page = await onLiveWall(console, cameras);
  await console.expectAccessible();
  await page.locator("[data-tile]").first().click();
  await page.keyboard.press("s");
  const saved = page.getByText(/\.png$/);
  await expect(saved).toBeVisible();
  const png = await readFile((await saved.textContent()) ?? "");
  expect(png.subarray(1, 4).toString()).toBe("PNG");

  await page.getByRole("radio", { name: "1+5" }).click();
  await expect(page.locator("[data-tile]")).toHaveCount(6);
  await page.keyboard.press("Control+Shift+S");
  await page.getByLabel("Name").fill("Night");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Wall Night" })).toBeVisible();
  await page.keyboard.press("Control+Shift+S");
  await page.getByLabel("Name").fill("Night");
  await page.keyboard.press("Enter");
  await expect(page.getByText("There is a wall of this name already.")).toBeVisible();
  await page.keyboard.press("Escape");

  await page.locator("[data-tile]").first().click();
  await page.keyboard.press("l");
  await page.getByRole("searchbox", { name: "Find a camera" }).fill("zzz");
  await expect(page.getByText("No camera is called “zzz”.")).toBeVisible();
  await page.getByRole("searchbox", { name: "Find a camera" }).fill("");
  await console.expectAccessible();
  await console.shot(testInfo, "cameras");

  await page.locator("[data-tile]").first().click();
  const opening = console.app.waitForEvent("window");
  await page.keyboard.press("w");
  const second = await opening;
  await expect(second.getByRole("button", { name: "Wall Night" })).toBeVisible();
  await expect(tilesIn(second, "live")).toHaveCount(cameras, { timeout: 30_000 });
  await expect(tilesIn(page, "live")).toHaveCount(cameras);
});
