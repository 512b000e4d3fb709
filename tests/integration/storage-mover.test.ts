import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { diskMoveFiles } from "../../electron/main/recording/move-files.ts";
import { StorageMover } from "../../electron/main/recording/storage-mover.ts";
import { openWriter } from "../../electron/store/db.ts";
import { migrate } from "../../electron/store/migrate.ts";
import { migrations } from "../../electron/store/migrations/index.ts";
import { readFunctions, writeFunctions } from "../../electron/store/store.ts";
import { systemClock } from "../../shared/base/clock.ts";
import { ChannelId } from "../../shared/base/ids.ts";
import { LocationId, ownLocation } from "../../shared/model/storage.ts";
import { KeptLog } from "../fixtures/silent-log.ts";
import { openMemoryStore } from "../store/open-memory-store.ts";

const script = fileURLToPath(new URL("move-until-killed.ts", import.meta.url));
const gate = ChannelId.parse("gate");
const two = LocationId.parse(2);
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end();
});

const pathOf = (n: number): string => `recordings/gate/2026-09-21/${n}-main.mp4`;
const bytesOf = (n: number): Buffer => Buffer.alloc(3_000_000 + n, `recording ${n}`);
const row = (n: number) => ({
  path: pathOf(n),
  channelId: gate,
  role: "main" as const,
  run: "r",
  startAt: n,
  endAt: n + 1,
  bytes: bytesOf(n).length,
  isOpen: false,
});

function put(root: string, n: number): void {
  const file = path.join(root, pathOf(n));
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, bytesOf(n));
}

/** A site on disk with some recordings in its first place. */
function siteOnDisk(files: number) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "watchfloor-move-"));
  ends.push(() => fs.rmSync(folder, { recursive: true, force: true }));
  const db = openWriter({ path: path.join(folder, "site.sqlite3"), nativeBinding: undefined });
  migrate(db, migrations, 0);
  const [first, second] = [path.join(folder, "place-1"), path.join(folder, "place-2")];
  fs.mkdirSync(first);
  fs.mkdirSync(second);
  writeFunctions.addStorageLocation(db, second);
  for (let n = 0; n < files; n += 1) {
    put(first, n);
    writeFunctions.addRecordingFile(db, row(n));
  }
  return { folder, db, first, second };
}

const filesBelow = (root: string): string[] =>
  fs
    .readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => fs.statSync(path.join(root, name)).isFile())
    .sort();
const hashOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

test("a move that is killed before any of its steps leaves every recording whole, once, and goes on", () => {
  const probe = siteOnDisk(1);
  const whole = spawnSync(process.execPath, [script, probe.folder, "-1"], { encoding: "utf8" });
  const steps = Number(whole.stdout);
  expect(steps).toBeGreaterThan(8);
  for (let dieAt = 1; dieAt < steps; dieAt += 1) {
    const { folder, db, first, second } = siteOnDisk(1);
    const killed = spawnSync(process.execPath, [script, folder, String(dieAt)], { encoding: "utf8" });
    expect({ dieAt, signal: killed.signal }).toEqual({ dieAt, signal: "SIGKILL" });
    // Whatever happened: the place that counts holds the file, whole.
    for (const n of [0]) {
      const [held] = readFunctions
        .listRecordingsIn(db, "recordings/gate/2026-09-21/")
        .filter(({ path: one }) => one === pathOf(n));
      const root = held?.locationId === ownLocation ? first : second;
      expect({ dieAt, hash: hashOf(fs.readFileSync(path.join(root, pathOf(n)))) }).toEqual({
        dieAt,
        hash: hashOf(bytesOf(n)),
      });
    }
    const again = spawnSync(process.execPath, [script, folder, "-1"], { encoding: "utf8" });
    expect({ dieAt, status: again.status }).toEqual({ dieAt, status: 0 });
    // What was switched but not yet deleted is finished by retention, which is told of it.
    for (const doomed of readFunctions.listDoomed(db, 10)) {
      expect(doomed.locationId).toBe(ownLocation);
      fs.rmSync(path.join(first, doomed.path), { force: true });
    }
    expect({ dieAt, left: filesBelow(first) }).toEqual({ dieAt, left: [] });
    expect({ dieAt, there: filesBelow(second) }).toEqual({ dieAt, there: [pathOf(0)] });
    expect(readFunctions.listStorageCopies(db)).toEqual([]);
    expect(readFunctions.listRecordingUsage(db)).toMatchObject([{ locationId: two, files: 1 }]);
    db.close();
  }
}, 120_000);

