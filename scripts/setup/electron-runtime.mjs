/** Which Electron this clone runs on, and how to start it. */
import { existsSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { downloadOfficial, presentOfficial } from "./electron-official.mjs";
import { registryRuntime } from "./electron-registry.mjs";
import { cacheFolder, childEnvironment } from "./places.mjs";
import { capture, tail } from "./run.mjs";
import { step } from "./steps.mjs";

/**
 * @typedef {{
 *   folder: string,
 *   binary: string,
 *   source: "official" | "registry" | "chosen",
 * }} ElectronFolder
 * @typedef {ElectronFolder & { electron: string, node: string, chromium: string, napi: number }} ElectronRuntime
 */

/**
 * Finds or prepares Electron: a folder the person chose (ELECTRON_OVERRIDE_DIST_PATH), the official download,
 * or the registry's runtime.
 *
 * @param {{ retry: boolean }} options
 * @returns {Promise<ElectronFolder>}
 */
export async function prepareElectron({ retry }) {
  return step("Electron", async (note) => {
    const chosen = process.env.ELECTRON_OVERRIDE_DIST_PATH;
    if (chosen !== undefined && chosen !== "") {
      note(`chosen by ELECTRON_OVERRIDE_DIST_PATH`);
      return place(chosen, "chosen");
    }
    const present = await presentOfficial();
    if (present !== null) {
      note("official, unchanged");
      return place(present, "official");
    }
    const outcome = await downloadOfficial({ retry });
    if ("folder" in outcome) {
      note("official, downloaded");
      return place(outcome.folder, "official");
    }
    let made = "unchanged";
    const folder = await registryRuntime((text) => {
      made = text;
    });
    note(`registry runtime, ${made}; official: ${outcome.failure}`);
    return place(folder, "registry");
  });
}

/** @returns {ElectronFolder} */
function place(/** @type {string} */ folder, /** @type {ElectronFolder["source"]} */ source) {
  const inside = {
    darwin: join("Electron.app", "Contents", "MacOS", "Electron"),
    win32: "electron.exe",
  };
  return { folder, source, binary: join(folder, inside[process.platform] ?? "electron") };
}

/**
 * Asks a runtime for its versions; the answer is kept beside the cache, by the binary's path and version.
 *
 * @param {ElectronFolder} electron
 * @returns {Promise<ElectronRuntime>}
 */
export async function describeElectron(electron) {
  const version = (await readFile(join(electron.folder, "version"), "utf8")).trim().replace(/^v/, "");
  const file = join(cacheFolder(), `versions-${electron.source}-${version}-${process.arch}.json`);
  if (electron.source !== "chosen" && existsSync(file)) {
    const kept = JSON.parse(await readFile(file, "utf8"));
    return { ...electron, ...kept };
  }
  const { code, output } = await capture(electron.binary, ["-p", "JSON.stringify(process.versions)"], {
    env: { ...childEnvironment(), ELECTRON_RUN_AS_NODE: "1" },
  });
  const line = output.split("\n").find((text) => text.startsWith("{"));
  if (code !== 0 || line === undefined) throw new Error(`Electron does not start:\n${tail(output)}`);
  const versions = JSON.parse(line);
  const described = {
    electron: String(versions.electron),
    node: String(versions.node),
    chromium: String(versions.chrome),
    napi: Number(versions.napi),
  };
  await writeFile(`${file}.${process.pid}`, JSON.stringify(described));
  await rename(`${file}.${process.pid}`, file);
  return { ...electron, ...described };
}
