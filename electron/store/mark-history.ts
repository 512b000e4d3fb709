import { z } from "zod";
import type { BookmarkId, LockId } from "../../shared/base/ids.ts";
import { MarkDeed } from "../../shared/model/mark-history.ts";
import type { ReadDb, WriteDb } from "./db.ts";
import { parseRow, parseRows } from "./rows.ts";

const Row = z
  .strictObject({ at: z.int(), by_name: z.string(), deed: z.string(), detail: z.string() })
  .transform((row) => ({
    at: row.at,
    by: row.by_name,
    deed: row.deed,
    before: JSON.parse(row.detail) as unknown,
  }));
const most = 200;

/** Whose history. */
export type MarkKey =
  { readonly kind: "bookmark"; readonly id: BookmarkId } | { readonly kind: "lock"; readonly id: LockId };

/** What was done to a bookmark or a lock, newest first, at most 200 deeds. */
export const listMarkDeeds = (db: ReadDb, { kind, id }: MarkKey): MarkDeed[] =>
  parseRows(
    Row,
    "mark_history",
    db
      .prepare(
        `select at, by_name, deed, detail from mark_history where kind = ? and mark_id = ?
         order by id desc limit ${most}`,
      )
      .all(kind, id),
  ).map((row) => parseRow(MarkDeed, "mark_history", row));

/** Writes a deed down, within the transaction that does it. */
export function noteMarkDeed(db: WriteDb, { kind, id }: MarkKey, { at, by, deed, before }: MarkDeed): void {
  db.prepare(
    "insert into mark_history (kind, mark_id, at, by_name, deed, detail) values (?, ?, ?, ?, ?, ?)",
  ).run(kind, id, at, by, deed, JSON.stringify(before));
}
