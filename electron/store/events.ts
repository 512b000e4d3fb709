import type { Event, NewEvent } from "../../shared/model/event.ts";
import type { WriteDb } from "./db.ts";
import { indexedWords } from "./event-words.ts";

const minuteMs = 60_000;
const hourMs = 3_600_000;
const stepOf = (at: number, stepMs: number): number => Math.floor(at / stepMs) * stepMs;

/** One row of a counting table. */
interface Tally {
  readonly scope: string;
  readonly at: number;
  readonly type: string;
  count: number;
}

/** Writes facts down, all or none, with their words and counts. Answers them with their ids, in the same order. */
export function appendEvents(db: WriteDb, events: readonly NewEvent[]): Event[] {
  const insert = db.prepare(
    `insert into event (occurred_at, received_at, offset_ms, device_at, device_id, channel_id, place, type, state,
       source, topic, detail, items)
     values (@occurredAt, @receivedAt, @offsetMs, @deviceAt, @deviceId, @channelId, @place, @type, @state,
       @source, @topic, @detail, @items)`,
  );
  const index = db.prepare("insert into event_words (rowid, words) values (?, ?)");
  const stored = events.map((event) => {
    const items = JSON.stringify(event.items);
    const id = Number(insert.run({ ...event, items }).lastInsertRowid);
    index.run(id, indexedWords(event));
    return { ...event, id };
  });
  for (const table of ["minute", "hour"] as const) {
    const count = db.prepare(
      `insert into event_${table} (scope, ${table}_at, type, count) values (?, ?, ?, ?)
       on conflict do update set count = count + excluded.count`,
    );
    for (const tally of tallies(events, table === "minute" ? minuteMs : hourMs)) {
      count.run(tally.scope, tally.at, tally.type, tally.count);
    }
  }
  noteTopics(db, events);
  return stored;
}

function tallies(events: readonly NewEvent[], stepMs: number): Iterable<Tally> {
  const found = new Map<string, Tally>();
  for (const { channelId, deviceId, occurredAt, type } of events) {
    const own = channelId ?? deviceId;
    const at = stepOf(occurredAt, stepMs);
    for (const scope of own === null ? [""] : ["", own]) {
      const key = `${scope} ${at} ${type}`;
      const tally = found.get(key);
      if (tally === undefined) found.set(key, { scope, at, type, count: 1 });
      else tally.count += 1;
    }
  }
  return found.values();
}

/** Remembers which topics devices use; at most a few thousand, so that a device that makes them up fills nothing. */
function noteTopics(db: WriteDb, events: readonly NewEvent[]): void {
  const seen = new Map<string, { count: number; event: NewEvent }>();
  for (const event of events) {
    if (event.topic === "") continue;
    const entry = seen.get(event.topic);
    seen.set(event.topic, { count: (entry?.count ?? 0) + 1, event });
  }
  const again = db.prepare(
    "update event_topic set seen = seen + ?, last_at = ?, example = ? where topic = ?",
  );
  const first = db.prepare(
    `insert into event_topic (topic, type, seen, last_at, example)
     select ?, null, ?, ?, ? where (select count(*) from event_topic) < 4000`,
  );
  for (const [topic, { count, event }] of seen) {
    const example = event.items
      .map(({ name, value }) => `${name}=${value}`)
      .join(", ")
      .slice(0, 500);
    const { changes } = again.run(count, event.receivedAt, example, topic);
    if (changes === 0) first.run(topic, count, event.receivedAt, example);
  }
}

/** Deletes events from before `until`, at most 500 a call. Answers how many; repeat while it is 500. */
export function expireEvents(db: WriteDb, until: number): number {
  const ids = db
    .prepare("select id from event where occurred_at < ? order by occurred_at, id limit 500")
    .pluck()
    .all(until);
  const remove = db.prepare("delete from event where id = ?");
  const forget = db.prepare("delete from event_words where rowid = ?");
  for (const id of ids) {
    remove.run(id);
    forget.run(id);
  }
  if (ids.length < 500) {
    db.prepare("delete from event_minute where minute_at < ?").run(stepOf(until, minuteMs));
    db.prepare("delete from event_hour where hour_at < ?").run(stepOf(until, hourMs));
  }
  return ids.length;
}
