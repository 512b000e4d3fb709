import { z } from "zod";
import type { BookmarkId, ChannelId } from "../../shared/base/ids.ts";
import { Bookmark } from "../../shared/model/recording.ts";
import type { MarkDeed } from "../../shared/model/mark-history.ts";
import type { ReadDb, WriteDb } from "./db.ts";
import { listMarkDeeds, noteMarkDeed } from "./mark-history.ts";
import { parseRow, parseRows } from "./rows.ts";

const Row = z
  .strictObject({
    id: z.string(),
    from_at: z.int(),
    to_at: z.int(),
    title: z.string(),
    note: z.string(),
    tags: z.string(),
    colour: z.string(),
    made_at: z.int(),
    made_by: z.string(),
    changed_at: z.int(),
    channels: z.string(),
  })
  .transform((row) => ({
    id: row.id,
    from: row.from_at,
    to: row.to_at,
    title: row.title,
    note: row.note,
    tags: JSON.parse(row.tags) as unknown,
    colour: row.colour,
    madeAt: row.made_at,
    madeBy: row.made_by,
    changedAt: row.changed_at,
    channels: JSON.parse(row.channels) as unknown,
  }));

/** Which bookmarks or locks are asked for. */
export interface MarkQuery {
  readonly channels: readonly ChannelId[];
  readonly from: number;
  readonly to: number;
  readonly limit: number;
}

/** The columns `readBookmarks` wants of a bookmark. @param as what the table is called in the statement */
export const bookmarkColumns = (as: string): string => `${as}.*, (select json_group_array(channel_id) from
  (select channel_id from bookmark_channel where bookmark_id = ${as}.id order by channel_id)) as channels`;
/** Rows as bookmarks. */
export const readBookmarks = (rows: readonly unknown[]): Bookmark[] =>
  parseRows(Row, "bookmark", rows).map((row) => parseRow(Bookmark, "bookmark", row));

/** Bookmarks that touch the span on one of the channels, newest start first. */
export function listBookmarks(db: ReadDb, { channels, from, to, limit }: MarkQuery): Bookmark[] {
  const rows = db
    .prepare(
      `select ${bookmarkColumns("b")} from bookmark b
       where b.from_at <= @to and b.to_at >= @from
         and exists (select 1 from bookmark_channel c where c.bookmark_id = b.id
           and c.channel_id in (select value from json_each(@channels)))
       order by b.from_at desc, b.id limit @limit`,
    )
    .all({ from, to, limit, channels: JSON.stringify(channels) });
  return readBookmarks(rows);
}

/** One bookmark, or undefined. */
export const getBookmark = (db: ReadDb, id: BookmarkId): Bookmark | undefined =>
  readBookmarks(db.prepare(`select ${bookmarkColumns("b")} from bookmark b where b.id = ?`).all(id)).at(0);

/** Stores a bookmark, new or known by its id, and who did it; who made it and when stays. */
export function saveBookmark(db: WriteDb, bookmark: Bookmark, by: string): Bookmark {
  const { id, changedAt: at } = bookmark;
  const earlier = getBookmark(db, id);
  write(db, bookmark);
  const deed = earlier === undefined ? "made" : "changed";
  const before = earlier === undefined ? {} : changedParts(earlier, bookmark);
  noteMarkDeed(db, { kind: "bookmark", id }, { at, by, deed, before });
  return getBookmark(db, id) ?? bookmark;
}

function write(db: WriteDb, { channels, ...bookmark }: Bookmark): void {
  db.prepare(
    `insert into bookmark (id, from_at, to_at, title, note, tags, colour, made_at, made_by, changed_at)
     values (@id, @from, @to, @title, @note, @tags, @colour, @madeAt, @madeBy, @changedAt)
     on conflict (id) do update set from_at = excluded.from_at, to_at = excluded.to_at, title = excluded.title,
       note = excluded.note, tags = excluded.tags, colour = excluded.colour, changed_at = excluded.changed_at`,
  ).run({ ...bookmark, tags: JSON.stringify(bookmark.tags) });
  db.prepare("delete from bookmark_channel where bookmark_id = ?").run(bookmark.id);
  const insert = db.prepare("insert into bookmark_channel (bookmark_id, channel_id) values (?, ?)");
  for (const channelId of new Set(channels)) insert.run(bookmark.id, channelId);
}

const partsOf = ({ channels, from, to, title, note, tags, colour }: Bookmark) => ({
  channels: [...channels].sort(),
  from,
  to,
  title,
  note,
  tags,
  colour,
});

/** What a bookmark was where the later one differs. */
function changedParts(earlier: Bookmark, later: Bookmark): MarkDeed["before"] {
  const now: Readonly<Record<string, unknown>> = partsOf(later);
  const differs = ([key, value]: readonly [string, unknown]): boolean =>
    JSON.stringify(now[key]) !== JSON.stringify(value);
  return Object.fromEntries(Object.entries(partsOf(earlier)).filter(differs));
}

/** False: there was no such bookmark. What it was stays in its history. */
export function removeBookmark(db: WriteDb, id: BookmarkId, at: number, by: string): boolean {
  const earlier = getBookmark(db, id);
  if (earlier === undefined) return false;
  db.prepare("delete from bookmark where id = ?").run(id);
  noteMarkDeed(db, { kind: "bookmark", id }, { at, by, deed: "removed", before: partsOf(earlier) });
  return true;
}

/** Brings a removed bookmark back as it was; undefined: it is there, or there never was one. */
export function restoreBookmark(db: WriteDb, id: BookmarkId, at: number, by: string): Bookmark | undefined {
  const deeds = listMarkDeeds(db, { kind: "bookmark", id });
  const removed = deeds[0];
  if (removed?.deed !== "removed") return undefined;
  const made = deeds.find(({ deed }) => deed === "made");
  const bookmark = Bookmark.safeParse({
    ...removed.before,
    id,
    madeAt: made?.at ?? removed.at,
    madeBy: made?.by ?? removed.by,
    changedAt: at,
  });
  if (!bookmark.success) return undefined;
  write(db, bookmark.data);
  noteMarkDeed(db, { kind: "bookmark", id }, { at, by, deed: "restored", before: {} });
  return getBookmark(db, id);
}
