import { existsSync } from "node:fs";
import { mkdtemp, readFile, readdir, readlink, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { unpackZip } from "../../../scripts/setup/zip.mjs";
import { makeZip } from "./make-zip.mjs";

const isWindows = process.platform === "win32";
/** @type {string} */
let folder;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "watchfloor-zip-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Unpacks bytes into `folder/out`. */
async function unpack(/** @type {Buffer} */ bytes, place = (/** @type {string} */ path) => path) {
  await writeFile(join(folder, "archive.zip"), bytes);
  await unpackZip(join(folder, "archive.zip"), join(folder, "out"), place);
}

describe("a ZIP archive", () => {
  it("gives its files back, stored, packed and empty, below their folders", async () => {
    const long = "moving picture ".repeat(5_000);
    await unpack(
      makeZip([
        { path: "a.txt", text: "plain", stored: true },
        { path: "deep/er/", text: "" },
        { path: "deep/er/b.txt", text: long },
        { path: "empty", text: "" },
      ]),
    );
    expect(await readFile(join(folder, "out", "a.txt"), "utf8")).toBe("plain");
    expect(await readFile(join(folder, "out", "deep", "er", "b.txt"), "utf8")).toBe(long);
    expect(await readFile(join(folder, "out", "empty"), "utf8")).toBe("");
  });

  it("leaves out and renames what it is told to", async () => {
    const place = (/** @type {string} */ path) => (path.startsWith("top/") ? path.slice(4) : null);
    await unpack(
      makeZip([
        { path: "top/electron", text: "x" },
        { path: "other", text: "y" },
      ]),
      place,
    );
    expect(await readdir(join(folder, "out"))).toEqual(["electron"]);
  });

  it.skipIf(isWindows)("keeps programs executable and links within the archive", async () => {
    await unpack(
      makeZip([
        { path: "bin/run", text: "#!/bin/sh\n", mode: 0o100755 },
        { path: "bin/plain", text: "x", mode: 0o100644 },
        { path: "bin/also", text: "../bin/run", mode: 0o120777, stored: true },
      ]),
    );
    expect((await stat(join(folder, "out", "bin", "run"))).mode & 0o111).toBe(0o111);
    expect((await stat(join(folder, "out", "bin", "plain"))).mode & 0o111).toBe(0);
    expect(await readlink(join(folder, "out", "bin", "also"))).toBe("../bin/run");
  });

  it.each(["../outside", "a/../../outside", "..", "a/b/../../../outside/x"])(
    "is refused when a path leaves the folder: %s",
    async (path) => {
      await expect(unpack(makeZip([{ path, text: "x" }]))).rejects.toThrow("leaves the folder");
      expect(existsSync(join(folder, "outside"))).toBe(false);
    },
  );

  it("keeps a path that begins at the root below the folder", async () => {
    await unpack(makeZip([{ path: "/etc/x", text: "x" }]));
    expect(existsSync(join(folder, "out", "etc", "x"))).toBe(true);
  });

  it.skipIf(isWindows).each(["../..", "/tmp", "a/../../.."])(
    "is refused when a link leads out of the folder: %s",
    async (target) => {
      const link = { path: "way", text: target, mode: 0o120777, stored: true };
      await expect(unpack(makeZip([link, { path: "way/x", text: "x" }]))).rejects.toThrow(
        "leaves the folder",
      );
      expect(existsSync(join(folder, "out", "way"))).toBe(false);
    },
  );

  it("that is cut off or is something else is refused with a reason", async () => {
    const whole = makeZip([{ path: "a.txt", text: "some words" }]);
    await expect(unpack(whole.subarray(0, whole.length - 30))).rejects.toThrow("not a ZIP file");
    await expect(unpack(Buffer.from("hello"))).rejects.toThrow("not a ZIP file");
    await expect(unpack(Buffer.alloc(0))).rejects.toThrow("not a ZIP file");
  });

  it("that is damaged anywhere is unpacked or refused, and writes nothing outside", async () => {
    const whole = makeZip([
      { path: "a/b.txt", text: "words ".repeat(40) },
      { path: "c", text: "stored", stored: true },
    ]);
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        const refusal = await unpack(bytes).then(
          () => null,
          (/** @type {unknown} */ error) => error,
        );
        expect(refusal === null || refusal instanceof Error).toBe(true);
        const names = await readdir(folder);
        expect(names.filter((name) => name !== "archive.zip" && name !== "out")).toEqual([]);
        await rm(join(folder, "out"), { recursive: true, force: true });
      }),
      { numRuns: 60 },
    );
  });
});
