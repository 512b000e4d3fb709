/** The checks, one tool each, run with Node 24 from node_modules. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { childEnvironment, nodeBinary, root } from "./places.mjs";
import { capture } from "./run.mjs";
import { say } from "./steps.mjs";

/**
 * @typedef {{ name: string, args: string[] } & ({ package: string, bin?: string } | { script: string })} Tool
 * `bin` names the command where the package has several; `script` is one of the clone's own
 */

/** @type {Tool} */
export const types = { name: "types", package: "typescript", bin: "tsc", args: ["-b"] };
/** @type {Tool} */
export const directions = {
  name: "directions",
  package: "dependency-cruiser",
  bin: "depcruise",
  args: ["--config", ".dependency-cruiser.cjs", "electron", "renderer", "shared"],
};
/** @type {Tool} */
export const format = {
  name: "format",
  package: "prettier",
  args: ["--check", "--log-level", "warn", "--cache", "--cache-location=.cache/prettier", "."],
};
/** @type {Tool} */
export const lint = { name: "lint", package: "oxlint", args: ["--type-aware", "--quiet"] };
/** @type {Tool} */
export const deadCode = { name: "dead code", package: "knip", args: ["--no-progress", "--no-config-hints"] };

/** @type {Tool} */
export const notices = { name: "third-party notices", script: "scripts/notices.mjs", args: ["--check"] };

/** @returns {Promise<string[]>} Node's arguments that run a tool */
export async function commandOf(/** @type {Tool} */ tool) {
  if ("script" in tool) return [join(root, tool.script), ...tool.args];
  const folder = join(root, "node_modules", ...tool.package.split("/"));
  const { bin } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = typeof bin === "string" ? bin : (bin[tool.bin ?? tool.package] ?? Object.values(bin)[0]);
  return [join(folder, file), ...tool.args];
}

/**
 * Runs one tool and says what it came to; a failing tool's own words follow.
 *
 * @param {Tool} tool
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<boolean>} whether it passed
 */
export async function runTool(tool, env = childEnvironment()) {
  const startedAt = performance.now();
  const { code, output } = await capture(nodeBinary(), await commandOf(tool), { env });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  say(`${code === 0 ? "✓" : "✗"} ${tool.name} (${seconds} s)`);
  if (code !== 0) say(output.trimEnd());
  return code === 0;
}
