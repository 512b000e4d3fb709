import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { markFolder } from "../../electron/main/recording/disk-look.ts";
import { Retention } from "../../electron/main/recording/retention.ts";
import { StorageService } from "../../electron/main/recording/storage-service.ts";
import { ChannelId, LockId } from "../../shared/base/ids.ts";
import type { ConsoleFact } from "../../shared/model/event.ts";
import { defaultSettings } from "../../shared/model/settings.ts";
import { GroupId, ownLocation, type LocationId } from "../../shared/model/storage.ts";
import { FakeClock } from "../fixtures/fake-clock.ts";
import { KeptLog } from "../fixtures/silent-log.ts";
import { exampleAdoption } from "../store/example-device.ts";
import { lockOf } from "../store/lock-of.ts";
import { openMemoryStore } from "../store/open-memory-store.ts";

const dayMs = 86_400_000;
const megabyte = 1_000_000;
const siteKeepDays = 30;
const names = ["a", "b", "c"] as const;
const channelOf = (name: string): ChannelId => ChannelId.parse(`channel-${name}`);
const { signal } = new AbortController();

/** Pauses between small steps take no time; a look at a disk still has all of it. */
class UnhurriedClock extends FakeClock {
  override sleep(durationMs: number, until?: AbortSignal): Promise<void> {
    return durationMs < 1_000 ? Promise.resolve() : super.sleep(durationMs, until);
  }
}

interface File {
  readonly channel: string;
  /** Of the second location. */
  readonly isSecond: boolean;
  /** In tenths of a day. */
  readonly age: number;
  readonly megabytes: number;
}

const startOf = (now: number, { age }: File): number => now - (age * dayMs) / 10;
const pathOf = ({ channel, age }: File): string => `recordings/channel-${channel}/2026-01-01/${age}-main.mp4`;

/** A site of three cameras, two of them in a group, and two locations. */
async function openSite(
  files: readonly File[],
  quotas: { group: number; own: number; second: number; keepDays: number | null },
) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "watchfloor-retain-"));
  const [root, other] = [path.join(folder, "own"), path.join(folder, "other")];
  fs.mkdirSync(other);
  const site = openMemoryStore();
  const { store } = site;
  for (const name of names) await store.saveAdoption(exampleAdoption(name));
  const second = await store.addStorageLocation(other);
  if (second === undefined) throw new Error("no second location");
  await markFolder(other, await store.readSiteMark(), second.id);
  const limit = (id: LocationId, megabytes: number) =>
    store.saveStorageLocation({ id, name: "", quotaBytes: megabytes * megabyte, reserveBytes: 0 });
  await limit(ownLocation, quotas.own);
  await limit(second.id, quotas.second);
  const group = { id: GroupId.parse("g"), name: "Gates", channels: [channelOf("a"), channelOf("b")] };
  const { keepDays } = quotas;
  await store.saveRecordingGroup({
    ...group,
    keepDays,
    quotaBytes: quotas.group * megabyte,
    locationId: null,
  });
  const clock = new UnhurriedClock();
  for (const file of files) {
    const startAt = startOf(clock.now(), file);
    await store.addRecordingFile({
      path: pathOf(file),
      channelId: channelOf(file.channel),
      role: "main",
      run: pathOf(file),
      startAt,
      endAt: startAt + 60_000,
      bytes: file.megabytes * megabyte,
      isOpen: false,
      locationId: file.isSecond ? second.id : ownLocation,
    });
  }
  const said: string[] = [];
  const notes: ConsoleFact[] = [];
  const service = new StorageService({
    clock,
    log: new KeptLog(),
    store,
    settings: { current: { ...defaultSettings, recordingKeepDays: siteKeepDays } },
    root,
    limits: { leastBytes: 0, mostBytes: Number.POSITIVE_INFINITY, floorBytes: 0 },
    say: (_, message) => said.push(message),
    note: (facts) => notes.push(...facts),
  });
  const retention = new Retention({ clock, log: new KeptLog(), store, rootOf: service.rootOf });
  const beat = async (): Promise<void> => {
    await service.look();
    await service.retain(retention, signal);
  };
  const kept = (): string[] =>
    (site.db.prepare("select path from recording_file order by path").all() as { path: string }[]).map(
      (row) => row.path,
    );
  const close = (): void => {
    site.close();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  return { store, clock, service, said, notes, beat, kept, close };
}