function memorySite(files: number, change: Partial<typeof diskMoveFiles> = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "watchfloor-move-"));
  ends.push(() => fs.rmSync(folder, { recursive: true, force: true }));
  const site = openMemoryStore();
  ends.push(() => site.close());
  const [first, second] = [path.join(folder, "1"), path.join(folder, "2")];
  fs.mkdirSync(first);
  fs.mkdirSync(second);
  const log = new KeptLog();
  const mover = new StorageMover({
    clock: systemClock,
    log,
    store: site.store,
    files: { ...diskMoveFiles, ...change },
    rootOf: (id) => (id === ownLocation ? first : second),
  });
  const fill = async (): Promise<void> => {
    await site.store.addStorageLocation(second);
    for (let n = 0; n < files; n += 1) {
      put(first, n);
      await site.store.addRecordingFile(row(n));
    }
  };
  return { ...site, mover, first, second, fill };
}
const job = { step: () => undefined, progress: () => undefined };
const move = { fromId: ownLocation, toId: two };

test("a copy that reads back differently is thrown away and the recording stays where it is", async () => {
  const { mover, fill, first, second, store } = memorySite(3, {
    hashOfCopy: async (root, file) => (file === pathOf(1) ? "other" : diskMoveFiles.hashOfCopy(root, file)),
  });
  await fill();
  expect(await mover.run(move, job, new AbortController().signal)).toMatchObject({ files: 2, failed: 1 });
  expect(filesBelow(first)).toEqual([pathOf(1)]);
  expect(filesBelow(second)).toEqual([pathOf(0), pathOf(2)]);
  expect(await store.listStorageCopies()).toEqual([]);
});

test("a recording that retention takes while it is copied is in neither place afterwards", async () => {
  const { mover, fill, first, second, store } = memorySite(1, {
    place: async (root, file) => {
      await store.expireRecordings({ now: 0, endedBefore: 100, excessBytes: 0, limit: 5 });
      await diskMoveFiles.place(root, file);
    },
  });
  await fill();
  await mover.run(move, job, new AbortController().signal);
  expect(filesBelow(second)).toEqual([]);
  // The original is retention's to delete, and it knows of it.
  expect(filesBelow(first)).toEqual([pathOf(0)]);
  expect(await store.listDoomed(5)).toEqual([{ locationId: ownLocation, path: pathOf(0) }]);
});

test("a move that is called off stops at once and leaves nothing half done", async () => {
  const ends_ = new AbortController();
  const { mover, fill, first, second, store } = memorySite(4, {
    hashOfCopy: async (root, file) => {
      if (file === pathOf(2)) ends_.abort(new Error("cancelled"));
      return diskMoveFiles.hashOfCopy(root, file);
    },
  });
  await fill();
  await expect(mover.run(move, job, ends_.signal)).rejects.toThrow("cancelled");
  expect(filesBelow(first).length + filesBelow(second).length).toBe(4);
  expect(await store.listStorageCopies()).toEqual([]);
});

test("a link in the way never leads a move out of its roots", async () => {
  const { mover, fill, second, store } = memorySite(1);
  await fill();
  const outside = fs.mkdtempSync(path.join(os.tmpdir(), "watchfloor-outside-"));
  ends.push(() => fs.rmSync(outside, { recursive: true, force: true }));
  fs.mkdirSync(path.join(second, "recordings"));
  fs.symlinkSync(outside, path.join(second, "recordings", "gate"));
  expect(await mover.run(move, job, new AbortController().signal)).toMatchObject({ files: 0, failed: 1 });
  expect(fs.readdirSync(outside)).toEqual([]);
  expect(await store.listRecordingUsage()).toMatchObject([{ locationId: ownLocation, files: 1 }]);
});
