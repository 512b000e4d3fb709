/**
 * `npm run demo` and `npm start`: sets the clone up and opens Watchfloor.
 *
 * Flags: --user-data-dir DIR, --cameras N, --headless, --seconds N, --shots DIR, --no-install, --retry-electron.
 * With --headless the report of the form goes to stdout and the exit code says whether every camera
 * was live.
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { constants, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { lacksDisplay, startDisplay } from "./setup/display.mjs";
import { readFlags, wholeNumber } from "./setup/flags.mjs";
import { root } from "./setup/places.mjs";
import { prepare } from "./setup/prepare.mjs";
import { Refusal, runScript, say, step } from "./setup/steps.mjs";

const startedAt = Date.now();
const defaultHeadlessSeconds = 30;
const screen = { width: 1920, height: 1080 };

async function main() {
  const { values, positionals } = readFlags(process.argv.slice(2), {
    "user-data-dir": { type: "string" },
    cameras: { type: "string" },
    headless: { type: "boolean" },
    seconds: { type: "string" },
    shots: { type: "string" },
    "no-install": { type: "boolean" },
    "retry-electron": { type: "boolean" },
  });
  const mode = positionals[0] ?? "start";
  if ((mode !== "demo" && mode !== "start") || positionals.length > 1)
    throw new Refusal("Usage: npm run demo or npm start, flags after --.");
  const isHeadless = values.headless === true;
  const { runtime, env } = await prepare({
    install: values["no-install"] !== true,
    retryElectron: values["retry-electron"] === true,
    needsDisplay: isHeadless && lacksDisplay(),
  });
  if (!isHeadless && lacksDisplay())
    throw new Refusal("There is no display to open a window on.", [
      "Run it with: npm run demo -- --headless --seconds 20 --shots shots",
    ]);
  const throwAway = mode === "demo" && values["user-data-dir"] === undefined;
  const profile = throwAway
    ? await mkdtemp(join(tmpdir(), "watchfloor-demo-"))
    : values["user-data-dir"] && resolve(values["user-data-dir"]);
  const display = isHeadless && lacksDisplay() ? await step("display", () => startDisplay(screen)) : null;
  try {
    const args = appArguments(mode, isHeadless, values, profile);
    say(`Watchfloor runs on Electron ${runtime.electron} (${runtime.source})`);
    return await runApp(runtime.binary, args, { ...env, ...display?.env }, isHeadless);
  } finally {
    await display?.stop();
    if (throwAway && profile) await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * @param {string} mode
 * @param {boolean} isHeadless
 * @param {Record<string, string | boolean | undefined>} values
 * @param {string | undefined} profile
 */
function appArguments(mode, isHeadless, values, profile) {
  const cameras = wholeNumber(text(values.cameras), { name: "cameras", min: 1, max: 64 });
  const seconds = wholeNumber(text(values.seconds), { name: "seconds", min: 1, max: 86_400 });
  const args = [root, `--started-at=${startedAt}`];
  if (process.platform === "linux" && process.getuid?.() === 0) args.push("--no-sandbox");
  if (profile) args.push(`--user-data-dir=${profile}`);
  if (mode === "demo") args.push("--demo");
  if (cameras !== null) args.push(`--cameras=${cameras}`);
  if (isHeadless) args.push(`--report-seconds=${seconds ?? defaultHeadlessSeconds}`);
  const shots = text(values.shots);
  if (shots !== undefined) args.push(`--shots=${resolve(shots)}`);
  return args;
}

/** @returns {string | undefined} */
function text(/** @type {string | boolean | undefined} */ value) {
  return typeof value === "string" ? value : undefined;
}

/**
 * Runs the app to its end; Ctrl+C and a kill of this script end the app as well.
 *
 * @param {string} binary
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {boolean} isHeadless without a desktop there is no message bus, of which Chromium complains at length
 * @returns {Promise<number>} its exit code
 */
function runApp(binary, args, env, isHeadless) {
  return new Promise((done, fail) => {
    const stderr = isHeadless ? "pipe" : "inherit";
    const child = spawn(binary, args, { cwd: root, env, stdio: ["ignore", "inherit", stderr] });
    if (child.stderr !== null)
      createInterface({ input: child.stderr }).on("line", (line) => {
        if (!/ERROR:(?:bus|object_proxy)\.cc\(/.test(line)) process.stderr.write(`${line}\n`);
      });
    const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    process.on("SIGINT", forward).on("SIGTERM", forward);
    child.once("error", fail);
    child.once("exit", (code, signal) => {
      process.off("SIGINT", forward).off("SIGTERM", forward);
      done(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

await runScript(main);
