/** Running the two test runners. */
import { spawn } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { startDisplay } from "./display.mjs";
import { findProgram } from "./libraries.mjs";
import { nodeBinary, root } from "./places.mjs";
import { countPlaywright, countVitest } from "./reports.mjs";
import { commandOf } from "./tools.mjs";

const screen = { width: 1920, height: 1080 };
const results = join(root, "test-results");

/**
 * Runs Vitest's projects with their output shown.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<import("./reports.mjs").Counts>}
 */
export async function runVitest(env) {
  const file = join(results, "vitest.json");
  await freshFile(file);
  const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const code = await show(await commandOf({ name: "vitest", package: "vitest", args }), env);
  return countVitest(file, code);
}

/**
 * Runs the end-to-end tests, on Linux under a virtual display so that no window takes the person's screen.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} filters file names or flags for Playwright
 * @returns {Promise<import("./reports.mjs").Counts>}
 */
export async function runPlaywright(env, filters = []) {
  const file = join(results, "playwright.json");
  await freshFile(file);
  const display =
    process.platform === "linux" && findProgram("Xvfb") !== null ? await startDisplay(screen) : null;
  try {
    const args = ["test", "--reporter=list,json", ...filters];
    const command = await commandOf({ name: "e2e", package: "@playwright/test", bin: "playwright", args });
    const code = await show(command, { ...env, ...display?.env, PLAYWRIGHT_JSON_OUTPUT_FILE: file });
    return await countPlaywright(file, code);
  } finally {
    await display?.stop();
  }
}

async function freshFile(/** @type {string} */ file) {
  await mkdir(results, { recursive: true });
  await rm(file, { force: true });
}

/**
 * Runs Node with its output shown, to its end; Ctrl+C and a kill of this script end it as well.
 *
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>}
 */
function show(args, env) {
  return new Promise((done, fail) => {
    const child = spawn(nodeBinary(), args, { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] });
    const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    process.on("SIGINT", forward).on("SIGTERM", forward);
    child.once("error", fail);
    child.once("close", (code) => {
      process.off("SIGINT", forward).off("SIGTERM", forward);
      done(code ?? 1);
    });
  });
}
