import { z } from "zod";
import { EventType } from "../../shared/model/event.ts";
import { EventTopic, EventView } from "../../shared/model/event-log.ts";
import type { ReadDb, WriteDb } from "./db.ts";
import { parseRows } from "./rows.ts";
import { StoreError } from "./store-error.ts";

/** Every topic devices have used, the most recent first, with what a person wants it to be. At most 4,000. */
export const listEventTopics = (db: ReadDb): EventTopic[] =>
  parseRows(
    EventTopic,
    "event_topic",
    db
      .prepare(
        `select topic, type, seen, last_at as lastAt, example from event_topic
         order by last_at desc, topic limit 4000`,
      )
      .all(),
  );

/** Decides what a topic is from now on; null gives it back to the console's own table. False: nobody used it yet. */
export const setEventTopicType = (db: WriteDb, topic: string, type: EventType | "ignored" | null): boolean =>
  db.prepare("update event_topic set type = ? where topic = ?").run(type, topic).changes === 1;

const ViewRow = z
  .strictObject({ id: z.string(), name: z.string(), view: z.string() })
  .transform(({ id, name, view }) => ({ id, name, ...z.looseObject({}).parse(JSON.parse(view)) }))
  .pipe(EventView);

/** Saved views of the event log by name. */
export const listEventViews = (db: ReadDb): EventView[] =>
  parseRows(
    ViewRow,
    "event_view",
    db.prepare("select id, name, view from event_view order by name limit 200").all(),
  );

/** Saves a view; one of the same name, whatever the case, is replaced. Throws `StoreError` beyond 200. */
export function saveEventView(db: WriteDb, view: EventView, at: number): void {
  const { id, name, ...rest } = view;
  db.prepare("delete from event_view where name = ? or id = ?").run(name, id);
  const count = Number(db.prepare("select count(*) from event_view").pluck().get());
  if (count >= 200) throw new StoreError("internal", "there are 200 views already");
  db.prepare("insert into event_view (id, name, view, changed_at) values (?, ?, ?, ?)").run(
    id,
    name,
    JSON.stringify(rest),
    at,
  );
}

/** False: there was none. */
export const removeEventView = (db: WriteDb, id: string): boolean =>
  db.prepare("delete from event_view where id = ?").run(id).changes === 1;
