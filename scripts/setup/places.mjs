/** Folders the scripts use, and the environment their children run in. */
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The clone's top folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** The per-user folder for the Electron runtime and the compiled database binding; shared by every clone. */
export function cacheFolder() {
  const chosen = process.env.WATCHFLOOR_CACHE;
  if (chosen !== undefined && chosen !== "") return resolve(chosen);
  if (process.platform === "win32")
    return join(process.env.LOCALAPPDATA ?? join(homedir(), "AppData", "Local"), "watchfloor", "cache");
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", "watchfloor");
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "watchfloor");
}

/** `linux-x64`, `win32-arm64`, … */
export const platformKey = `${process.platform}-${process.arch}`;

/** Node 24 from the `node` package; the running Node where it is new enough or the package is not there yet. */
export function nodeBinary() {
  const own = join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
  return existsSync(own) ? own : process.execPath;
}

/** @returns {NodeJS.ProcessEnv} this environment with the clone's commands and Node 24 first on the PATH */
export function childEnvironment(extra = {}) {
  const path = process.env.PATH ?? process.env.Path ?? "";
  const own = [join(root, "node_modules", ".bin"), dirname(nodeBinary())].join(delimiter);
  const env = { ...process.env, PATH: `${own}${delimiter}${path}`, ...extra };
  delete env.Path;
  delete env.ELECTRON_RUN_AS_NODE;
  return env;
}

/** @param {string} name a package in node_modules; answers its version or null when it is not installed */
export function installedVersion(name) {
  const file = join(root, "node_modules", ...name.split("/"), "package.json");
  return existsSync(file) ? String(JSON.parse(readFileSync(file, "utf8")).version) : null;
}
