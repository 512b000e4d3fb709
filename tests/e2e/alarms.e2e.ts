import { expect, test } from "./harness.ts";
import { discoverAndAdopt, showWall } from "./steps.ts";

test("a camera that is lost calls, is answered by keyboard alone, and is closed when it is back", async ({
  launch,
  startCameras,
}, testInfo) => {
  const site = await startCameras({ cameras: 2 });
  const console = await launch({ args: ["--loopback"] });
  const { page } = console;
  await discoverAndAdopt(page, site);
  await showWall(page, site.cameras.length);
  const { keyboard } = page;

  const [camera] = site.cameras;
  camera?.setFault({ kind: "rtsp-refuse" });
  camera?.setFault({ kind: "rtsp-kill" });
  // The status bar counts what main knows, and main has it from the tiles.
  await expect(page.getByText("1 lost")).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press("Control+2");
  const row = page.getByRole("row", { name: /Camera lost/ });
  await expect(row).toContainText("not acknowledged", { timeout: 30_000 });
  const desk = page.getByRole("region", { name: "Camera lost" });
  await expect(desk).toBeVisible();
  await console.shot(testInfo, "alarm-raised");
  await console.expectAccessible();

  await keyboard.press("a");
  await expect(row).toContainText("acknowledged, stands · local operator");
  await expect(desk.getByRole("button", { name: /^Close/ })).toBeDisabled();
  await keyboard.press("n");
  await keyboard.type("power of the mast is off");
  await keyboard.press("Enter");
  await expect(desk.getByText("power of the mast is off")).toBeVisible();

  camera?.clearFaults();
  await expect(row).toContainText("to be closed", { timeout: 45_000 });
  await keyboard.press("c");
  await keyboard.type("back by itself");
  await keyboard.press("Enter");
  await expect(page.getByText("No open alarms")).toBeVisible();
  await page.getByRole("radio", { name: "Closed" }).click();
  await row.click();
  await expect(desk.getByText(/closed.*back by itself/)).toBeVisible();
  await console.shot(testInfo, "alarm-closed");
  await console.expectAccessible();
});

test("a break-in is answered from the banner to the closed alarm by the keys and the steps on screen", async ({
  launch,
  startCameras,
}, testInfo) => {
  const site = await startCameras({ cameras: 1 });
  const [camera] = site.cameras;
  if (camera === undefined) throw new Error("the site has no camera");
  const console = await launch({ args: ["--loopback"] });
  const { page } = console;
  const { keyboard } = page;
  await discoverAndAdopt(page, site);
  await showWall(page, 1);
  await expect.poll(() => camera.counters.operation("PullMessages")).toBeGreaterThan(0);

  camera.raise("line-crossing");
  camera.raise("intrusion");
  await expect(page.getByText(`Intrusion · ${camera.name}`)).toBeVisible();
  await console.shot(testInfo, "break-in-banner");
  await keyboard.press("Control+2");
  const row = page.getByRole("row", { name: /Intrusion/ });
  await expect(row).toContainText("not acknowledged");
  const desk = page.getByRole("region", { name: "Intrusion" });
  await expect(desk.getByText("Look at the live picture")).toBeVisible();
  await keyboard.press("a");
  await expect(row).toContainText("acknowledged, stands");

  await keyboard.press("i");
  const due = desk.locator("[aria-current=step]");
  const steps = [
    "Look at the live picture",
    "Is somebody there",
    "Announce",
    "Call the patrol",
    "Keep the moment",
  ];
  for (const step of steps) {
    await expect(due).toContainText(step);
    // Who answered one step has the next one's first answer under the finger.
    await expect(due.getByRole("button").first()).toBeFocused();
    await keyboard.press("Enter");
  }
  await expect(desk.getByText(/What to do · (\d+) of \1 done/)).toBeVisible();
  await console.shot(testInfo, "break-in-steps-done");
  await console.expectAccessible();

  camera.raise("intrusion", { active: false });
  await expect(row).toContainText("to be closed");
  await keyboard.press("c");
  await keyboard.type("two people, gone when announced");
  await keyboard.press("Enter");
  await expect(page.getByText("No open alarms")).toBeVisible();
});
