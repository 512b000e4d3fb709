import { z } from "zod";
import type { CalendarDay } from "../../shared/contract/recording.ts";
import { GapCause, wantedCauses } from "../../shared/model/recording.ts";
import type { ReadDb } from "./db.ts";
import type { RecordedStream } from "./recordings.ts";
import { integersOf, parseRow } from "./rows.ts";

const GapRow = z.tuple([z.int(), GapCause]);

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** A month of one stream that has more gaps than this says "at least so many". */
const mostGaps = 20_000;
const mostMarks = 20_000;

type Count = Exclude<keyof CalendarDay, "from" | "to">;
type Day = { -readonly [Key in keyof CalendarDay]: CalendarDay[Key] };

/**
 * What each day holds, all streams together; day `i` goes from `bounds[i]` to `bounds[i + 1]`, wherever a zone's
 * midnight lies. Recorded time is reckoned from whole hours, and by the minute where a day begins within one.
 */
export function readCalendar(
  db: ReadDb,
  streams: readonly RecordedStream[],
  bounds: readonly number[],
): CalendarDay[] {
  const days: Day[] = bounds.slice(0, -1).map((from, index) => ({
    from,
    to: Math.max(from, bounds[index + 1] ?? from),
    recordedMs: 0,
    gaps: 0,
    events: 0,
    bookmarks: 0,
    locks: 0,
  }));
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined) return [];
  const { from } = first;
  const { to } = last;
  const add = (what: Count, fromAt: number, toAt: number, amount: (day: Day) => number): void => {
    for (const day of days) if (fromAt < day.to && toAt >= day.from) day[what] += amount(day);
  };
  const hours = db
    .prepare(
      `select hour_at, minutes & 1073741823, minutes >> 30, recorded_ms from recording_hour
       where channel_id = ? and role = ? and hour_at > ? and hour_at < ? order by hour_at`,
    )
    .raw();
  const gaps = db
    .prepare(
      `select from_at, cause from recording_gap
       where channel_id = ? and role = ? and from_at >= ? and from_at < ? order by from_at limit ${mostGaps}`,
    )
    .raw();
  // An hour that two days share is counted where it begins.
  const events = db
    .prepare(
      `select hour_at, sum(count) from event_hour where scope = ? and hour_at >= ? and hour_at < ?
       group by hour_at order by hour_at`,
    )
    .raw();
  for (const { channelId, role } of streams) {
    for (const row of events.all(channelId, from, to)) {
      const [at = 0, count = 0] = integersOf("event_hour", row, 2);
      add("events", at, at, () => count);
    }
    for (const row of hours.all(channelId, role, from - hourMs, to)) {
      const [at = 0, early = 0, late = 0, recordedMs = 0] = integersOf("recording_hour", row, 4);
      const held = Math.min(hourMs, recordedMs);
      add("recordedMs", at, at + hourMs - 1, (day) =>
        day.from <= at && day.to >= at + hourMs ? held : minutesWithin(day, at, early, late) * minuteMs,
      );
    }
    for (const row of gaps.all(channelId, role, from, to)) {
      const [at, cause] = parseRow(GapRow, "recording_gap", row);
      if (!wantedCauses.includes(cause)) add("gaps", at, at, () => 1);
    }
  }
  const channels = JSON.stringify(streams.map(({ channelId }) => channelId));
  const marks = (table: string, key: string, where: string): readonly unknown[] =>
    db
      .prepare(
        `select m.from_at, m.to_at from ${table} m where m.from_at < ? and m.to_at >= ? ${where} and exists (
           select 1 from ${table}_channel c where c.${key} = m.id
             and c.channel_id in (select value from json_each(?))) order by m.from_at desc limit ${mostMarks}`,
      )
      .raw()
      .all(to, from, channels);
  for (const row of marks("bookmark", "bookmark_id", "")) {
    const [fromAt = 0, toAt = 0] = integersOf("bookmark", row, 2);
    add("bookmarks", fromAt, toAt, () => 1);
  }
  for (const row of marks("evidence_lock", "lock_id", "and m.lifted_at is null")) {
    const [fromAt = 0, toAt = 0] = integersOf("evidence_lock", row, 2);
    add("locks", fromAt, toAt, () => 1);
  }
  return days;
}

/** How many of an hour's touched minutes lie in a day that begins or ends within it. */
function minutesWithin(day: Day, hourAt: number, early: number, late: number): number {
  let count = 0;
  for (let minute = 0; minute < 60; minute += 1) {
    const mask = minute < 30 ? early : late;
    const at = hourAt + minute * minuteMs;
    if ((mask & (1 << (minute % 30))) !== 0 && at >= day.from && at < day.to) count += 1;
  }
  return count;
}
