import { z } from "zod";
import { ChannelId, DeviceId } from "../../shared/base/ids.ts";
import type { ReadDb, WriteDb } from "./db.ts";
import type { Cursor, Page } from "./device-history.ts";
import { parseRows } from "./rows.ts";

/** Something the console itself saw happen. */
export const ConsoleEvent = z.strictObject({
  occurredAt: z.int(),
  /** What happened, past tense: `picture-stale`, `picture-live`, `source-lost`. */
  kind: z.string().min(1).max(64),
  deviceId: DeviceId.nullable(),
  channelId: ChannelId.nullable(),
  detail: z.string().max(500),
});
export type ConsoleEvent = z.infer<typeof ConsoleEvent>;

/** Writes facts down, all or none. */
export function appendConsoleEvents(db: WriteDb, events: readonly ConsoleEvent[]): void {
  const insert = db.prepare(
    `insert into console_event (occurred_at, kind, device_id, channel_id, detail)
     values (@occurredAt, @kind, @deviceId, @channelId, @detail)`,
  );
  for (const event of events) insert.run({ ...event, detail: event.detail.slice(0, 500) });
}

const EventRow = ConsoleEvent.extend({ id: z.int() });
const columns = "id, occurred_at as occurredAt, kind, device_id as deviceId, channel_id as channelId, detail";

/** Console events, newest first, a page at a time; of one channel when one is named. */
export function listConsoleEvents(
  db: ReadDb,
  limit: number,
  channelId?: ChannelId,
  before?: Cursor,
): Page<ConsoleEvent> {
  const ofChannel = channelId === undefined ? "" : "channel_id = @channelId and";
  const rows = parseRows(
    EventRow,
    "console_event",
    db
      .prepare(
        `select ${columns} from console_event where ${ofChannel} (occurred_at, id) < (@at, @id)
         order by occurred_at desc, id desc limit @limit`,
      )
      .all({
        limit,
        at: before?.at ?? Number.MAX_SAFE_INTEGER,
        id: before?.id ?? 0,
        ...(channelId === undefined ? {} : { channelId }),
      }),
  );
  const last = rows.at(-1);
  return {
    items: rows.map(({ id: _id, ...event }) => event),
    next: last !== undefined && rows.length === limit ? { at: last.occurredAt, id: last.id } : undefined,
  };
}

/** Deletes facts from before `until`, at most 500 a call. Answers how many; repeat while it is 500. */
export const expireConsoleEvents = (db: WriteDb, until: number): number =>
  db
    .prepare(
      `delete from console_event where id in
         (select id from console_event where occurred_at < ? order by occurred_at, id limit 500)`,
    )
    .run(until).changes;
