import { z } from "zod";
import type { DeviceId } from "../../shared/base/ids.ts";
import { ClockReading, ConnectionEntry } from "../../shared/model/device.ts";
import type { ReadDb, WriteDb } from "./db.ts";
import { parseRows } from "./rows.ts";

/** Adds one line to a device's connection history; a detail that is too long is cut. */
export function appendConnection(db: WriteDb, id: DeviceId, entry: ConnectionEntry): void {
  db.prepare("insert into connection_entry (device_id, at, kind, detail) values (?, ?, ?, ?)").run(
    id,
    entry.at,
    entry.kind,
    entry.detail.slice(0, 500),
  );
}

/** Where a page of a list ends: pass it back for the next, older one. */
export const Cursor = z.strictObject({ at: z.int(), id: z.int() });
export type Cursor = z.infer<typeof Cursor>;

export interface Page<T> {
  readonly items: readonly T[];
  /** Undefined: nothing older. */
  readonly next: Cursor | undefined;
}

const ConnectionRow = ConnectionEntry.extend({ id: z.int() });

/** Connection history of a device, newest first, a page at a time. */
export function listConnections(
  db: ReadDb,
  id: DeviceId,
  limit: number,
  before?: Cursor,
): Page<ConnectionEntry> {
  const rows = parseRows(
    ConnectionRow,
    "connection_entry",
    db
      .prepare(
        `select id, at, kind, detail from connection_entry
         where device_id = @device and (at, id) < (@at, @id) order by at desc, id desc limit @limit`,
      )
      .all({ device: id, limit, at: before?.at ?? Number.MAX_SAFE_INTEGER, id: before?.id ?? 0 }),
  );
  const last = rows.at(-1);
  return {
    items: rows.map(({ at, kind, detail }) => ({ at, kind, detail })),
    next: last !== undefined && rows.length === limit ? { at: last.at, id: last.id } : undefined,
  };
}

/** Keeps a clock measurement and makes it the device's current offset, in one transaction. */
export function appendClockReading(db: WriteDb, id: DeviceId, reading: ClockReading): void {
  db.prepare("insert into clock_reading (device_id, at, offset_ms, round_trip_ms) values (?, ?, ?, ?)").run(
    id,
    reading.at,
    reading.offsetMs,
    reading.roundTripMs,
  );
  db.prepare("update device set clock_offset_ms = ? where id = ?").run(reading.offsetMs, id);
}

/** Clock measurements of a device, newest first. */
export const listClockReadings = (db: ReadDb, id: DeviceId, limit: number): ClockReading[] =>
  parseRows(
    ClockReading,
    "clock_reading",
    db
      .prepare(
        `select at, offset_ms as offsetMs, round_trip_ms as roundTripMs from clock_reading
         where device_id = ? order by at desc, id desc limit ?`,
      )
      .all(id, limit),
  );

/** Both series of one device as its page shows them. */
export const listHistory = (
  db: ReadDb,
  id: DeviceId,
  limit: number,
): { connections: ConnectionEntry[]; clock: ClockReading[] } => ({
  connections: [...listConnections(db, id, limit).items],
  clock: listClockReadings(db, id, limit),
});
