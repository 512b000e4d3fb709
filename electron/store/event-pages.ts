import { z } from "zod";
import type { Event, EventCursor, EventQuery } from "../../shared/model/event.ts";
import type { ReadDb } from "./db.ts";
import type { Page } from "./device-history.ts";
import { eventColumns, readEventRows } from "./event-rows.ts";
import { matchExpression } from "./event-words.ts";
import { parseRow } from "./rows.ts";

const Key = z.strictObject({ at: z.int(), id: z.int() });
const earliest = -Number.MAX_SAFE_INTEGER;
const latest = Number.MAX_SAFE_INTEGER;
/** A device's time further from ours than this is not believed, so `occurred_at` never lies further back. */
const lateMs = 3_600_000;

/**
 * Events of a query, newest first, a page at a time.
 *
 * Without text they come by when they happened; each combination of what is asked for has its own index, and their
 * heads are merged, so that no page reads much more than itself. With text they come in the order of receipt.
 */
export function listEvents(db: ReadDb, query: EventQuery, limit: number, before?: EventCursor): Page<Event> {
  const match = matchExpression(query);
  if (match === undefined && query.text.trim() !== "") return { items: [], next: undefined };
  const ids =
    match === undefined ? mergedIds(db, query, limit, before) : matchedIds(db, query, match, limit, before);
  const get = db.prepare(`select ${eventColumns} from event where id = ?`);
  const items = readEventRows(ids.map((id) => get.get(id)).filter((row) => row !== undefined));
  const last = items.at(-1);
  return {
    items,
    next: last !== undefined && ids.length === limit ? { at: last.occurredAt, id: last.id } : undefined,
  };
}

/** One event; undefined: there is none of that id. */
export function getEvent(db: ReadDb, id: number): Event | undefined {
  const row: unknown = db.prepare(`select ${eventColumns} from event where id = ?`).get(id);
  return row === undefined ? undefined : readEventRows([row])[0];
}

interface Head {
  readonly rows: Iterator<unknown>;
  next: z.infer<typeof Key>;
}

/** Walks one index a combination, newest first, and takes the newest head each time. */
function mergedIds(db: ReadDb, query: EventQuery, limit: number, before: EventCursor | undefined): number[] {
  const top = { at: before?.at ?? latest, id: before?.id ?? latest };
  const bound = query.to !== null && query.to <= top.at ? { at: query.to, id: earliest } : top;
  const heads: Head[] = [];
  for (const { where, values } of combinations(query)) {
    const rows = db
      .prepare(
        `select occurred_at as at, id from event where ${where} (occurred_at, id) < (?, ?) and occurred_at >= ?
         order by occurred_at desc, id desc limit ?`,
      )
      .iterate(...values, bound.at, bound.id, query.from ?? earliest, limit);
    const head = advance(rows);
    if (head !== undefined) heads.push({ rows, next: head });
  }
  const ids: number[] = [];
  while (ids.length < limit) {
    const newest = newestOf(heads);
    if (newest === undefined) break;
    // A camera and its device may both be asked for.
    if (ids.at(-1) !== newest.next.id) ids.push(newest.next.id);
    const following = advance(newest.rows);
    if (following === undefined) heads.splice(heads.indexOf(newest), 1);
    else newest.next = following;
  }
  // The rest of each walk is not wanted: an open one would hold the connection.
  for (const { rows } of heads) rows.return?.();
  return ids;
}

function advance(rows: Iterator<unknown>): z.infer<typeof Key> | undefined {
  const { done, value } = rows.next();
  return done === true ? undefined : parseRow(Key, "event", value);
}

function newestOf(heads: readonly Head[]): Head | undefined {
  let newest: Head | undefined;
  for (const head of heads) {
    if (newest === undefined || isNewer(head.next, newest.next)) newest = head;
  }
  return newest;
}

const isNewer = (one: z.infer<typeof Key>, other: z.infer<typeof Key>): boolean =>
  one.at > other.at || (one.at === other.at && one.id > other.id);

/** What to look up by which columns; each event is in exactly one of them. */
function combinations(query: EventQuery): { where: string; values: string[] }[] {
  const { channelIds, deviceIds, types } = query;
  const places = [
    ...channelIds.map((id) => ({ where: "channel_id = ? and", values: [String(id)] })),
    ...deviceIds.map((id) => ({ where: "device_id = ? and", values: [String(id)] })),
  ];
  if (types.length === 0) return places.length === 0 ? [{ where: "", values: [] }] : places;
  const ofTypes = types.map((type) => ({ where: "type = ? and", values: [String(type)] }));
  if (places.length === 0) return ofTypes;
  return places.flatMap((place) =>
    ofTypes.map((type) => ({
      where: `${place.where} ${type.where}`,
      values: [...place.values, ...type.values],
    })),
  );
}

/** Words and everything else that narrows are found in the full-text index; times bound its row ids. */
function matchedIds(
  db: ReadDb,
  query: EventQuery,
  match: string,
  limit: number,
  before: EventCursor | undefined,
): number[] {
  const edge = (sql: string, at: number): number | undefined =>
    db.prepare(sql).pluck().get(at) as number | undefined;
  const low =
    query.from === null
      ? earliest
      : (edge("select id from event where received_at >= ? order by received_at, id limit 1", query.from) ??
        latest);
  const high =
    query.to === null
      ? latest
      : (edge(
          "select id from event where received_at < ? order by received_at desc, id desc limit 1",
          query.to + lateMs,
        ) ?? earliest);
  const below = Math.min(high, before === undefined ? latest : before.id - 1);
  return db
    .prepare(
      `select w.rowid from event_words w join event e on e.id = w.rowid
       where event_words match ? and w.rowid >= ? and w.rowid <= ? and e.occurred_at >= ? and e.occurred_at < ?
       order by w.rowid desc limit ?`,
    )
    .pluck()
    .all(match, low, below, query.from ?? earliest, query.to ?? latest, limit)
    .map(Number);
}