/** What is left of these by the rules: too old goes, then the oldest until the excess is gone, never locked. */
function afterLimit(
  files: readonly File[],
  isIn: (file: File) => boolean,
  limit: { readonly keepDays: number | null; readonly quota: number },
  isLocked: (file: File) => boolean,
): readonly File[] {
  const inside = files.filter(isIn);
  const total = inside.reduce((sum, { megabytes }) => sum + megabytes, 0);
  let excess = limit.quota > 0 ? total - limit.quota : 0;
  const gone = new Set<File>();
  for (const file of inside.filter((one) => !isLocked(one)).sort((x, y) => y.age - x.age)) {
    const isOld = limit.keepDays !== null && startOf(0, file) + 60_000 < -limit.keepDays * dayMs;
    if (!isOld && excess <= 0) break;
    gone.add(file);
    excess -= file.megabytes;
  }
  return files.filter((file) => !gone.has(file));
}

test("one beat deletes what groups and locations ask for, oldest first, no locked file and not one too many", async () => {
  const file = fc.record<File>({
    channel: fc.constantFrom(...names),
    isSecond: fc.boolean(),
    age: fc.integer({ min: 1, max: 500 }),
    megabytes: fc.integer({ min: 1, max: 100 }),
  });
  const quota = fc.oneof(fc.constant(1_000_000), fc.integer({ min: 1, max: 800 }));
  const lock = fc.record({
    channel: fc.constantFrom(...names),
    age: fc.nat({ max: 500 }),
    length: fc.integer({ min: 1, max: 100 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(file, { selector: ({ age }) => age, maxLength: 25 }),
      fc.record({
        group: quota,
        own: quota,
        second: quota,
        keepDays: fc.option(fc.integer({ min: 1, max: 60 })),
      }),
      fc.array(lock, { maxLength: 3 }),
      async (files, quotas, locks) => {
        const site = await openSite(files, quotas);
        try {
          const now = site.clock.now();
          const spans = locks.map(({ channel, age, length }) => {
            const from = now - (age * dayMs) / 10;
            return { channel, from, to: from + (length * dayMs) / 10 };
          });
          for (const [n, { channel, from, to }] of spans.entries()) {
            await site.store.addLock(lockOf(`l${n}`, { channels: [channelOf(channel)], from, to }));
          }
          const isLocked = (one: File): boolean =>
            spans.some(
              ({ channel, from, to }) =>
                channel === one.channel && startOf(now, one) < to && startOf(now, one) + 60_000 > from,
            );
          const { keepDays, group, own, second } = quotas;
          const inGroup = ({ channel }: File): boolean => channel !== "c";
          const rest = { keepDays: siteKeepDays, quota: 0 };
          let left = afterLimit(
            files,
            inGroup,
            { keepDays: keepDays ?? siteKeepDays, quota: group },
            isLocked,
          );
          left = afterLimit(left, (one) => !inGroup(one), rest, isLocked);
          left = afterLimit(left, (one) => !one.isSecond, { keepDays: null, quota: own }, isLocked);
          left = afterLimit(left, (one) => one.isSecond, { keepDays: null, quota: second }, isLocked);
          const paths = left.map(pathOf).sort();
          await site.beat();
          expect(site.kept()).toEqual(paths);
          // It converged: there is nothing left to do, and nothing left to delete from the disk.
          await site.beat();
          expect(site.kept()).toEqual(paths);
          expect(await site.store.listDoomed(10)).toEqual([]);
        } finally {
          site.close();
        }
      },
    ),
    { numRuns: 40 },
  );
});

const file = (channel: string, age: number, isSecond = false): File => ({
  channel,
  age,
  isSecond,
  megabytes: 100,
});
const all = LockId.parse("all");

test("a group of which only locked recordings are left stops, loudly, and goes on when the lock is lifted", async () => {
  const files = [1, 2, 3].map((age) => file("a", age));
  const site = await openSite(files, { group: 150, own: 1_000_000, second: 1_000_000, keepDays: null });
  try {
    const span = { from: 0, to: site.clock.now() };
    await site.store.addLock(lockOf(all, { channels: [channelOf("a")], ...span }));
    await site.beat();
    expect(site.kept()).toHaveLength(3);
    expect(names.map((name) => site.service.placeOf(channelOf(name)) !== undefined)).toEqual([
      false,
      false,
      true,
    ]);
    expect(site.said).toEqual(["notice.recording-locked-out"]);
    expect(site.notes).toMatchObject([{ type: "disk", state: "begun" }]);
    expect(site.service.view.groupStatus.find(({ id }) => id === "g")?.isLockedOut).toBe(true);
    await site.beat();
    expect(site.said).toHaveLength(1);
    await site.store.liftLock(all, { at: site.clock.now(), by: "chief", reason: "closed" });
    await site.beat();
    expect(site.kept()).toEqual([pathOf(file("a", 1))]);
    expect(site.service.placeOf(channelOf("a"))).toBeDefined();
    expect(site.notes.map(({ state }) => state)).toEqual(["begun", "ended"]);
  } finally {
    site.close();
  }
});

test("a location full of locked recordings is left for the next one, and with none left nothing is recorded", async () => {
  const files = [file("a", 1), file("b", 2), file("c", 3, true), file("c", 4, true)];
  const site = await openSite(files, { group: 0, own: 50, second: 1_000_000, keepDays: null });
  try {
    const now = site.clock.now();
    await site.store.addLock(lockOf(all, { channels: names.map(channelOf), from: 0, to: now }));
    await site.beat();
    const [own, second] = site.service.view.locations;
    expect(own).toMatchObject({ state: "full", detail: expect.stringContaining("only locked") as string });
    expect(site.service.placeOf(channelOf("a"))?.locationId).toBe(second?.id);
    expect(site.said).toEqual(["notice.recording-locked-out", "notice.recording-elsewhere"]);
    if (second === undefined) throw new Error("two locations");
    await site.store.saveStorageLocation({
      id: second.id,
      name: "",
      quotaBytes: 50 * megabyte,
      reserveBytes: 0,
    });
    await site.beat();
    expect(names.map((name) => site.service.placeOf(channelOf(name)))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(site.said.slice(2)).toEqual(["notice.recording-locked-out", "notice.recording-no-space"]);
    expect(site.kept()).toHaveLength(4);
    await site.store.liftLock(all, { at: now, by: "chief", reason: "closed" });
    await site.beat();
    expect(names.every((name) => site.service.placeOf(channelOf(name)) !== undefined)).toBe(true);
    expect(site.notes.at(-1)).toMatchObject({ type: "disk", state: "ended" });
  } finally {
    site.close();
  }
});

test("gaps go with the footage around them; what retention took is said for a year longer", async () => {
  const site = await openSite([file("a", 1), file("c", 2)], { group: 0, own: 0, second: 0, keepDays: 10 });
  try {
    const now = site.clock.now();
    const stream = (name: string) => ({ channelId: channelOf(name), role: "main" as const });
    const gap = async (name: string, days: number, cause: "offline" | "retention"): Promise<void> => {
      const from = now - days * dayMs;
      await site.store.beginRecordingGap({ ...stream(name), from, cause, detail: "" });
      await site.store.endRecordingGap(stream(name), from + 60_000);
    };
    for (const days of [400, 31, 11, 9]) await gap("a", days, "offline");
    for (const days of [378, 374]) await gap("b", days, "retention");
    for (const days of [31, 29]) await gap("c", days, "offline");
    await site.beat();
    const lanes = await site.store.readTimelines(names.map(stream), {
      from: now - 500 * dayMs,
      to: now,
      resolutionMs: 1,
      now,
    });
    const left = lanes.map((lane) =>
      lane.filter(({ kind }) => kind === "gap").map(({ from }) => Math.round((now - from) / dayMs)),
    );
    expect(left).toEqual([[9], [374], [29]]);
  } finally {
    site.close();
  }
});
