/**
 * `npm run bench -- NAME [--quick]`: runs tests/bench/NAME.bench.ts and checks its last line.
 *
 * The benchmark prints what it likes and ends with one JSON line of the form
 * `{"bench":…,"ours":{…},"peer":{"name":…},"ratio":{…},"limits":{…},"pass":…,"runtime":…}`. Exit code 0 only
 * when it passes and the line has that form.
 */
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { faultsOfBenchLine } from "./setup/bench-line.mjs";
import { startDisplay } from "./setup/display.mjs";
import { readFlags } from "./setup/flags.mjs";
import { findProgram } from "./setup/libraries.mjs";
import { nodeBinary, root } from "./setup/places.mjs";
import { prepare } from "./setup/prepare.mjs";
import { Refusal, runScript, say } from "./setup/steps.mjs";

const folder = join(root, "tests", "bench");
const screen = { width: 2560, height: 1440 };

await runScript(async () => {
  const { values, positionals } = readFlags(process.argv.slice(2), {
    quick: { type: "boolean" },
    "no-install": { type: "boolean" },
  });
  const names = readdirSync(folder).flatMap((file) => /^(.+)\.bench\.ts$/.exec(file)?.[1] ?? []);
  const name = positionals[0];
  if (name === undefined || !names.includes(name))
    throw new Refusal("Name one benchmark: npm run bench -- NAME [--quick]", names);
  const isLinux = process.platform === "linux";
  const { env } = await prepare({ install: values["no-install"] !== true, needsDisplay: isLinux });
  const display = isLinux && findProgram("Xvfb") !== null ? await startDisplay(screen) : null;
  try {
    const args = [join(folder, `${name}.bench.ts`), ...(values.quick === true ? ["--quick"] : [])];
    const { code, lastLine } = await runBench(args, { ...env, ...display?.env });
    const faults = faultsOfBenchLine(parse(lastLine), name);
    for (const fault of faults) say(`the benchmark's last line: ${fault}`);
    return faults.length > 0 ? 1 : code;
  } finally {
    await display?.stop();
  }
});

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ code: number, lastLine: string }>}
 */
function runBench(args, env) {
  return new Promise((done, fail) => {
    const child = spawn(nodeBinary(), args, { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
    let tail = "";
    child.stdout.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
      process.stdout.write(text);
      tail = (tail + text).slice(-100_000);
    });
    child.once("error", fail);
    child.once("close", (code) =>
      done({ code: code ?? 1, lastLine: tail.trimEnd().split("\n").at(-1) ?? "" }),
    );
  });
}

/** @returns {unknown} undefined for text that is not JSON */
function parse(/** @type {string} */ line) {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
