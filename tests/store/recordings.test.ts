import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ChannelId } from "../../shared/base/ids.ts";
import type { RecordingSpan } from "../../shared/model/recording.ts";
import { lockOf } from "./lock-of.ts";
import { openMemoryStore } from "./open-memory-store.ts";

let site: ReturnType<typeof openMemoryStore>;
beforeEach(() => {
  site = openMemoryStore();
});
afterEach(() => site.close());

const gate = ChannelId.parse("gate");
const yard = ChannelId.parse("yard");
const minute = 60_000;
const stream = (channelId: ChannelId) => ({ channelId, role: "main" as const });
const pathOf = (channelId: ChannelId, startAt: number): string =>
  `recordings/${channelId}/2026-01-01/${startAt}-main.mp4`;

async function record(
  channelId: ChannelId,
  run: string,
  startAt: number,
  endAt: number,
  bytes = 100,
): Promise<void> {
  const path = pathOf(channelId, startAt);
  await site.store.addRecordingFile({
    path,
    ...stream(channelId),
    run,
    startAt,
    endAt,
    bytes,
    isOpen: false,
  });
}

const timeline = (from: number, to: number, resolutionMs: number, now = to): Promise<RecordingSpan[]> =>
  site.store.readTimelines([stream(gate)], { from, to, resolutionMs, now }).then(([lane = []]) => lane);

test("files of one run are one recorded stretch, and a hole says why it is there", async () => {
  await record(gate, "a", 0, minute);
  await record(gate, "a", minute, 2 * minute);
  await site.store.beginRecordingGap({
    ...stream(gate),
    from: 2 * minute,
    cause: "offline",
    detail: "closed",
  });
  await site.store.endRecordingGap(stream(gate), 5 * minute);
  await record(gate, "b", 5 * minute, 6 * minute);
  expect(await timeline(0, 10 * minute, 1_000)).toEqual([
    { kind: "recorded", from: 0, to: 2 * minute, isBroken: false },
    { kind: "gap", from: 2 * minute, to: 5 * minute, cause: "offline" },
    { kind: "recorded", from: 5 * minute, to: 6 * minute, isBroken: false },
  ]);
  // From further away the gap is too small to draw, but not forgotten.
  expect(await timeline(0, 10 * minute, 4 * minute)).toEqual([
    { kind: "recorded", from: 0, to: 6 * minute, isBroken: true },
  ]);
});

test("a gap that lasts reaches until now, and no further", async () => {
  await record(gate, "a", 0, minute);
  await site.store.beginRecordingGap({ ...stream(gate), from: minute, cause: "stalled", detail: "" });
  expect((await timeline(0, 9 * minute, 1_000, 3 * minute)).at(-1)).toEqual({
    kind: "gap",
    from: minute,
    to: 3 * minute,
    cause: "stalled",
  });
});

test("the next file ends the gap that lasted", async () => {
  await record(gate, "a", 0, minute);
  await site.store.beginRecordingGap({ ...stream(gate), from: minute, cause: "offline", detail: "" });
  const next = { path: pathOf(gate, 3 * minute), ...stream(gate), run: "b", startAt: 3 * minute };
  await site.store.addRecordingFile({ ...next, endAt: 3 * minute, bytes: 0, isOpen: true });
  await site.store.growRecordingFiles([{ path: next.path, endAt: 4 * minute, bytes: 70 }], true);
  expect(await timeline(0, 4 * minute, 1_000, 9 * minute)).toEqual([
    { kind: "recorded", from: 0, to: minute, isBroken: false },
    { kind: "gap", from: minute, to: 3 * minute, cause: "offline" },
    { kind: "recorded", from: 3 * minute, to: 4 * minute, isBroken: false },
  ]);
  expect(await site.store.readRecordingTotal()).toEqual({ bytes: 170, files: 2, oldestAt: 0 });
});

test("retention leaves what it took as a gap, splits a run around locked footage, and keeps the total", async () => {
  for (let n = 0; n < 6; n += 1) await record(gate, "a", n * minute, (n + 1) * minute);
  await site.store.addLock(lockOf("l", { from: 2 * minute + 1, to: 3 * minute - 1 }));
  const step = { now: 0, endedBefore: 5 * minute, excessBytes: 0, limit: 100 };
  const taken = await site.store.expireRecordings(step);
  expect(taken.files.map(({ path }) => path)).toEqual([0, 1, 3].map((n) => pathOf(gate, n * minute)));
  const doomed = await site.store.listDoomed(10);
  expect(new Set(doomed.map(({ path }) => path))).toEqual(new Set(taken.files.map(({ path }) => path)));
  expect(await timeline(0, 6 * minute, 1_000)).toEqual([
    { kind: "gap", from: 0, to: 2 * minute, cause: "retention" },
    { kind: "recorded", from: 2 * minute, to: 3 * minute, isBroken: false },
    { kind: "gap", from: 3 * minute, to: 4 * minute, cause: "retention" },
    { kind: "recorded", from: 4 * minute, to: 6 * minute, isBroken: false },
  ]);
  expect(await site.store.readRecordingTotal()).toMatchObject({ bytes: 300, files: 3 });
  await site.store.forgetDoomed(taken.files);
  expect(await site.store.listDoomed(10)).toEqual([]);
});

