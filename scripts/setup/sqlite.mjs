/**
 * The database's native part for runtimes older than Node-API 10.
 *
 * better-sqlite3's prebuilt binaries need Node-API 10 and crash below it. There it is compiled once against the
 * experimental switches of Node-API 9 and kept in the user's cache; node_modules stays as npm left it, so that
 * tests under Node 24 use the prebuilt one.
 */
import { existsSync } from "node:fs";
import { copyFile, cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { withLock } from "./lock.mjs";
import { prepareCompiler } from "./libraries.mjs";
import { cacheFolder, childEnvironment, installedVersion, nodeBinary, platformKey, root } from "./places.mjs";
import { capture, tail } from "./run.mjs";
import { Refusal, step } from "./steps.mjs";

const prebuiltNodeApi = 10;
const recipe = 1;

/**
 * @param {import("./electron-runtime.mjs").ElectronRuntime} runtime
 * @returns {Promise<string | null>} the compiled binding's path, null when the prebuilt one fits
 */
export async function prepareSqlite(runtime) {
  return step("database binding", async (note) => {
    if (runtime.napi >= prebuiltNodeApi) {
      note("prebuilt");
      return null;
    }
    const version = installedVersion("better-sqlite3");
    const name = `better-sqlite3-${version}-electron-${runtime.electron}-${platformKey}-r${recipe}.node`;
    const binding = join(cacheFolder(), name);
    if (existsSync(binding)) {
      note("compiled earlier");
      return binding;
    }
    return withLock(`${binding}.lock`, async () => {
      if (!existsSync(binding)) await compile(binding, runtime);
      note(`compiled for Electron ${runtime.electron}`);
      return binding;
    });
  });
}

/**
 * @param {string} binding
 * @param {import("./electron-runtime.mjs").ElectronRuntime} runtime
 */
async function compile(binding, runtime) {
  await prepareCompiler();
  const work = `${binding}.work`;
  const source = join(root, "node_modules", "better-sqlite3");
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  for (const part of ["binding.gyp", "package.json", "deps", "lib", "src"])
    await cp(join(source, part), join(work, part), { recursive: true });
  await lowerNodeApi(join(work, "binding.gyp"));
  const args = ["rebuild", "--release", "--force_build=1", ...(await headers())];
  const { code, output } = await capture(
    nodeBinary(),
    [join(root, "node_modules", "node-gyp", "bin", "node-gyp.js"), ...args],
    {
      cwd: work,
      env: childEnvironment({ NODE_PATH: join(root, "node_modules"), JOBS: "2" }),
    },
  );
  const built = join(work, "build", "Release", "better_sqlite3.node");
  if (code !== 0 || !existsSync(built))
    throw new Refusal(`better-sqlite3 could not be compiled:\n${tail(output, 25)}`, [
      "Needed: g++ with C++20, make, python3 and Node's headers (Debian: apt-get install g++ make python3 libnode-dev).",
    ]);
  await prove(built, runtime);
  await copyFile(built, `${binding}.new`);
  await rename(`${binding}.new`, binding);
  await rm(work, { recursive: true, force: true });
}

async function lowerNodeApi(/** @type {string} */ file) {
  const text = await readFile(file, "utf8");
  const changed = text.replace(
    "'NAPI_VERSION=10'",
    "'NAPI_EXPERIMENTAL', 'NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'",
  );
  if (changed === text) throw new Error("better-sqlite3's binding.gyp no longer asks for Node-API 10");
  await writeFile(file, changed);
}

/** Headers of a Node installed on this machine; without them node-gyp loads its own from nodejs.org. */
async function headers() {
  const candidates = [
    process.env.npm_config_nodedir,
    dirname(dirname(process.execPath)),
    "/usr",
    "/usr/local",
  ];
  const found = candidates.find(
    (folder) => folder !== undefined && existsSync(join(folder, "include", "node", "node_api.h")),
  );
  return found === undefined ? [] : [`--nodedir=${found}`];
}

/** Opens a database in the runtime itself before the binding is kept. */
async function prove(
  /** @type {string} */ built,
  /** @type {import("./electron-runtime.mjs").ElectronRuntime} */ runtime,
) {
  const script = [
    "const Database = require('better-sqlite3');",
    "const db = new Database(':memory:', { nativeBinding: process.argv[1] });",
    "process.stdout.write('answer=' + db.prepare('select 6 * 7').pluck().get());",
  ].join("\n");
  const { output } = await capture(runtime.binary, ["-e", script, built], {
    env: { ...childEnvironment(), ELECTRON_RUN_AS_NODE: "1" },
  });
  if (!output.includes("answer=42"))
    throw new Error(`the compiled database binding does not work:\n${tail(output)}`);
}
