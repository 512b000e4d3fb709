import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import fc from "fast-check";
import { currentVersion } from "../../electron/store/migrations/index.ts";
import { openSite } from "../../electron/store/opening.ts";
import { listBackups } from "../../electron/store/site-file.ts";
import { saveAdoption } from "../../electron/store/device-adoption.ts";
import { exampleAdoption } from "./example-device.ts";

const day = 86_400_000;
const start = Date.parse("2026-11-22T05:00:00Z");
let folder = "";
let file = "";
let backups = "";
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "wf-open-"));
  file = path.join(folder, "site.sqlite3");
  backups = path.join(folder, "backups");
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const open = (now = start, keep = 7): ReturnType<typeof openSite> =>
  openSite({ path: file, nativeBinding: undefined, backups: { folder: backups, keep }, now });

/** Opens, adds a camera, closes: a site with something to lose. */
function siteWithCamera(now = start): void {
  const { db } = open(now);
  if (db === undefined) throw new Error("did not open");
  db.transaction(() => saveAdoption(db, exampleAdoption("a")))();
  db.close();
}

/** Opens again, closes, and answers the report and the names of the cameras. */
function reopen(now = start): { report: ReturnType<typeof open>["report"]; cameras: unknown[] } {
  const { db, report } = open(now);
  const cameras = db?.prepare("select name from device").pluck().all() ?? [];
  db?.close();
  return { report, cameras };
}

const hash = (): string => fs.readFileSync(file).toString("base64");

test("a new site is made with its folders, and found again as it was left", () => {
  expect(open().report).toMatchObject({ kind: "opened", isNew: true, recovery: null, warnings: [] });
  siteWithCamera();
  expect(reopen()).toMatchObject({ report: { kind: "opened", isNew: false }, cameras: ["Camera a"] });
});

test("a site of a newer version is refused and not a byte of it changes", () => {
  siteWithCamera();
  const db = new Database(file);
  db.pragma(`user_version = ${currentVersion + 3}`);
  db.close();
  const before = hash();
  const { report } = reopen();
  expect(report).toMatchObject({ kind: "refused", reason: "newer-version" });
  expect(hash()).toBe(before);
});

test("another program's database is refused and not a byte of it changes", () => {
  const db = new Database(file);
  db.exec("create table theirs (a)");
  db.close();
  const before = hash();
  expect(reopen().report).toMatchObject({ kind: "refused", reason: "not-a-site" });
  expect(hash()).toBe(before);
});

test("a damaged file is kept under a dated name and the newest sound copy takes its place", () => {
  siteWithCamera();
  expect(reopen(start + day).report).toMatchObject({ kind: "opened" });
  fs.writeFileSync(path.join(backups, "site-20270101-000000-daily.sqlite3"), "newer, but no database");
  fs.writeFileSync(file, "this is not a database, it is long enough to be looked at".repeat(100));
  const damaged = hash();
  const { report, cameras } = reopen(start + 2 * day);
  if (report.kind !== "opened" || report.recovery === null) throw new Error("nothing was recovered");
  expect(path.basename(report.recovery.damagedFile)).toBe("site-damaged-20261124-050000.sqlite3");
  expect(fs.readFileSync(report.recovery.damagedFile).toString("base64")).toBe(damaged);
  expect(report.recovery.restoredFrom).toContain("site-20261123-050000-daily");
  expect(cameras).toEqual(["Camera a"]);
});

test("a damaged file without any copy is kept, and the console starts with an empty site", () => {
  fs.writeFileSync(file, "garbage".repeat(1000));
  const { report, cameras } = reopen();
  expect(report).toMatchObject({ kind: "opened", isNew: true, recovery: { restoredFrom: null } });
  expect(cameras).toEqual([]);
  expect(fs.readdirSync(folder).filter((name) => name.startsWith("site-damaged-"))).toHaveLength(1);
});

test("two files damaged in the same second are both kept", () => {
  for (const text of ["first", "second"]) {
    for (const side of ["-wal", "-shm", ""]) fs.rmSync(file + side, { force: true });
    fs.rmSync(backups, { recursive: true, force: true });
    fs.writeFileSync(file, text.repeat(1000));
    reopen();
  }
  expect(fs.readdirSync(folder).filter((name) => name.startsWith("site-damaged-"))).toHaveLength(2);
});

test("an empty file where a site with copies was is treated as damaged", () => {
  siteWithCamera();
  reopen(start + day);
  fs.truncateSync(file);
  expect(reopen(start + day)).toMatchObject({ cameras: ["Camera a"] });
});

test("whatever bytes a site file is overwritten with, opening never throws and the bytes are kept", () => {
  fc.assert(
    fc.property(fc.nat({ max: 20_000 }), fc.uint8Array({ minLength: 1, maxLength: 600 }), (offset, bytes) => {
      fs.rmSync(folder, { recursive: true, force: true });
      fs.mkdirSync(folder);
      siteWithCamera();
      const handle = fs.openSync(file, "r+");
      fs.writeSync(handle, bytes, 0, bytes.length, offset);
      fs.closeSync(handle);
      const before = hash();
      const { report } = reopen();
      if (report.kind === "opened" && report.recovery !== null) {
        expect(fs.readFileSync(report.recovery.damagedFile).toString("base64")).toBe(before);
      }
      if (report.kind === "refused") expect(hash()).toBe(before);
    }),
    { numRuns: 40 },
  );
});

test("one copy a day is made, as many as asked for are kept, and others' files are left alone", () => {
  siteWithCamera();
  fs.writeFileSync(path.join(backups, "notes.txt"), "mine");
  for (let n = 1; n <= 6; n++) {
    const { db, report } = open(start + n * day, 3);
    expect(report).toMatchObject({ kind: "opened", backup: expect.stringContaining("daily") as string });
    db?.close();
    const again = open(start + n * day + 3_600_000, 3);
    expect(again.report).toMatchObject({ backup: null });
    again.db?.close();
  }
  const kept = listBackups(backups);
  expect(kept.map(({ madeAt }) => (madeAt - start) / day)).toEqual([6, 5, 4]);
  expect(fs.existsSync(path.join(backups, "notes.txt"))).toBe(true);
  expect(fs.readdirSync(backups).filter((name) => name.endsWith(".partial"))).toEqual([]);
});

test("a clock that was set back does not stop the copies", () => {
  siteWithCamera();
  expect(open(start - 30 * day).report).toMatchObject({ backup: expect.stringContaining("daily") as string });
});

test("a folder where no file can be made refuses with words", () => {
  fs.writeFileSync(path.join(folder, "wall"), "");
  file = path.join(folder, "wall", "site.sqlite3");
  expect(open().report).toMatchObject({ kind: "refused" });
});

test.skipIf(process.getuid?.() === 0)("a file that may not be written is refused as such", () => {
  siteWithCamera();
  fs.chmodSync(file, 0o400);
  expect(open().report).toMatchObject({ kind: "refused", reason: "not-writable" });
});
