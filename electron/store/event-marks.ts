import type { ChannelId } from "../../shared/base/ids.ts";
import { type EventMark, type EventQuery, type EventType, eventTypes } from "../../shared/model/event.ts";
import type { ReadDb } from "./db.ts";
import { StoreError } from "./store-error.ts";

/** Which part of which lanes, and how many marks at most for each of them. */
export interface MarkSpan {
  readonly channelIds: readonly ChannelId[];
  readonly fromAt: number;
  readonly toAt: number;
  /** Of one channel: what a lane has room for. Beyond it they come as counts. */
  readonly limit: number;
}

const types: ReadonlyMap<unknown, EventType> = new Map(eventTypes.map((type) => [type, type]));
const typeOf = (value: unknown): EventType => types.get(value) ?? "device-event";

/** Columns as they come, checked by hand: a screen of the ruler reads thousands of them. */
function markOf(row: unknown, channelId: ChannelId): EventMark {
  const [id, at, type, state] = Array.isArray(row) ? (row as readonly unknown[]) : [];
  const isRead = Number.isSafeInteger(id) && Number.isSafeInteger(at);
  if (!isRead) throw new StoreError("bad-row", "a row of event cannot be read");
  const known = state === "begun" || state === "ended" ? state : null;
  return { kind: "event", id: Number(id), channelId, at: Number(at), type: typeOf(type), state: known };
}

function barOf(row: unknown, table: string): EventBar {
  const [at, type, count] = Array.isArray(row) ? (row as readonly unknown[]) : [];
  const isRead = Number.isSafeInteger(at) && Number.isSafeInteger(count);
  if (!isRead) throw new StoreError("bad-row", `a row of ${table} cannot be read`);
  return { at: Number(at), type: typeOf(type), count: Number(count) };
}

const minuteMs = 60_000;
const hourMs = 3_600_000;

/**
 * What happened on each channel, oldest first: every event while there are at most `limit`, else how many of each type
 * in a minute, or in an hour (or several) when minutes are too many as well. Never more than `limit` steps a channel.
 */
export function eventMarks(db: ReadDb, { channelIds, fromAt, toAt, limit }: MarkSpan): EventMark[] {
  const events = db
    .prepare(
      `select id, occurred_at, type, state from event
       where channel_id = ? and occurred_at >= ? and occurred_at < ? order by occurred_at, id limit ?`,
    )
    .raw();
  const stepMs = stepFor(toAt - fromAt, limit);
  return channelIds.flatMap((channelId): EventMark[] => {
    const single = events.all(channelId, fromAt, toAt, limit + 1);
    if (single.length <= limit) {
      return single.map((row) => markOf(row, channelId));
    }
    return countSteps(db, [channelId], { fromAt, toAt, stepMs }, []).map((row) => ({
      kind: "count",
      channelId,
      forMs: stepMs,
      ...row,
    }));
  });
}

function stepFor(spanMs: number, limit: number): number {
  const wanted = spanMs / Math.max(1, limit);
  return wanted <= minuteMs ? minuteMs : Math.ceil(wanted / hourMs) * hourMs;
}

/** One bar of a histogram. */
export interface EventBar {
  readonly at: number;
  readonly type: EventType;
  readonly count: number;
}

/**
 * How many events of each type there were in each step of `stepMs` (whole minutes), from the counting tables: it reads
 * hours where a step is made of hours, else minutes. Only filters that these tables know are heeded, text is not.
 */
export function eventHistogram(
  db: ReadDb,
  query: Pick<EventQuery, "channelIds" | "deviceIds" | "types">,
  span: { readonly fromAt: number; readonly toAt: number; readonly stepMs: number },
): EventBar[] {
  return countSteps(db, scopesOf(db, query), span, query.types);
}

function scopesOf(db: ReadDb, query: Pick<EventQuery, "channelIds" | "deviceIds">): string[] {
  const { channelIds, deviceIds } = query;
  if (channelIds.length + deviceIds.length === 0) return [""];
  const channels = db.prepare("select id from channel where device_id = ?").pluck();
  const ofDevices = deviceIds.flatMap((id) => [id, ...channels.all(id).map(String)]);
  return [...new Set([...channelIds, ...ofDevices])];
}

function countSteps(
  db: ReadDb,
  scopes: readonly string[],
  { fromAt, toAt, stepMs }: { readonly fromAt: number; readonly toAt: number; readonly stepMs: number },
  types: readonly EventType[],
): EventBar[] {
  const table = stepMs % hourMs === 0 ? "hour" : "minute";
  const ofTypes = types.length === 0 ? "" : `and type in (${types.map(() => "?").join(", ")})`;
  const read = db
    .prepare(
      `select ${table}_at, type, count from event_${table}
       where scope = ? and ${table}_at >= ? and ${table}_at < ? ${ofTypes}`,
    )
    .raw();
  const unitMs = table === "hour" ? hourMs : minuteMs;
  const first = Math.floor(fromAt / unitMs) * unitMs;
  const bars = new Map<string, { at: number; type: EventType; count: number }>();
  for (const scope of scopes) {
    for (const each of read.iterate(scope, first, toAt, ...types)) {
      const row = barOf(each, `event_${table}`);
      const at = first + Math.floor((row.at - first) / stepMs) * stepMs;
      const key = `${at} ${row.type}`;
      const bar = bars.get(key);
      if (bar === undefined) bars.set(key, { ...row, at });
      else bar.count += row.count;
    }
  }
  return [...bars.values()].sort((one, other) => one.at - other.at);
}
