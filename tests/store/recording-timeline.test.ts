import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ChannelId } from "../../shared/base/ids.ts";
import type { RecordingSpan } from "../../shared/model/recording.ts";
import type { ReadDb } from "../../electron/store/db.ts";
import { readFunctions } from "../../electron/store/store.ts";
import { lockOf } from "./lock-of.ts";
import { openMemoryStore } from "./open-memory-store.ts";

let site: ReturnType<typeof openMemoryStore>;
beforeEach(() => {
  site = openMemoryStore();
});
afterEach(() => site.close());

const gate = ChannelId.parse("gate");
const stream = { channelId: gate, role: "main" } as const;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

function addRuns(runs: readonly (readonly [number, number])[]): void {
  const insert = site.db.prepare(
    "insert into recording_run (id, channel_id, role, from_at, to_at) values (?, 'gate', 'main', ?, ?)",
  );
  site.db.transaction(() => runs.forEach(([from, to], n) => insert.run(`r${n}`, from, to)))();
}

function screen(from: number, to: number, db: ReadDb = site.db): RecordingSpan[] {
  const span = { from, to, resolutionMs: Math.ceil((to - from) / 1_000), now: to };
  return readFunctions.readTimelines(db, [stream], span)[0] ?? [];
}

/** A connection that counts the rows it gives. */
function counting(): { readonly db: ReadDb; readonly count: () => number } {
  let rows = 0;
  const count = <T>(answer: T): T => {
    rows += Array.isArray(answer) && Array.isArray(answer[0]) ? answer.length : 1;
    return answer;
  };
  const db = {
    prepare: (sql: string) => {
      const statement = site.db.prepare(sql).raw();
      const counted = {
        raw: () => counted,
        get: (...args: unknown[]) => count(statement.get(...args)),
        all: (...args: unknown[]) => count(statement.all(...args)),
      };
      return counted;
    },
  } as unknown as ReadDb;
  return { db, count: () => rows };
}

test.each([
  ["an hour", hour],
  ["a day", day],
  ["a week", 7 * day],
  ["a month", 30 * day],
  ["a year", 366 * day],
])("%s of a camera that comes and goes every minute is read from no more than 1,500 rows", (_, length) => {
  const runs = Array.from({ length: 30 * 1_440 }, (__, n) => [n * minute, n * minute + 50_000] as const);
  addRuns(runs);
  const { db, count } = counting();
  const spans = screen(0, length, db);
  expect(count()).toBeLessThanOrEqual(1_500);
  // Finer than the holes, each of them shows; coarser, one broken stretch that ends where recording ended.
  if (length === hour) expect(spans.filter(({ kind }) => kind === "recorded")).toHaveLength(60);
  else {
    expect(spans[0]).toEqual({ kind: "recorded", from: 0, to: Math.min(length, 30 * day), isBroken: true });
  }
});

test("what is read by minutes, hours or days says of every step what the runs say", () => {
  const piece = fc.record({ start: fc.nat(400 * 60), length: fc.integer({ min: 1, max: 90 }) });
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 20 }), fc.boolean(), (pieces, isYear) => {
      site.db.exec("delete from recording_run");
      // Many short runs in the first hour make it read the coarser tables.
      const runs = Array.from({ length: 300 }, (_, n) => [n * 12_000, n * 12_000 + 4_000] as const);
      const further = pieces.map(
        ({ start, length }) => [day + start * minute, day + (start + length) * minute] as const,
      );
      addRuns([...runs, ...further]);
      const to = isYear ? 366 * day : 20 * day;
      const spans = screen(0, to);
      const stepMs = isYear ? hour : minute;
      const near = to / 1_000 + stepMs;
      const times = Array.from({ length: 45 }, (_, n) => day + n * (10 * hour + 7 * minute));
      const wrong = times.filter((at) => {
        const isRecorded = further.some(([from, end]) => from <= at && at < end);
        const isNear = further.some(([from, end]) => from - near <= at && at < end + near);
        const isShown = spans.some((span) => span.kind === "recorded" && span.from <= at && at < span.to);
        return isShown ? !isNear : isRecorded;
      });
      expect(wrong).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test("a calendar's day ends at the site's midnight, wherever in an hour that lies", () => {
  addRuns([[day - hour, day + 90 * minute]]);
  const half = 30 * minute;
  const days = readFunctions.readCalendar(site.db, [stream], [half, day + half, 2 * day + half]);
  expect(days.map(({ recordedMs }) => recordedMs)).toEqual([90 * minute, hour]);
});

test("a calendar counts bookmarks, locks that hold, and gaps that nobody wanted", async () => {
  const gap = { ...stream, detail: "" };
  await site.store.beginRecordingGap({ ...gap, from: 5, cause: "offline" });
  await site.store.beginRecordingGap({ ...gap, from: 50, cause: "off" });
  await site.store.beginRecordingGap({ ...gap, from: day + 5, cause: "stalled" });
  await site.store.addLock(lockOf("l", { from: day - 10, to: day + 10 }));
  const days = readFunctions.readCalendar(site.db, [stream], [0, day, 2 * day]);
  expect(days.map(({ gaps, locks, bookmarks }) => [gaps, locks, bookmarks])).toEqual([
    [1, 1, 0],
    [1, 1, 0],
  ]);
});
