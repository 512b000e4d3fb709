import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./harness.ts";
import { discoverAndAdopt, showWall } from "./steps.ts";

const comesBack = { timeout: 60_000 };

const pictureOf = (page: Page, name: string): Locator =>
  page.locator("[data-tile]", { hasText: name }).locator("[data-state]");

async function expectState(page: Page, name: string, state: string, within = 30_000): Promise<void> {
  await expect(pictureOf(page, name)).toHaveAttribute("data-state", state, { timeout: within });
}

test("what is wrong with one camera is said on its tile, mended as said, and disturbs no other", async ({
  launch,
  startCameras,
}, testInfo) => {
  test.setTimeout(240_000);
  const site = await startCameras({
    auth: { kind: "digest" },
    cameras: [
      { name: "Gate", scene: "gate" },
      { name: "Lobby", scene: "lobby" },
      { name: "Dock", scene: "loading-bay" },
    ],
  });
  const [gate, lobby, dock] = site.cameras;
  if (gate === undefined || lobby === undefined || dock === undefined) throw new Error("no cameras");
  const console = await launch({ args: ["--loopback"] });
  const { page } = console;
  await discoverAndAdopt(page, site);
  await showWall(page, site.cameras.length);
  const statistics = page.getByLabel("Stream statistics");

  await test.step("killed and refusing: lost with its reason and the next attempt, then live", async () => {
    gate.setFault({ kind: "rtsp-refuse" });
    await expectState(page, "Gate", "lost");
    await expect(pictureOf(page, "Gate")).toContainText("Camera lost: connection refused");
    await expect(pictureOf(page, "Gate")).toContainText(/next try in|trying now/);
    await expectState(page, "Dock", "live");
    await console.shot(testInfo, "lost");
    gate.clearFaults();
    await expectState(page, "Gate", "live", 60_000);
  });

  await test.step("its pictures change size: the same tile goes on with the new size, and back", async () => {
    await page.locator("[data-tile]", { hasText: "Gate" }).click();
    await page.keyboard.press("i");
    await expect(statistics).toContainText("640×360");
    gate.setFault({ kind: "rtsp-resolution-change" });
    await expect(statistics).toContainText("1280×720", comesBack);
    await expectState(page, "Gate", "live");
    gate.clearFaults();
    await expect(statistics).toContainText("640×360", comesBack);
    await expectState(page, "Gate", "live");
    await page.keyboard.press("i");
  });

  await test.step("its clock jumps by an hour: the picture is new, and is called live", async () => {
    lobby.skewClock(3_600_000);
    lobby.setFault({ kind: "rtsp-kill" });
    await expectState(page, "Lobby", "live", 60_000);
    lobby.skewClock(-7_200_000);
    lobby.setFault({ kind: "rtsp-kill" });
    await expectState(page, "Lobby", "live", 60_000);
    lobby.skewClock(3_600_000);
  });

  await test.step("standard mode: live, and live again after a cut connection", async () => {
    const tile = page.locator("[data-tile]", { hasText: "Lobby" });
    await tile.click();
    await page.keyboard.press("m");
    await tile.click({ button: "right" });
    await page.getByRole("menuitem", { name: "Mode: Standard" }).click();
    const standard = tile.locator('[data-mode="standard"][data-state="live"]');
    await expect(standard).toHaveCount(1, comesBack);
    await expect(tile.locator("video")).toHaveCount(1, comesBack);
    const positionS = (): Promise<number> =>
      tile.locator("video").evaluate((video) => (video instanceof HTMLVideoElement ? video.currentTime : 0));
    const before = await positionS();
    await expect.poll(positionS).toBeGreaterThan(before + 2);
    lobby.setFault({ kind: "rtsp-kill" });
    const cutAt = await positionS();
    await expect.poll(positionS, comesBack).toBeGreaterThan(cutAt + 6);
    await expect(standard).toHaveCount(1, comesBack);
    await console.shot(testInfo, "standard");
    await page.keyboard.press("m");
  });

  await test.step("a reboot to a new address: found again and live", async () => {
    const before = dock.host;
    await dock.reboot({ newAddress: "next" });
    expect(dock.host).not.toBe(before);
    await expect(pictureOf(page, "Dock")).not.toHaveAttribute("data-state", "live");
    await expectState(page, "Dock", "live", 90_000);
    await expectState(page, "Gate", "live");
  });

  await test.step("a new password at the camera: no access in words; the right login brings it back", async () => {
    gate.setPassword("another password");
    gate.setFault({ kind: "rtsp-kill" });
    await expectState(page, "Gate", "denied");
    await expect(pictureOf(page, "Gate")).toContainText("No access: wrong password");
    await expect(pictureOf(page, "Gate")).toContainText("Choose or add the right login");
    await console.shot(testInfo, "denied");
    await page
      .getByRole("link", { name: "Devices" })
      .or(page.getByRole("button", { name: "Devices" }))
      .click();
    await page.getByRole("row", { name: "Gate" }).click({ button: "right" });
    await page.getByRole("menuitem", { name: "Change login…" }).click();
    const dialog = page.getByRole("dialog", { name: /Login of/ });
    await dialog.getByLabel("User name").fill(gate.username);
    await dialog.getByLabel("Password", { exact: true }).fill("another password");
    await dialog.getByRole("button", { name: "Add login" }).click();
    await expect(dialog.getByLabel("Password", { exact: true })).toHaveValue("");
    await dialog.getByRole("button", { name: "Use this login" }).click();
    await expect(page.getByText("Gate uses another login now")).toBeVisible();
    await page
      .getByRole("link", { name: "Live" })
      .or(page.getByRole("button", { name: "Live" }))
      .first()
      .click();
    await expectState(page, "Gate", "live", 60_000);
  });
});

