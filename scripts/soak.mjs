/**
 * `npm run soak -- [--minutes N] [--cameras N] [--seed N]`: simulated cameras in the real app while faults strike
 * every 10 s. Ends with one JSON line; exit code 0 when nothing crashed, no tile lied and memory stayed level.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { startDisplay } from "./setup/display.mjs";
import { readFlags, wholeNumber } from "./setup/flags.mjs";
import { findProgram } from "./setup/libraries.mjs";
import { nodeBinary, root } from "./setup/places.mjs";
import { prepare } from "./setup/prepare.mjs";
import { runScript } from "./setup/steps.mjs";

const screen = { width: 1920, height: 1080 };

await runScript(async () => {
  const { values } = readFlags(process.argv.slice(2), {
    minutes: { type: "string" },
    cameras: { type: "string" },
    seed: { type: "string" },
    "no-install": { type: "boolean" },
  });
  const minutes = wholeNumber(values.minutes, { name: "minutes", min: 1, max: 10_080 }) ?? 30;
  const cameras = wholeNumber(values.cameras, { name: "cameras", min: 1, max: 64 }) ?? 16;
  const seed = wholeNumber(values.seed, { name: "seed", min: 0, max: 1_000_000 }) ?? 1;
  const isLinux = process.platform === "linux";
  const { env } = await prepare({ install: values["no-install"] !== true, needsDisplay: isLinux });
  const display = isLinux && findProgram("Xvfb") !== null ? await startDisplay(screen) : null;
  try {
    return await run(
      [
        join(root, "tests", "soak", "site.soak.ts"),
        `--minutes=${minutes}`,
        `--cameras=${cameras}`,
        `--seed=${seed}`,
      ],
      { ...env, ...display?.env },
    );
  } finally {
    await display?.stop();
  }
});

/** @returns {Promise<number>} */
function run(/** @type {string[]} */ args, /** @type {NodeJS.ProcessEnv} */ env) {
  return new Promise((done, fail) => {
    const child = spawn(nodeBinary(), args, { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] });
    child.once("error", fail);
    child.once("close", (code) => done(code ?? 1));
  });
}
