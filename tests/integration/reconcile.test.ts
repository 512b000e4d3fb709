import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { Reconcile } from "../../electron/main/recording/reconcile.ts";
import { Retention } from "../../electron/main/recording/retention.ts";
import { mendFiles } from "../../electron/media/recording/mend-files.ts";
import { OpenRecording } from "../../electron/media/recording/open-recording.ts";
import { systemClock } from "../../shared/base/clock.ts";
import { ChannelId } from "../../shared/base/ids.ts";
import { ownLocation } from "../../shared/model/storage.ts";
import { exampleInit, picture } from "../fixtures/example-recording.ts";
import { KeptLog } from "../fixtures/silent-log.ts";
import { openMemoryStore } from "../store/open-memory-store.ts";

const gate = ChannelId.parse("gate");
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

const { signal } = new AbortController();
const startAt = 1_790_000_000_000;
const pathOf = (n: number): string => `recordings/gate/2026-09-21/${startAt + n}-main.mp4`;

/** A recorded file of 6.5 s, with its trailer or without. */
async function fileBytes(isClosed: boolean): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  const writer = {
    append: (some: readonly Uint8Array[]): void => void parts.push(...some),
    close: async (trailer: Uint8Array | undefined): Promise<void> => {
      if (trailer && isClosed) parts.push(trailer);
    },
    giveUpWhenLate: (): void => undefined,
  };
  const open = new OpenRecording({ init: exampleInit, first: picture(0), writer });
  for (let index = 0; index < 65; index += 1) open.add(picture(index), index * 100);
  await open.close();
  return Buffer.concat(parts);
}

function startSite() {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "watchfloor-reconcile-"));
  const site = openMemoryStore();
  ends.push(
    () => site.close(),
    () => fs.rmSync(root, { recursive: true, force: true }),
  );
  const put = (file: string, bytes: Buffer): void => {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), bytes);
  };
  const add = (n: number, isOpen = false) =>
    site.store.addRecordingFile({
      path: pathOf(n),
      channelId: gate,
      role: "main",
      run: `r${n}`,
      startAt: startAt + n,
      endAt: startAt + n,
      bytes: 0,
      isOpen,
    });
  const log = new KeptLog();
  const reconcile = new Reconcile({
    clock: systemClock,
    log,
    store: site.store,
    mend: (folder, paths) => mendFiles(folder, "0".repeat(32), paths),
    isKnown: (channelId) => channelId === gate,
  });
  const retention = new Retention({ clock: systemClock, log, rootOf: () => root, store: site.store });
  const paths = (): unknown[] =>
    site.db.prepare("select path, end_at - start_at as ms, open from recording_file order by path").all();
  return { root, put, add, reconcile, retention, paths, ...site };
}

test("disk and index are brought together both ways, and what is not ours is left alone", async () => {
  const { root, put, add, reconcile, paths } = startSite();
  const whole = await fileBytes(true);
  put(pathOf(0), whole);
  await add(0);
  put(pathOf(1), (await fileBytes(false)).subarray(0, -77));
  put(pathOf(2), Buffer.from("not a recording"));
  await add(3);
  const strange = ["recordings/gate/2026-09-21/notes.txt", "recordings/elsewhere/2026-09-21/5-main.mp4"];
  for (const one of strange) put(one, whole);
  const done = await reconcile.run({ id: ownLocation, folder: root }, signal);
  expect(done).toMatchObject({ added: 1, missing: 1, unreadable: 1, strange: 2 });
  expect(paths()).toMatchObject([{ path: pathOf(0) }, { path: pathOf(1), ms: 6_400, open: 0 }]);
  for (const one of strange) expect(fs.readFileSync(path.join(root, one)).equals(whole)).toBe(true);
  expect(await reconcile.run({ id: ownLocation, folder: root }, signal)).toMatchObject({
    added: 0,
    missing: 0,
    cutBytes: 0,
  });
});

test("a storage root that is away takes nothing out of the index", async () => {
  const { root, add, reconcile, paths } = startSite();
  await add(0);
  expect(await reconcile.run({ id: ownLocation, folder: root }, signal)).toMatchObject({ missing: 0 });
  expect(paths()).toHaveLength(1);
});

test("files that were open when the console ended are closed at their last whole fragment", async () => {
  const { root, put, add, reconcile, paths } = startSite();
  put(pathOf(0), (await fileBytes(false)).subarray(0, -10));
  await add(0, true);
  await add(1, true);
  await reconcile.closeOpen(root, [pathOf(0), pathOf(1)], signal);
  expect(paths()).toEqual([{ path: pathOf(0), ms: 6_400, open: 0 }]);
});

test("retention deletes from the disk what it took out of the index, also after a crash in between", async () => {
  const { root, put, add, retention, paths, store } = startSite();
  for (const n of [0, 1, 2]) {
    put(pathOf(n), Buffer.alloc(10));
    await add(n);
  }
  // The crash: taken out of the index, not deleted.
  await store.expireRecordings({ now: 0, endedBefore: startAt + 1, excessBytes: 0, limit: 50 });
  await retention.finishEarlier(signal);
  expect(fs.existsSync(path.join(root, pathOf(0)))).toBe(false);
  await retention.run({ keepDays: 1, excessBytes: 0 }, signal);
  expect(fs.readdirSync(path.dirname(path.join(root, pathOf(0))))).toEqual([]);
  expect(paths()).toEqual([]);
  expect(await store.listDoomed(10)).toEqual([]);
});
