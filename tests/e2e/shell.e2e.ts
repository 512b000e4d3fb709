import { spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "./harness.ts";
import { projectRoot, readRuntime } from "./runtime.ts";
import { damageSite } from "./steps.ts";

const rootless = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

/** Starts the app beside the harness and answers its exit code and what it said. */
async function runOnce(
  userDataDir: string,
  ...flags: string[]
): Promise<{ code: number | null; said: string }> {
  const { binary, sqliteBinding } = readRuntime();
  const child = spawn(binary, [projectRoot, ...rootless, `--user-data-dir=${userDataDir}`, ...flags], {
    env: { ...process.env, ...(sqliteBinding === null ? {} : { WATCHFLOOR_SQLITE_BINDING: sqliteBinding }) },
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { code, said };
}

const logOf = (userDataDir: string): Promise<string> =>
  readFile(path.join(userDataDir, "logs", "watchfloor.log"), "utf8");

test("a second start of the same site ends at once and the first goes on", async ({
  launch,
  userDataDir,
}) => {
  const { app } = await launch();
  const { code } = await runOnce(userDataDir);
  expect(code).toBe(0);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test("a window's page that crashes is loaded again, and it is said", async ({ launch, userDataDir }) => {
  const console = await launch();
  console.tolerate(/crashed/);
  await console.page.waitForLoadState("load");
  await console.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
  await expect.poll(() => logOf(userDataDir)).toContain("a window's page crashed");
  await expect
    .poll(() =>
      console.app.evaluate(async ({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        if (contents === undefined || contents.isCrashed() || contents.isLoading()) return "not there";
        return contents.executeJavaScript("document.body.innerText") as Promise<string>;
      }),
    )
    .toContain("A window stopped");
});

test("the media process that is killed is started again, and it is said", async ({ launch, userDataDir }) => {
  const console = await launch();
  console.tolerate(/media process ended/);
  const mediaPid = (): Promise<number> =>
    console.app.evaluate(
      ({ app }) => app.getAppMetrics().find(({ name }) => name === "Watchfloor media")?.pid ?? 0,
    );
  await expect.poll(mediaPid).toBeGreaterThan(0);
  const before = await mediaPid();
  process.kill(before, "SIGKILL");
  await expect.poll(async () => ![0, before].includes(await mediaPid())).toBe(true);
  expect(await logOf(userDataDir)).toContain("the media process ended");
  await expect(console.page.getByText("picture service stopped")).toBeVisible();
});

test("a window comes back where it stood, and one that stood off every screen is brought back", async ({
  launch,
  userDataDir,
}) => {
  const first = await launch();
  const bounds = { x: 60, y: 40, width: 1111, height: 666 };
  await first.app.evaluate(
    ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to),
    bounds,
  );
  await expect
    .poll(() =>
      first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds()),
    )
    .toMatchObject({ width: 1111, height: 666 });
  await first.close();
  const second = await launch();
  const now = await second.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getNormalBounds(),
  );
  expect(now).toMatchObject({ width: 1111, height: 666 });
  await second.close();

  const db = new Database(path.join(userDataDir, "site.sqlite3"));
  db.prepare("update window_place set x = 90000, y = -90000, display_id = 4711").run();
  db.close();
  const third = await launch();
  const seen = await third.app.evaluate(({ BrowserWindow, screen }) => {
    const at = BrowserWindow.getAllWindows()[0]?.getNormalBounds();
    const { workArea } = screen.getPrimaryDisplay();
    return at !== undefined && at.x >= workArea.x && at.x < workArea.x + workArea.width && at.y >= workArea.y;
  });
  expect(seen).toBe(true);
});

test("nobody there to ask: a damaged site is set aside, the last copy restored, and both are said", async ({
  launch,
  userDataDir,
}) => {
  await damageSite(await launch());
  const second = await launch({ args: ["--report-seconds=120"] });
  await expect(second.page.getByText("a copy was restored")).toBeVisible();
  const kept = (await readdir(userDataDir)).filter((name) => name.startsWith("site-damaged-"));
  expect(kept).toHaveLength(1);
});

test("a site of a newer version is refused in words and not touched", async ({ launch, userDataDir }) => {
  const first = await launch();
  first.tolerate(/site not opened reason=newer-version/);
  await first.close();
  const file = path.join(userDataDir, "site.sqlite3");
  const db = new Database(file);
  db.pragma("user_version = 4711");
  db.close();
  const before = await readFile(file);
  const { code, said } = await runOnce(userDataDir, "--report-seconds=1");
  expect(code).toBe(1);
  expect(said).toContain("newer Watchfloor");
  expect((await readFile(file)).equals(before)).toBe(true);
});

test("everything stops within five seconds of being asked to", async ({ launch }) => {
  const { app } = await launch();
  const from = performance.now();
  await app.close();
  expect(performance.now() - from).toBeLessThan(5_000);
});

test("a further window opens beside the first, closes alone, and comes back when it was left open", async ({
  launch,
}) => {
  const first = await launch();
  const count = (console: typeof first): Promise<number> =>
    console.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  await expect(first.page.getByRole("navigation").first()).toBeVisible();
  const [further] = await Promise.all([
    first.app.waitForEvent("window"),
    first.page.keyboard.press("Control+Shift+N"),
  ]);
  await further.waitForLoadState("load");
  expect(further.url()).toBe(first.page.url());
  expect(await count(first)).toBe(2);
  await first.close();

  const second = await launch();
  await expect.poll(() => count(second)).toBe(2);
  await second.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()
      .sort((a, b) => a.id - b.id)
      .at(-1)
      ?.close();
  });
  await expect.poll(() => count(second)).toBe(1);
  await second.close();
  const third = await launch();
  expect(await count(third)).toBe(1);
});

test("the cameras' password is in no file that a run leaves behind", async ({ launch, userDataDir }) => {
  const console = await launch({ args: ["--demo", "--cameras=2"] });
  await expect.poll(() => logOf(userDataDir), { timeout: 60_000 }).toContain("demo wall made");
  await console.close();
  for (const name of await readdir(userDataDir, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    const bytes = await readFile(path.join(name.parentPath, name.name));
    expect(`${name.name} ${bytes.includes("watchfloor-demo") ? "holds the password" : "is clean"}`).toBe(
      `${name.name} is clean`,
    );
  }
});
