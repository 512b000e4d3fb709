/** System libraries and programs: what is missing, and how this machine gets it. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { capture, tail } from "./run.mjs";
import { Refusal, step } from "./steps.mjs";

/** Debian packages Electron needs; where a release renamed one for 64-bit time, the newer name is tried first. */
const electronPackages = [
  ["libgtk-3-0t64", "libgtk-3-0"],
  ["libnss3"],
  ["libasound2t64", "libasound2"],
  ["libgbm1"],
  ["libatk-bridge2.0-0t64", "libatk-bridge2.0-0"],
  ["libxss1"],
  ["libdrm2"],
];
const displayPackages = [["xvfb"], ["xauth"]];
const compilerPackages = [["g++"], ["make"], ["python3"]];

/**
 * Makes sure that Electron finds its shared libraries and, where asked, that there is a virtual display.
 *
 * @param {{ binary: string, needsDisplay: boolean }} options
 */
export async function prepareLibraries({ binary, needsDisplay }) {
  if (process.platform !== "linux") return;
  await step("system libraries", async (note) => {
    const missing = await missingLibraries(binary);
    const wanted = [
      ...(missing.length > 0 ? electronPackages : []),
      ...(needsDisplay && findProgram("Xvfb") === null ? displayPackages : []),
    ];
    if (wanted.length === 0) {
      note("present");
      return;
    }
    await install(wanted, note);
    const still = await missingLibraries(binary);
    if (still.length > 0) throw new Refusal(`These libraries are still missing: ${still.join(", ")}.`);
  });
}

/** Makes sure that a C++ compiler, make and Python are there. Called inside the step that compiles. */
export async function prepareCompiler() {
  const isComplete = ["g++", "make", "python3"].every((program) => findProgram(program) !== null);
  if (!isComplete) await install(compilerPackages, () => {});
}

/** @param {string} name a program; answers its path or null */
export function findProgram(name) {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    if (folder !== "" && existsSync(join(folder, name))) return join(folder, name);
  }
  return null;
}

/** The names `ldd` does not find; empty where there is no `ldd` to ask. */
async function missingLibraries(/** @type {string} */ binary) {
  const { output } = await capture("ldd", [binary]);
  return output
    .split("\n")
    .filter((line) => line.includes("not found"))
    .map((line) => line.trim().split(" ")[0] ?? "");
}

/**
 * @param {string[][]} groups
 * @param {(text: string) => void} note
 */
async function install(groups, note) {
  if (findProgram("apt-get") === null)
    throw new Refusal("Some system packages are missing, and this is not a Debian or Ubuntu machine.", [
      "Install what provides these Debian packages with your system's own tool:",
      groups.map((names) => names.at(-1)).join(" "),
    ]);
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await apt(["update", "-qq"]);
  const names = await Promise.all(groups.map(availableName));
  if (!isRoot)
    throw new Refusal("Some system packages are missing, and only root can install them.", [
      `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(" ")}`,
      "Then run the same command again.",
    ]);
  await apt(["install", "-y", "--no-install-recommends", ...names]);
  note(`installed ${names.join(" ")}`);
}

/** The first name apt has a package for; the last one where it knows none. */
async function availableName(/** @type {string[]} */ names) {
  for (const name of names) {
    const { output } = await capture("apt-cache", ["policy", name]);
    if (/Candidate: (?!\(none\))/.test(output)) return name;
  }
  return names.at(-1) ?? "";
}

async function apt(/** @type {string[]} */ args) {
  const { code, output } = await capture("apt-get", args, {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  if (code !== 0)
    throw new Refusal(`apt-get could not do its part:\n${tail(output)}`, [`apt-get ${args.join(" ")}`]);
}
