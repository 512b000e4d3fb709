import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { _electron, expect, type ElectronApplication, type Page, type TestInfo } from "@playwright/test";
import { projectRoot, readRuntime } from "./runtime.ts";

export interface LaunchOptions {
  /** The site's folder; the same one twice is a restart. */
  readonly userDataDir: string;
  /** App flags, `--demo` and the like. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The folder that is started; one that is not the product's goes on to it by itself. */
  readonly appFolder?: string;
}

/** Chromium says these without any fault of the page. */
const harmless = [/Electron Security Warning/, /GPU stall due to ReadPixels/];

/** The real app on real Electron, with everything it complained about. */
export class ConsoleUnderTest {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly userDataDir: string;
  readonly #complaints: string[];
  readonly #tolerated: RegExp[] = [];
  #isStopped = false;

  private constructor(app: ElectronApplication, page: Page, userDataDir: string, complaints: string[]) {
    this.app = app;
    this.page = page;
    this.userDataDir = userDataDir;
    this.#complaints = complaints;
  }

  /** Starts it and waits for its first window. */
  static async launch(options: LaunchOptions): Promise<ConsoleUnderTest> {
    const runtime = readRuntime();
    const app = await _electron.launch({
      executablePath: runtime.binary,
      args: [
        options.appFolder ?? projectRoot,
        `--user-data-dir=${options.userDataDir}`,
        ...(options.args ?? []),
      ],
      cwd: projectRoot,
      chromiumSandbox: process.getuid?.() !== 0,
      env: environment(runtime.sqliteBinding, options.env ?? {}),
    });
    const complaints: string[] = [];
    const listen = (page: Page): void => {
      page.on("pageerror", (error) => complaints.push(`page: ${error.stack ?? error.message}`));
      page.on("console", (message) => {
        if (message.type() === "error") complaints.push(`console: ${message.text()}`);
      });
      page.on("crash", () => complaints.push("page: crashed"));
    };
    app.on("window", listen);
    for (const page of app.windows()) listen(page);
    try {
      return new ConsoleUnderTest(app, await app.firstWindow(), options.userDataDir, complaints);
    } catch (error) {
      await app.close();
      throw error;
    }
  }

  /** This test provokes errors of that kind: they do not fail it. */
  tolerate(...patterns: readonly RegExp[]): void {
    this.#tolerated.push(...patterns);
  }

  /** Main's process id. */
  get pid(): number {
    const { pid } = this.app.process();
    if (pid === undefined) throw new Error("the app has no process");
    return pid;
  }

  /** A picture of the page, kept beside the test's results. */
  async shot(testInfo: TestInfo, name: string, page: Page = this.page): Promise<string> {
    const path = testInfo.outputPath(`${name}.png`);
    await page.screenshot({ path });
    return path;
  }

  /** WCAG A and AA and best practices by axe: any violation fails, with its rule and its elements. */
  async expectAccessible(page: Page = this.page): Promise<void> {
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode(true)
      // React Aria's live region keeps what it last said as an image named by text that may be gone by then.
      .exclude("[data-live-announcer]")
      .analyze();
    const words = violations.map(
      ({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.html.slice(0, 200)).join("; ")})`,
    );
    expect(words).toEqual([]);
  }

  /** Everything wrong so far: page errors, console errors, error lines of the log. */
  async complaints(): Promise<string[]> {
    const all = [...this.#complaints, ...(await this.#loggedErrors())];
    const ignored = [...harmless, ...this.#tolerated];
    return all.filter((text) => !ignored.some((pattern) => pattern.test(text)));
  }

  /** Closes the app as a person would; idempotent. */
  async close(): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    await this.app.close();
  }

  async #loggedErrors(): Promise<string[]> {
    const folder = join(this.userDataDir, "logs");
    const names = await readdir(folder).catch(() => []);
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
    return texts
      .flatMap((text) => text.split("\n"))
      .filter((line) => /^\S+ error /.test(line))
      .map((line) => `log: ${line}`);
  }
}

function environment(sqliteBinding: string | null, extra: Readonly<Record<string, string>>) {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
  delete env["ELECTRON_RUN_AS_NODE"];
  delete env["NODE_OPTIONS"];
  if (sqliteBinding !== null) env["WATCHFLOOR_SQLITE_BINDING"] = sqliteBinding;
  return { ...env, ...extra };
}
