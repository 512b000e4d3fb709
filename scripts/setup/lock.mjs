/**
 * One run at a time. The lock is a folder holding one file named after its owner (`<pid>.<unique>`). Every step is a
 * single act of the file system, so that no interleaving of runs, and no run killed between two steps, lets two in.
 */
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, rename, rm, rmdir, unlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { say } from "./steps.mjs";

const retryMs = 300;

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
  const owner = `${process.pid}.${randomUUID()}`;
  let hasSaidWaiting = false;
  while (!(await take(path, owner))) {
    if (await clearAbandoned(path)) continue;
    if (!hasSaidWaiting) say(`  waiting for another run that is setting up (${path})`);
    hasSaidWaiting = true;
    await wait(retryMs);
  }
  try {
    return await work();
  } finally {
    await giveBack(path, owner);
  }
}

/** Puts a folder that already names its owner in the lock's place, which works only while there is none (or an empty one). */
async function take(/** @type {string} */ path, /** @type {string} */ owner) {
  const made = await mkdtemp(join(dirname(path), `.${basename(path)}-`));
  try {
    await writeFile(join(made, owner), "");
    await rename(made, path);
    return true;
  } catch (error) {
    await rm(made, { recursive: true, force: true });
    // Windows says EPERM where others say that the folder is there or not empty.
    if (hasCode(error, "EEXIST", "ENOTEMPTY", "EPERM", "EACCES") && (await ownersOf(path)) !== null)
      return false;
    if (hasCode(error, "EEXIST", "ENOTEMPTY")) return false;
    throw error;
  }
}

/** @returns {Promise<boolean>} whether something was cleared, so that another try is worth it now */
async function clearAbandoned(/** @type {string} */ path) {
  const owners = await ownersOf(path);
  if (owners === null) return false;
  const alive = owners.filter((name) => isRunning(Number.parseInt(name, 10)));
  if (alive.length > 0) return false;
  for (const name of owners) await giveBack(path, name);
  if (owners.length === 0) await giveBack(path, "");
  return true;
}

/** Takes one owner's name out, which no other can have put there, and the folder when nobody is named in it any more. */
async function giveBack(/** @type {string} */ path, /** @type {string} */ owner) {
  try {
    if (owner !== "") await unlink(join(path, owner));
    await rmdir(path);
  } catch (error) {
    // Another run was quicker: it took the name out, took the empty folder over, or removed it.
    if (!hasCode(error, "ENOENT", "ENOTEMPTY", "EEXIST")) throw error;
  }
}

/** @returns {Promise<string[] | null>} null: there is no lock */
async function ownersOf(/** @type {string} */ path) {
  try {
    return await readdir(path);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
}

function hasCode(/** @type {unknown} */ error, /** @type {string[]} */ ...codes) {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

/** A name that is no number belongs to nobody. */
function isRunning(/** @type {number} */ pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
