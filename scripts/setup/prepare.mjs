/** Everything between a bare clone and a built app, in order. */
import { writeFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { build } from "./build.mjs";
import { lacksDisplay } from "./display.mjs";
import { describeElectron, prepareElectron } from "./electron-runtime.mjs";
import { prepareLibraries } from "./libraries.mjs";
import { installPackages } from "./packages.mjs";
import { childEnvironment, root } from "./places.mjs";
import { prepareSqlite } from "./sqlite.mjs";

/**
 * @typedef {{
 *   runtime: import("./electron-runtime.mjs").ElectronRuntime,
 *   env: NodeJS.ProcessEnv,
 * }} Prepared `env` is what the app and its tests run in
 */

/**
 * Sets the clone up. Every part is skipped when it is already done.
 *
 * @param {{ install?: boolean, buildApp?: boolean, retryElectron?: boolean, needsDisplay?: boolean }} [options]
 * `install` and `buildApp` default to true; `needsDisplay` to whether this machine has none
 * @returns {Promise<Prepared>}
 */
export async function prepare(options = {}) {
  if (options.install ?? true) await installPackages();
  const electron = await prepareElectron({ retry: options.retryElectron ?? false });
  await prepareLibraries({ binary: electron.binary, needsDisplay: options.needsDisplay ?? lacksDisplay() });
  const runtime = await describeElectron(electron);
  const binding = await prepareSqlite(runtime);
  if (options.buildApp ?? true) await build();
  const env = childEnvironment({
    ELECTRON_OVERRIDE_DIST_PATH: runtime.folder,
    ELECTRON_EXEC_PATH: runtime.binary,
    ...(binding === null ? {} : { WATCHFLOOR_SQLITE_BINDING: binding }),
  });
  await writeRuntimeFile(runtime, binding);
  return { runtime, env };
}

/** Tests started by hand read this file to find the runtime. */
async function writeRuntimeFile(
  /** @type {import("./electron-runtime.mjs").ElectronRuntime} */ runtime,
  /** @type {string | null} */ sqliteBinding,
) {
  await mkdir(join(root, ".cache"), { recursive: true });
  await writeFile(
    join(root, ".cache", "runtime.json"),
    `${JSON.stringify({ ...runtime, sqliteBinding }, null, 2)}\n`,
  );
}