test("retention never takes a file that a lock holds, whatever the ages, quotas, locks and hours", async () => {
  const file = fc.record({
    channel: fc.constantFrom(gate, yard),
    start: fc.nat({ max: 60 }),
    bytes: fc.nat(50),
  });
  const lock = fc.record({
    channels: fc.constantFrom([gate], [yard], [gate, yard]),
    from: fc.nat({ max: 60 }),
    length: fc.integer({ min: 1, max: 20 }),
    until: fc.option(fc.nat({ max: 100 })),
    isLifted: fc.boolean(),
  });
  const step = fc.record({
    now: fc.nat({ max: 100 }),
    endedBefore: fc.nat({ max: 70 }),
    excessBytes: fc.nat({ max: 2_000 }),
    limit: fc.integer({ min: 1, max: 8 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(file, { selector: ({ channel, start }) => `${channel} ${start}`, maxLength: 25 }),
      fc.array(lock, { maxLength: 5 }),
      fc.array(step, { minLength: 1, maxLength: 5 }),
      async (files, locks, steps) => {
        const own = openMemoryStore();
        try {
          const all = locks.map((one, index) =>
            lockOf(`l${index}`, {
              channels: [...one.channels],
              from: one.from,
              to: one.from + one.length,
              until: one.until,
              liftedAt: one.isLifted ? 1 : null,
              liftedBy: one.isLifted ? "b" : null,
            }),
          );
          for (const one of all) await own.store.addLock(one);
          for (const { channel, start, bytes } of files) {
            const name = { path: pathOf(channel, start), ...stream(channel), run: `r${channel}` };
            await own.store.addRecordingFile({
              ...name,
              startAt: start,
              endAt: start + 1,
              bytes,
              isOpen: false,
            });
          }
          for (const each of steps) {
            const step_ = await own.store.expireRecordings(each);
            const paths = step_.files.map(({ path }) => path);
            const taken = files.filter(({ channel, start }) => paths.includes(pathOf(channel, start)));
            expect(taken).toHaveLength(paths.length);
            for (const { channel, start } of taken) {
              const holding = all.filter(
                (one) =>
                  one.channels.includes(channel) &&
                  one.liftedAt === null &&
                  (one.until === null || one.until > each.now) &&
                  one.from < start + 1 &&
                  one.to > start,
              );
              expect(holding).toEqual([]);
            }
          }
          // Index, runs and total still agree.
          const total = await own.store.readRecordingTotal();
          const counted = own.db
            .prepare("select count(*) n, coalesce(sum(bytes), 0) b from recording_file")
            .get();
          expect(counted).toEqual({ n: total.files, b: total.bytes });
          const astray = own.db
            .prepare(
              `select count(*) n from recording_file f join recording_run r on r.id = f.run_id
               where f.start_at < r.from_at or f.end_at > r.to_at`,
            )
            .get();
          expect(astray).toEqual({ n: 0 });
        } finally {
          own.close();
        }
      },
    ),
    { numRuns: 60 },
  );
});

test("the timeline says of every instant what the files say, at the finest resolution", async () => {
  const files = fc.uniqueArray(fc.nat({ max: 80 }), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(files, async (starts) => {
      const own = openMemoryStore();
      try {
        for (const n of starts) {
          const name = { path: pathOf(gate, n * minute), ...stream(gate), run: `r${n}` };
          const times = { startAt: n * minute, endAt: (n + 1) * minute };
          await own.store.addRecordingFile({ ...name, ...times, bytes: 1, isOpen: false });
        }
        const span = { from: 0, to: 90 * minute, resolutionMs: 1_000, now: 0 };
        const [spans = []] = await own.store.readTimelines([stream(gate)], span);
        for (let n = 0; n < 90; n += 1) {
          const at = n * minute + minute / 2;
          expect(spans.some(({ kind, from, to }) => kind === "recorded" && from <= at && at < to)).toBe(
            starts.includes(n),
          );
        }
      } finally {
        own.close();
      }
    }),
    { numRuns: 40 },
  );
});
