import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeWholeFile } from "../../../electron/main/console/written-file.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "wf-export-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a file is written with its text and nothing is left beside it", async () => {
  const file = path.join(folder, "devices.csv");
  await writeFile(file, "old");
  expect(await writeWholeFile(file, "\uFEFFa,b\r\n")).toEqual({ ok: true, value: file });
  expect(await readFile(file, "utf8")).toBe("\uFEFFa,b\r\n");
  expect(await readdir(folder)).toEqual(["devices.csv"]);
});

test("where it cannot be written it says why, and what was there stays", async () => {
  const taken = path.join(folder, "devices.csv");
  await mkdir(path.join(taken, "inside"), { recursive: true });
  const failed = await writeWholeFile(taken, "text");
  expect(failed.ok).toBe(false);
  expect(await readdir(folder)).toEqual(["devices.csv"]);
  expect(await readdir(taken)).toEqual(["inside"]);
  const nowhere = await writeWholeFile(path.join(folder, "absent", "devices.csv"), "text");
  expect(nowhere).toMatchObject({ ok: false, error: expect.stringContaining("ENOENT") });
});