test("main stream nobody can decode, maximise, sound of one tile, drag and drop, full screen", async ({
  launch,
  userDataDir,
}, testInfo) => {
  const cameras = 5;
  const console = await launch({ args: ["--demo", `--cameras=${cameras}`], env: { HOME: userDataDir } });
  const { page } = console;
  const tiles = page.locator("[data-tile]");
  const live = page.locator('[data-tile] [data-state="live"]');
  await expect(live).toHaveCount(cameras, { timeout: 60_000 });

  await test.step("H.265 main stream: the sub stream is shown large, and the tile says so", async () => {
    await page.locator("[data-tile]", { hasText: "Loading bay" }).dblclick();
    await expect(tiles).toHaveCount(1);
    const picture = pictureOf(page, "Loading bay");
    await expect(picture).toHaveAttribute("data-state", "live");
    await expect(picture).toHaveAttribute("data-role", "sub");
    await expect(picture).toContainText("H.265 main stream cannot be shown here: sub stream");
    await console.shot(testInfo, "h265");
    await page.keyboard.press("Escape");
    await expect(live).toHaveCount(cameras, { timeout: 30_000 });
  });

  await test.step("sound is heard from one tile only", async () => {
    const heard = (): Promise<number> =>
      page.evaluate(() => [...document.querySelectorAll("video")].filter((video) => !video.muted).length);
    await page.locator("[data-tile]", { hasText: "Lobby" }).click();
    await page.keyboard.press("m");
    await expect.poll(heard).toBe(1);
    await expect(
      page.locator("[data-tile]", { hasText: "Lobby" }).locator('[data-state="live"]'),
    ).toHaveCount(1);
    await page.keyboard.press("m");
    await expect.poll(heard).toBe(0);
  });

  await test.step("drag and drop: a camera from the list to a tile, and two tiles change places", async () => {
    await tiles.nth(0).click();
    await page.keyboard.press("l");
    const list = page.getByRole("complementary", { name: "Cameras" });
    await list.getByRole("button", { name: /Corridor/ }).dragTo(tiles.nth(7));
    await expect(tiles.nth(7)).toContainText("Corridor");
    await expect(tiles.nth(7).locator('[data-state="live"]')).toHaveCount(1, { timeout: 30_000 });
    const first = await tiles.nth(0).getAttribute("aria-label");
    await tiles
      .nth(0)
      .dragTo(tiles.nth(1), { sourcePosition: { x: 40, y: 60 }, targetPosition: { x: 60, y: 60 } });
    await expect(tiles.nth(1)).toHaveAttribute("aria-label", (first ?? "").replace("Tile 1", "Tile 2"));
    await page.keyboard.press("Control+z");
    await expect(tiles.nth(0)).toHaveAttribute("aria-label", first ?? "");
    await console.shot(testInfo, "dropped");
  });

  await test.step("full screen and back", async () => {
    await tiles.nth(0).click();
    await page.keyboard.press("F11");
    const isFull = (): Promise<boolean> =>
      console.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isFullScreen() ?? false);
    await expect.poll(isFull).toBe(true);
    await expect(page.getByRole("button", { name: "Full screen", exact: true })).toHaveCount(0);
    await page.keyboard.press("F11");
    await expect.poll(isFull).toBe(false);
    await expect(page.getByRole("button", { name: "Full screen", exact: true })).toBeVisible();
    await expect(live).toHaveCount(cameras + 1, { timeout: 30_000 });
  });
});
