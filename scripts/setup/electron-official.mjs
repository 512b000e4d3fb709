/** Electron as its makers publish it: the `electron` package's own download. */
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withLock } from "./lock.mjs";
import { cacheFolder, installedVersion, nodeBinary, platformKey, root } from "./places.mjs";
import { capture } from "./run.mjs";

const reachTimeoutMs = 8_000;
const downloadTimeoutMs = 15 * 60_000;
/** A host that could not be reached is asked again after this time, or at once with --retry-electron. */
const rememberFailureMs = 24 * 3_600_000;

const packageFolder = join(root, "node_modules", "electron");

/** @returns {Promise<string | null>} the folder of the installed official Electron, null when there is none */
export async function presentOfficial() {
  const pathFile = join(packageFolder, "path.txt");
  const versionFile = join(packageFolder, "dist", "version");
  if (!existsSync(pathFile) || !existsSync(versionFile)) return null;
  const version = (await readFile(versionFile, "utf8")).trim().replace(/^v/, "");
  const binary = join(packageFolder, "dist", await readFile(pathFile, "utf8"));
  return version === installedVersion("electron") && existsSync(binary) ? join(packageFolder, "dist") : null;
}

/**
 * Downloads the official Electron unless it was not reachable a short while ago.
 *
 * @param {{ retry: boolean }} options `retry` forgets an earlier failure
 * @returns {Promise<{ folder: string } | { failure: string }>}
 */
export async function downloadOfficial({ retry }) {
  const remembered = join(
    cacheFolder(),
    `electron-${installedVersion("electron")}-${platformKey}.unreachable`,
  );
  if (retry) await rm(remembered, { force: true });
  const earlier = await recentFailure(remembered);
  if (earlier !== null) return { failure: earlier };
  const outcome = await withLock(join(root, ".cache", "electron.lock"), tryDownload);
  if ("failure" in outcome) {
    await mkdir(cacheFolder(), { recursive: true });
    await writeFile(remembered, JSON.stringify({ at: Date.now(), failure: outcome.failure }));
  }
  return outcome;
}

async function recentFailure(/** @type {string} */ file) {
  if (!existsSync(file)) return null;
  try {
    const { at, failure } = JSON.parse(await readFile(file, "utf8"));
    return Date.now() - Number(at) < rememberFailureMs ? String(failure) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** @returns {Promise<{ folder: string } | { failure: string }>} */
async function tryDownload() {
  const present = await presentOfficial();
  if (present !== null) return { folder: present };
  const unreachable = await askHost();
  if (unreachable !== null) return { failure: unreachable };
  const { code, output, timedOut } = await capture(nodeBinary(), [join(packageFolder, "install.js")], {
    timeoutMs: downloadTimeoutMs,
  });
  const folder = await presentOfficial();
  if (code === 0 && folder !== null) return { folder };
  return { failure: timedOut ? "the download took longer than 15 minutes" : firstLine(output) };
}

/** Asks the download host for a small file first: an unreachable host is then known in seconds. */
async function askHost() {
  const version = installedVersion("electron");
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror;
  const base = mirror ?? "https://github.com/electron/electron/releases/download/";
  const url = `${base.replace(/\/?$/, "/")}v${version}/SHASUMS256.txt`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(reachTimeoutMs) });
    await response.body?.cancel();
    return response.ok ? null : `${new URL(url).host} answered ${response.status}`;
  } catch (error) {
    const cause =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return `${new URL(url).host} cannot be reached (${cause})`;
  }
}

function firstLine(/** @type {string} */ output) {
  const line = output.split("\n").find((text) => /error/i.test(text)) ?? output.split("\n")[0] ?? "";
  return line.trim().slice(0, 200);
}
