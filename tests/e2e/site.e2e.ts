import { expect, test } from "./harness.ts";
import { discoverAndAdopt, showWall } from "./steps.ts";

const tile = (number: number): string => `[data-tile] [data-channel="${number}"]`;

test("cameras are discovered, adopted and live on a wall; a stalled one says so and comes back", async ({
  launch,
  startCameras,
}, testInfo) => {
  const site = await startCameras({ cameras: 4 });
  const console = await launch({ args: ["--loopback"] });
  const { page } = console;
  await expect(page.getByRole("button", { name: "Find cameras" })).toBeVisible();
  await console.shot(testInfo, "1-first-run");
  await console.expectAccessible();

  await discoverAndAdopt(page, site);
  await console.shot(testInfo, "2-adopted");
  await console.expectAccessible();

  await showWall(page, site.cameras.length);
  await console.shot(testInfo, "3-live");
  await console.expectAccessible();

  const [camera] = site.cameras;
  camera?.setFault({ kind: "rtsp-stall" });
  await expect(page.locator(`${tile(1)}[data-state="stale"]`)).toBeVisible({ timeout: 15_000 });
  await console.shot(testInfo, "4-stale");
  await expect(page.locator(`${tile(2)}[data-state="live"]`)).toBeVisible();

  camera?.clearFaults();
  await expect(page.locator(`${tile(1)}[data-state="live"]`)).toBeVisible({ timeout: 45_000 });
  await console.shot(testInfo, "5-back");
});
