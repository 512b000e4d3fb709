import { z } from "zod";
import type { AlarmId } from "../../shared/base/ids.ts";
import { Alarm, AlarmEntry } from "../../shared/model/alarm.ts";
import type { ReadDb, WriteDb } from "./db.ts";
import { parseRow, parseRows } from "./rows.ts";

const Json = z.string().transform((text): unknown => JSON.parse(text));
const Orders = z.strictObject({
  escalateAfterMs: z.unknown(),
  escalateTo: z.unknown(),
  rules: z.unknown(),
  instructions: z.unknown(),
  related: z.unknown(),
});

const Row = z
  .strictObject({
    id: z.string(),
    number: z.int(),
    definition_id: z.string(),
    title: z.string(),
    priority: z.int(),
    device_id: z.string().nullable(),
    channel_id: z.string().nullable(),
    place: z.string(),
    raised_at: z.int(),
    shown_at: z.int().nullable(),
    announced_at: z.int(),
    standing: Json,
    cleared_at: z.int().nullable(),
    occurrence_count: z.int(),
    first_at: z.int(),
    last_at: z.int(),
    acknowledged_at: z.int().nullable(),
    acknowledged_by: z.string().nullable(),
    owner: z.string().nullable(),
    shelved: Json.nullable(),
    escalated_at: z.int().nullable(),
    closed_at: z.int().nullable(),
    closed_by: z.string().nullable(),
    disposition: z.string().nullable(),
    orders: Json.pipe(Orders),
    steps: Json,
  })
  .transform((row) => ({
    id: row.id,
    number: row.number,
    definitionId: row.definition_id,
    title: row.title,
    priority: row.priority,
    deviceId: row.device_id,
    channelId: row.channel_id,
    place: row.place,
    raisedAt: row.raised_at,
    shownAt: row.shown_at,
    announcedAt: row.announced_at,
    standing: row.standing,
    clearedAt: row.cleared_at,
    occurrences: { count: row.occurrence_count, firstAt: row.first_at, lastAt: row.last_at },
    acknowledged: row.acknowledged_at === null ? null : { at: row.acknowledged_at, by: row.acknowledged_by },
    owner: row.owner,
    shelved: row.shelved,
    escalatedAt: row.escalated_at,
    closed:
      row.closed_at === null ? null : { at: row.closed_at, by: row.closed_by, disposition: row.disposition },
    steps: row.steps,
    ...row.orders,
  }));

const read = (rows: readonly unknown[]): Alarm[] =>
  parseRows(Row, "alarm", rows).map((row) => parseRow(Alarm, "alarm", row));

/** More alarms than this are never open: the service refuses to raise beyond it and says so. */
export const mostOpenAlarms = 10_000;

/** Every alarm that is not closed, oldest first. */
export const listOpenAlarms = (db: ReadDb): Alarm[] =>
  read(
    db
      .prepare("select * from alarm where closed_at is null order by raised_at, id limit @limit")
      .all({ limit: mostOpenAlarms }),
  );

/** Closed alarms, last closed first, a page at a time: `before` is the last one of the page before. */
export const listClosedAlarms = (
  db: ReadDb,
  limit: number,
  before: { readonly at: number; readonly number: number } | null,
): Alarm[] =>
  read(
    db
      .prepare(
        `select * from alarm where closed_at is not null and (closed_at, number) < (@at, @number)
         order by closed_at desc, number desc limit @limit`,
      )
      .all({ limit, at: before?.at ?? Number.MAX_SAFE_INTEGER, number: before?.number ?? 0 }),
  );

/** One alarm, or undefined. */
export const getAlarm = (db: ReadDb, id: AlarmId): Alarm | undefined =>
  read(db.prepare("select * from alarm where id = ?").all(id)).at(0);

/** The number the next alarm gets. */
export const nextAlarmNumber = (db: ReadDb): number =>
  z
    .object({ next: z.int() })
    .parse(db.prepare("select coalesce(max(number), 0) + 1 as next from alarm").get()).next;

