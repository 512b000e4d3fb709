import type { Locator, Page } from "@playwright/test";
import { PtzControl } from "../../electron/drivers/onvif/ptz-control.ts";
import { systemClock } from "../../shared/base/clock.ts";
import { expect, test } from "./harness.ts";

/** The third camera of the demo site turns. */
const cameras = 3;
const pad = (page: Page): Locator => page.getByRole("group", { name: "Move Car park" });

/** Where the page says the camera is. */
async function hostOf(page: Page, name: string): Promise<string> {
  await page.getByRole("button", { name: "Devices" }).click();
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });
  const host = /127\.\d+\.\d+\.\d+/.exec((await row.textContent()) ?? "")?.[0];
  await page.getByRole("button", { name: "Live" }).click();
  if (host === undefined) throw new Error(`no address of ${name}`);
  return host;
}

test("a camera is moved by key, pad and preset, and stops when the window crashes", async ({
  launch,
  userDataDir,
}, testInfo) => {
  const console = await launch({
    args: ["--demo", `--cameras=${cameras}`],
    env: { HOME: userDataDir },
  });
  console.tolerate(/crashed/);
  const { page } = console;
  await expect(page.locator('[data-tile] [data-state="live"]')).toHaveCount(cameras, { timeout: 60_000 });
  const camera = new PtzControl({
    clock: systemClock,
    address: { host: await hostOf(page, "Car park"), port: 8080, tls: false, path: "/onvif/device_service" },
    path: "/onvif/ptz_service",
    profileTokens: ["Profile_Main_1"],
    login: { username: "admin", password: "watchfloor-demo" },
    loginKind: "ws-username-token",
    clockOffsetMs: 0,
    fingerprint: null,
  });
  const pan = async (): Promise<number> => (await camera.status()).pan ?? 0;
  const isMoving = async (): Promise<boolean> => (await camera.status()).moving === true;
  try {
    await page.getByRole("group", { name: /^Tile \d: .*Car park/ }).click();
    await page.keyboard.press("p");
    await expect(pad(page)).toBeVisible();
    await console.shot(testInfo, "pad");
    await console.expectAccessible();

    await page.keyboard.down("Shift");
    await page.keyboard.down("ArrowRight");
    await expect(pad(page)).toHaveAttribute("data-ptz", "moving");
    await expect.poll(pan).toBeGreaterThan(0.18);
    // That far it takes longer than the camera goes on by itself: the move is renewed.
    expect(await isMoving()).toBe(true);
    await page.keyboard.up("ArrowRight");
    await page.keyboard.up("Shift");
    await expect.poll(isMoving).toBe(false);
    const stopped = await pan();

    const left = pad(page).getByRole("button", { name: "Turn the camera left" });
    await left.hover();
    await page.mouse.down();
    await expect.poll(pan).toBeLessThan(stopped - 0.05);
    await page.mouse.up();
    await expect.poll(isMoving).toBe(false);

    await pad(page).getByRole("button", { name: "Presets" }).click();
    await page.getByRole("menuitem", { name: "Far corner" }).click();
    await expect.poll(pan, { timeout: 15_000 }).toBeCloseTo(0.7, 2);
    await page.keyboard.press("h");
    await expect.poll(pan, { timeout: 15_000 }).toBe(0);

    await page.keyboard.down("Shift");
    await page.keyboard.down("ArrowLeft");
    await expect.poll(isMoving).toBe(true);
    await console.app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
    });
    await expect.poll(isMoving, { timeout: 3_000 }).toBe(false);
  } finally {
    camera.close();
  }
});
