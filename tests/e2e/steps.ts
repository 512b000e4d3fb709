import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Locator, Page } from "@playwright/test";
import type { Site } from "../../electron/simulator/site-api.ts";
import { expect } from "@playwright/test";
import type { ConsoleUnderTest, LaunchOptions } from "./console-under-test.ts";

/** A passphrase for the vault of a machine without a keychain, which every test machine is. */
export const passphrase = "correct horse battery staple";

/** From a page with no cameras: discovery, choosing the site's own cameras, a login, adopting. As a person does it. */
export async function discoverAndAdopt(page: Page, site: Site): Promise<void> {
  await page.getByRole("button", { name: "Find cameras" }).click();
  const search = page.getByRole("button", { name: /^Search/ });
  await search.click();
  for (const { host, httpPort } of site.cameras) {
    const line = page.getByRole("listitem").filter({ hasText: `${host}:${httpPort}` });
    // A busy computer may miss a probe: searching again is what a person would do.
    await expect(async () => {
      if (!(await line.isVisible()) && (await search.isVisible())) await search.click();
      await expect(line).toBeVisible({ timeout: 4_000 });
    }).toPass({ timeout: 30_000 });
    await line.locator("label").first().click();
  }
  await page.getByRole("button", { name: /^Adopt \d+ device/ }).click();
  const dialog = page.getByRole("dialog").filter({ hasText: /Adopt \d+ device/ });
  await unlockVault(dialog.page());
  const { username, password } = firstOf(site);
  await dialog.getByLabel("User name").fill(username);
  await dialog.getByLabel("Password", { exact: true }).fill(password);
  await dialog.getByRole("button", { name: "Add login" }).click();
  await expect(dialog.getByRole("checkbox").first()).toBeChecked();
  await dialog.getByRole("button", { name: "Adopt", exact: true }).click();
  await expect(dialog.getByText(`${site.cameras.length} adopted`)).toBeVisible({ timeout: 60_000 });
  await dialog.getByRole("button", { name: "Done" }).click();
}

async function unlockVault(page: Page): Promise<void> {
  const field = page.getByLabel("Passphrase", { exact: true });
  const login = page.getByLabel("User name");
  await expect(field.or(login).first()).toBeVisible();
  if (!(await field.isVisible())) return;
  await field.fill(passphrase);
  await page.getByLabel("Passphrase again").fill(passphrase);
  await page.getByRole("button", { name: "Use this passphrase" }).click();
}

/** Goes to the wall and waits until every camera of the site is shown live. */
export async function showWall(page: Page, cameras: number): Promise<void> {
  await page.getByRole("button", { name: "Close" }).first().click();
  await page
    .getByRole("link", { name: "Live" })
    .or(page.getByRole("button", { name: "Live" }))
    .first()
    .click();
  await expect(page.locator('[data-tile] [data-state="live"]')).toHaveCount(cameras, { timeout: 30_000 });
}

function firstOf(site: Site): Site["cameras"][number] {
  const camera = site.cameras[0];
  if (camera === undefined) throw new Error("the site has no camera");
  return camera;
}

/** How the app is started on a simulated site of its own, with pictures saved beside its data. */
export const demo = (userDataDir: string, cameras: number): Pick<LaunchOptions, "args" | "env"> => ({
  args: ["--demo", `--cameras=${cameras}`],
  env: { HOME: userDataDir },
});

/** The wall's tiles in a state. */
export const tilesIn = (page: Page, state: string): Locator =>
  page.locator(`[data-tile] [data-state="${state}"]`);

/** The demo site is on the wall and every tile has proven its picture live. */
export async function onLiveWall({ page }: ConsoleUnderTest, cameras: number): Promise<Page> {
  await expect(tilesIn(page, "live")).toHaveCount(cameras, { timeout: 90_000 });
  return page;
}

/** The simulated site's process: stopping it is a site whose cameras all hang. */
export async function simulatorPid({ app }: ConsoleUnderTest): Promise<number> {
  const pid = await app.evaluate(
    ({ app: main }) =>
      main
        .getAppMetrics()
        .find(({ name = "", serviceName = "" }) => /simulat/i.test(`${name} ${serviceName}`))?.pid,
  );
  if (pid === undefined) throw new Error("no process of the simulated site");
  return pid;
}

/** Closes the app on a sound site and writes what is no database over its file. */
export async function damageSite(console: ConsoleUnderTest): Promise<void> {
  await console.close();
  await writeFile(path.join(console.userDataDir, "site.sqlite3"), "no database at all".repeat(500));
}
