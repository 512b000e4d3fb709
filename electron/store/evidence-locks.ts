import { z } from "zod";
import type { LockId } from "../../shared/base/ids.ts";
import { EvidenceLock } from "../../shared/model/recording.ts";
import type { MarkQuery } from "./bookmarks.ts";
import type { ReadDb, WriteDb } from "./db.ts";
import { noteMarkDeed } from "./mark-history.ts";
import { parseRow, parseRows } from "./rows.ts";

const Row = z
  .strictObject({
    id: z.string(),
    from_at: z.int(),
    to_at: z.int(),
    reason: z.string(),
    made_at: z.int(),
    made_by: z.string(),
    until_at: z.int().nullable(),
    lifted_at: z.int().nullable(),
    lifted_by: z.string().nullable(),
    lift_reason: z.string().nullable(),
    channels: z.string(),
  })
  .transform((row) => ({
    id: row.id,
    from: row.from_at,
    to: row.to_at,
    reason: row.reason,
    madeAt: row.made_at,
    madeBy: row.made_by,
    until: row.until_at,
    liftedAt: row.lifted_at,
    liftedBy: row.lifted_by,
    liftReason: row.lift_reason,
    channels: JSON.parse(row.channels) as unknown,
  }));

/** The columns `readLocks` wants of a lock. @param as what the table is called in the statement */
export const lockColumns = (as: string): string => `${as}.*, (select json_group_array(channel_id) from
  (select channel_id from evidence_lock_channel where lock_id = ${as}.id order by channel_id)) as channels`;
/** Rows as locks. */
export const readLocks = (rows: readonly unknown[]): EvidenceLock[] =>
  parseRows(Row, "evidence_lock", rows).map((row) => parseRow(EvidenceLock, "evidence_lock", row));

/** Locks that touch the span on one of the channels, newest start first. @param holdingAt only those that hold then. */
export function listLocks(
  db: ReadDb,
  { channels, from, to, limit }: MarkQuery,
  holdingAt: number | undefined,
): EvidenceLock[] {
  const rows = db
    .prepare(
      `select ${lockColumns("l")} from evidence_lock l
       where l.from_at <= @to and l.to_at >= @from
         and exists (select 1 from evidence_lock_channel c where c.lock_id = l.id
           and c.channel_id in (select value from json_each(@channels)))
         and (@at is null or (l.lifted_at is null and (l.until_at is null or l.until_at > @at)))
       order by l.from_at desc, l.id limit @limit`,
    )
    .all({ from, to, limit, at: holdingAt ?? null, channels: JSON.stringify(channels) });
  return readLocks(rows);
}

const getLock = (db: ReadDb, id: LockId): EvidenceLock | undefined =>
  readLocks(db.prepare(`select ${lockColumns("l")} from evidence_lock l where l.id = ?`).all(id)).at(0);

/** Stores a new lock: from the moment this returns, retention leaves what it covers alone. */
export function addLock(db: WriteDb, lock: EvidenceLock): void {
  db.prepare(
    `insert into evidence_lock (id, from_at, to_at, reason, made_at, made_by, until_at, lifted_at, lifted_by,
       lift_reason)
     values (@id, @from, @to, @reason, @madeAt, @madeBy, @until, @liftedAt, @liftedBy, @liftReason)`,
  ).run({ ...lock, channels: null });
  const insert = db.prepare("insert into evidence_lock_channel (lock_id, channel_id) values (?, ?)");
  for (const channelId of new Set(lock.channels)) insert.run(lock.id, channelId);
  noteMarkDeed(
    db,
    { kind: "lock", id: lock.id },
    { at: lock.madeAt, by: lock.madeBy, deed: "made", before: {} },
  );
}

/** What a person does to a lock. */
export interface LockDeed {
  readonly at: number;
  readonly by: string;
}

/** Ends a lock that was not lifted before, and says what it is now; undefined: there is none. */
export function liftLock(
  db: WriteDb,
  id: LockId,
  { at, by, reason }: LockDeed & { readonly reason: string },
): EvidenceLock | undefined {
  const { changes } = db
    .prepare(
      "update evidence_lock set lifted_at = ?, lifted_by = ?, lift_reason = ? where id = ? and lifted_at is null",
    )
    .run(at, by, reason, id);
  if (changes > 0) noteMarkDeed(db, { kind: "lock", id }, { at, by, deed: "lifted", before: {} });
  return getLock(db, id);
}

/** Gives a lock that holds another end; undefined: there is none, or it has ended. */
export function prolongLock(
  db: WriteDb,
  id: LockId,
  { at, by, until }: LockDeed & { readonly until: number | null },
): EvidenceLock | undefined {
  const earlier = getLock(db, id);
  if (earlier === undefined || earlier.liftedAt !== null) return undefined;
  if (earlier.until !== null && earlier.until <= at) return undefined;
  db.prepare("update evidence_lock set until_at = ? where id = ?").run(until, id);
  const before = { until: earlier.until };
  noteMarkDeed(db, { kind: "lock", id }, { at, by, deed: "prolonged", before });
  return getLock(db, id);
}
