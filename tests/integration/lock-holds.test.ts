import { mkdtemp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "../../shared/base/clock.ts";
import { ChannelId } from "../../shared/base/ids.ts";
import { LocksService } from "../../electron/main/recording/locks-service.ts";
import { Retention } from "../../electron/main/recording/retention.ts";
import { KeptLog } from "../fixtures/silent-log.ts";
import { waitUntil } from "../fixtures/wait-until.ts";
import { openMemoryStore } from "../store/open-memory-store.ts";

const gate = ChannelId.parse("gate");
const yard = ChannelId.parse("yard");
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const folderOf = (channelId: ChannelId): string => `recordings/${channelId}/2026-01-01`;

let site: ReturnType<typeof openMemoryStore>;
let root: string;
beforeEach(async () => {
  site = openMemoryStore();
  root = await mkdtemp(path.join(tmpdir(), "watchfloor-locks-"));
});
afterEach(async () => {
  site.close();
  await rm(root, { recursive: true, force: true });
});

/** Ten files of a minute each on the disk and in the index, the first one beginning at `from`. */
async function record(channelId: ChannelId, from: number): Promise<void> {
  const folder = folderOf(channelId);
  await mkdir(path.join(root, folder), { recursive: true });
  for (let n = 0; n < 10; n += 1) {
    const name = `${folder}/${n}-main.mp4`;
    await writeFile(path.join(root, name), new Uint8Array(1_000));
    const startAt = from + n * minute;
    const times = { startAt, endAt: startAt + minute };
    await site.store.addRecordingFile({
      path: name,
      channelId,
      role: "main",
      run: `run-${channelId}`,
      ...times,
      bytes: 1_000,
      isOpen: false,
    });
  }
}

const kept = async (channelId: ChannelId): Promise<string[]> =>
  (await readdir(path.join(root, folderOf(channelId)))).map((name) => name.replace("-main.mp4", "")).sort();

test("a lock made by a person survives a quota of nothing, on its camera only, until it is lifted", async () => {
  const log = new KeptLog();
  const locks = new LocksService({ clock: systemClock, log, store: site.store, warn: () => undefined });
  const retention = new Retention({ clock: systemClock, log, rootOf: () => root, store: site.store });
  const from = Date.now() - day;
  await record(gate, from);
  await record(yard, from);
  const order = { channels: [gate], from: from + 2.5 * minute, to: from + 5 * minute };
  const lock = await locks.add({ ...order, reason: "Case 118", until: null }, "chief");
  const { signal } = new AbortController();

  await retention.run({ keepDays: 30, excessBytes: Number.MAX_SAFE_INTEGER }, signal);
  // The third file is covered in part, and is kept whole.
  expect(await kept(gate)).toEqual(["2", "3", "4"]);
  expect(await kept(yard)).toEqual([]);
  const span = { from, to: from + 10 * minute, resolutionMs: 1_000, now: Date.now() };
  const [lane = []] = await site.store.readTimelines([{ channelId: gate, role: "main" }], span);
  expect(lane.map((part) => (part.kind === "gap" ? part.cause : part.kind))).toEqual([
    "retention",
    "recorded",
    "retention",
  ]);

  await locks.lift(lock.id, "case closed", "chief");
  await retention.run({ keepDays: 30, excessBytes: Number.MAX_SAFE_INTEGER }, signal);
  expect(await kept(gate)).toEqual([]);
});

test("of locks only those that end within three days are told of beforehand", async () => {
  const told: string[] = [];
  const locks = new LocksService({
    clock: systemClock,
    log: new KeptLog(),
    store: site.store,
    warn: (detail) => told.push(detail),
  });
  const span = { channels: [gate], from: 0, to: 10 };
  const now = Date.now();
  await locks.add({ ...span, reason: "soon", until: now + 2 * day }, "a");
  await locks.add({ ...span, reason: "later", until: now + 5 * day }, "a");
  await locks.add({ ...span, reason: "never", until: null }, "a");
  const stopping = new AbortController();
  locks.start(stopping.signal);
  await waitUntil("a lock to be told of", () => told.length > 0);
  stopping.abort();
  await locks.stop();
  expect(told).toEqual(["soon"]);
});
