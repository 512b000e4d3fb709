import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { withLock } from "../../../scripts/setup/lock.mjs";

/** @type {string} */
let folder;
beforeEach(async () => {
  said = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    said += String(text);
    return true;
  });
  folder = await mkdtemp(join(tmpdir(), "watchfloor-lock-"));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

/** What the script told the person. */
let said = "";

/** The number of a process that has certainly ended. */
function endedProcess() {
  return spawnSync(process.execPath, ["--eval", ""]).pid;
}

async function leftBehind(/** @type {string} */ path, /** @type {string | null} */ owner) {
  await mkdir(path);
  if (owner !== null) await writeFile(join(path, `${owner}.left`), "");
}

describe("the lock of a set-up", () => {
  it("lets one run in at a time, and every run in the end", async () => {
    const path = join(folder, "some", "deep", "lock");
    let inside = 0;
    let most = 0;
    const run = () =>
      withLock(path, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((done) => setImmediate(done));
        inside -= 1;
        return "done";
      });
    expect(await Promise.all([run(), run(), run()])).toEqual(["done", "done", "done"]);
    expect(most).toBe(1);
    expect(existsSync(path)).toBe(false);
  });

  it("is free again after work that failed", async () => {
    const path = join(folder, "lock");
    await expect(withLock(path, () => Promise.reject(new Error("no space")))).rejects.toThrow("no space");
    expect(await withLock(path, () => Promise.resolve(1))).toBe(1);
  });

  it("is taken over from a run that is no longer there, by one of those who wait", async () => {
    const path = join(folder, "lock");
    await leftBehind(path, String(endedProcess()));
    let inside = 0;
    let most = 0;
    const run = () =>
      withLock(path, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((done) => setImmediate(done));
        inside -= 1;
      });
    await Promise.all([run(), run(), run()]);
    expect(most).toBe(1);
  });

  it("is taken over when nobody is named in it", async () => {
    const path = join(folder, "lock");
    await leftBehind(path, null);
    expect(await withLock(path, () => Promise.resolve("in"))).toBe("in");
  });

  it("leaves nothing behind, however many wanted it", async () => {
    const path = join(folder, "lock");
    await leftBehind(path, String(endedProcess()));
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 6 }, () =>
        withLock(path, async () => {
          inside += 1;
          most = Math.max(most, inside);
          await new Promise((done) => setImmediate(done));
          inside -= 1;
        }),
      ),
    );
    expect(most).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it("stays with a run that is still there", async () => {
    const path = join(folder, "lock");
    await leftBehind(path, String(process.pid));
    let isIn = false;
    const waiting = withLock(path, async () => {
      isIn = true;
    });
    await vi.waitFor(() => expect(said).toContain(`waiting for another run that is setting up (${path})`));
    expect(isIn).toBe(false);
    await rm(path, { recursive: true });
    await waiting;
    expect(isIn).toBe(true);
  });
});
