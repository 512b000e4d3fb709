/** One run at a time: a folder is made in one step by the file system, so it is the lock. */
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { say } from "./steps.mjs";

const retryMs = 300;
/** A lock without an owner's number this old was left by a run that died between two steps. */
const ownerlessMs = 10_000;

/**
 * Runs `work` while holding the lock at `path`; waits for another run that holds it. A lock whose owner
 * is no longer running is taken over.
 *
 * @template T
 * @param {string} path a folder that does not exist while nobody holds the lock
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, work) {
  await mkdir(dirname(path), { recursive: true });
  let hasSaidWaiting = false;
  while (!(await take(path))) {
    if ((await isAbandoned(path)) && (await clear(path))) continue;
    if (!hasSaidWaiting) say(`  waiting for another run that is setting up (${path})`);
    hasSaidWaiting = true;
    await wait(retryMs);
  }
  try {
    return await work();
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}

/**
 * Moves an abandoned lock aside and looks at it again: between the look and the move another waiting run may have
 * cleared it and taken it, and then it gets its lock back.
 *
 * @returns {Promise<boolean>} whether the lock was cleared
 */
async function clear(/** @type {string} */ path) {
  const aside = `${path}.${process.pid}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return true;
    throw error;
  }
  if (await isAbandoned(aside)) {
    await rm(aside, { recursive: true, force: true });
    return true;
  }
  await rename(aside, path);
  return false;
}

async function take(/** @type {string} */ path) {
  try {
    await mkdir(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
  await writeFile(join(path, "owner"), String(process.pid));
  return true;
}

async function isAbandoned(/** @type {string} */ path) {
  try {
    const owner = Number(await readFile(join(path, "owner"), "utf8"));
    if (Number.isInteger(owner) && owner > 0) return !isRunning(owner);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
  const made = await stat(path).catch(() => null);
  return made !== null && Date.now() - made.mtimeMs > ownerlessMs;
}

function isRunning(/** @type {number} */ pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
