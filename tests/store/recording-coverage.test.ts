import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openMemoryStore } from "./open-memory-store.ts";

let site: ReturnType<typeof openMemoryStore>;
beforeEach(() => {
  site = openMemoryStore();
});
afterEach(() => site.close());

interface Run {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const write = ({ id, from, to }: Run): void => {
  site.db
    .prepare(
      `insert into recording_run (id, channel_id, role, from_at, to_at) values (?, 'gate', 'main', ?, ?)
       on conflict (id) do update set from_at = excluded.from_at, to_at = excluded.to_at`,
    )
    .run(id, from, to);
};
const remove = (id: string): void => {
  site.db.prepare("delete from recording_run where id = ?").run(id);
};

/** What the hours and days must say of these runs: reckoned minute by minute. */
function reckoned(runs: readonly Run[]): { readonly hours: unknown[]; readonly days: unknown[] } {
  const hours = new Map<number, { minutes: bigint; recordedMs: number }>();
  for (const { from, to } of runs.filter((run) => run.from < run.to)) {
    for (let minute = Math.floor(from / 60_000); minute * 60_000 < to; minute += 1) {
      const hourAt = Math.floor(minute / 60) * hourMs;
      const hour = hours.get(hourAt) ?? { minutes: 0n, recordedMs: 0 };
      hour.minutes |= 1n << BigInt(minute % 60);
      hour.recordedMs += Math.min(to, (minute + 1) * 60_000) - Math.max(from, minute * 60_000);
      hours.set(hourAt, hour);
    }
  }
  const days = new Map<number, { hours: number; recordedMs: number }>();
  for (const [hourAt, { recordedMs }] of hours) {
    const dayAt = Math.floor(hourAt / dayMs) * dayMs;
    const day = days.get(dayAt) ?? { hours: 0, recordedMs: 0 };
    day.hours |= 1 << ((hourAt / hourMs) % 24);
    day.recordedMs += recordedMs;
    days.set(dayAt, day);
  }
  const sorted = <T>(map: Map<number, T>): unknown[] => [...map].sort(([a], [b]) => a - b);
  return { hours: sorted(hours), days: sorted(days) };
}

function stored(): { readonly hours: unknown[]; readonly days: unknown[] } {
  const hours = site.db
    .prepare("select hour_at, minutes, recorded_ms from recording_hour order by hour_at")
    .safeIntegers()
    .all() as { hour_at: bigint; minutes: bigint; recorded_ms: bigint }[];
  const days = site.db
    .prepare("select day_at, hours, recorded_ms from recording_day order by day_at")
    .all() as {
    day_at: number;
    hours: number;
    recorded_ms: number;
  }[];
  return {
    hours: hours.map((row) => [
      Number(row.hour_at),
      { minutes: row.minutes, recordedMs: Number(row.recorded_ms) },
    ]),
    days: days.map((row) => [row.day_at, { hours: row.hours, recordedMs: row.recorded_ms }]),
  };
}

/** Eight runs, each within its own three hours, that come, grow, shrink at both ends and go. */
const change = fc.record({
  slot: fc.nat(7),
  from: fc.nat(10_000_000),
  length: fc.oneof(fc.nat(120_000), fc.nat(800_000), fc.constant(0)),
  goes: fc.nat(4),
});

test("hours and days agree with the runs after any changes to them", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      site.db.exec("delete from recording_run");
      expect(stored()).toEqual({ hours: [], days: [] });
      const runs = new Map<string, Run>();
      for (const { slot, from, length, goes } of changes) {
        const id = `run-${slot}`;
        const startAt = 20 * hourMs + slot * 3 * hourMs + Math.min(from, 3 * hourMs - length);
        if (goes === 0) {
          remove(id);
          runs.delete(id);
        } else {
          write({ id, from: startAt, to: startAt + length });
          runs.set(id, { id, from: startAt, to: startAt + length });
        }
        expect(stored()).toEqual(reckoned([...runs.values()]));
      }
    }),
    { numRuns: 40 },
  );
});

test("a minute that two files share is still recorded when the older one is deleted", () => {
  write({ id: "a", from: 20_000, to: 80_000 });
  write({ id: "b", from: 80_000, to: 140_000 });
  remove("a");
  expect(stored()).toEqual(reckoned([{ id: "b", from: 80_000, to: 140_000 }]));
});

test("a run that lasts for months is counted to its last hour", () => {
  const run = { id: "long", from: 5 * dayMs - 1, to: 190 * dayMs + 1 };
  write(run);
  expect(stored()).toEqual(reckoned([run]));
  remove("long");
  expect(stored()).toEqual({ hours: [], days: [] });
});