/** An alarm's history, oldest line first; of a very long one the newest lines. */
export const listAlarmEntries = (db: ReadDb, id: AlarmId, limit: number): AlarmEntry[] =>
  parseRows(
    AlarmEntry,
    "alarm_entry",
    db
      .prepare(
        `select at, kind, by, detail from alarm_entry where alarm_id = @id order by id desc limit @limit`,
      )
      .all({ id, limit }),
  ).toReversed();

/** An alarm as it is now and the line that says how it came to be so. */
export interface AlarmWrite {
  readonly alarm: Alarm;
  readonly entry: AlarmEntry;
}

/** Writes changes down, all or none, each with its line of history. */
export function saveAlarms(db: WriteDb, changes: readonly AlarmWrite[]): void {
  const save = db.prepare(
    `insert into alarm (id, number, definition_id, title, priority, device_id, channel_id, place, raised_at, shown_at,
       announced_at, standing, cleared_at, occurrence_count, first_at, last_at, acknowledged_at, acknowledged_by,
       owner, shelved, escalated_at, closed_at, closed_by, disposition, orders, steps)
     values (@id, @number, @definitionId, @title, @priority, @deviceId, @channelId, @place, @raisedAt, @shownAt,
       @announcedAt, @standing, @clearedAt, @count, @firstAt, @lastAt, @acknowledgedAt, @acknowledgedBy,
       @owner, @shelved, @escalatedAt, @closedAt, @closedBy, @disposition, @orders, @steps)
     on conflict (id) do update set shown_at = excluded.shown_at, announced_at = excluded.announced_at,
       standing = excluded.standing, cleared_at = excluded.cleared_at, occurrence_count = excluded.occurrence_count,
       first_at = excluded.first_at, last_at = excluded.last_at, acknowledged_at = excluded.acknowledged_at,
       acknowledged_by = excluded.acknowledged_by, owner = excluded.owner, shelved = excluded.shelved,
       escalated_at = excluded.escalated_at, closed_at = excluded.closed_at, closed_by = excluded.closed_by,
       disposition = excluded.disposition, steps = excluded.steps`,
  );
  const note = db.prepare(
    "insert into alarm_entry (alarm_id, at, kind, by, detail) values (@alarmId, @at, @kind, @by, @detail)",
  );
  for (const { alarm, entry } of changes) {
    save.run(columnsOf(alarm));
    note.run({ ...entry, alarmId: alarm.id, detail: entry.detail.slice(0, 2_000) });
  }
}

function columnsOf(alarm: Alarm): Record<string, string | number | null> {
  const { acknowledged, closed, occurrences, shelved } = alarm;
  const { escalateAfterMs, escalateTo, rules, instructions, related } = alarm;
  return {
    id: alarm.id,
    number: alarm.number,
    definitionId: alarm.definitionId,
    title: alarm.title,
    priority: alarm.priority,
    deviceId: alarm.deviceId,
    channelId: alarm.channelId,
    place: alarm.place,
    raisedAt: alarm.raisedAt,
    shownAt: alarm.shownAt,
    announcedAt: alarm.announcedAt,
    standing: JSON.stringify(alarm.standing),
    clearedAt: alarm.clearedAt,
    ...occurrences,
    acknowledgedAt: acknowledged?.at ?? null,
    acknowledgedBy: acknowledged?.by ?? null,
    owner: alarm.owner,
    shelved: shelved === null ? null : JSON.stringify(shelved),
    escalatedAt: alarm.escalatedAt,
    closedAt: closed?.at ?? null,
    closedBy: closed?.by ?? null,
    disposition: closed?.disposition ?? null,
    orders: JSON.stringify({ escalateAfterMs, escalateTo, rules, instructions, related }),
    steps: JSON.stringify(alarm.steps),
  };
}
