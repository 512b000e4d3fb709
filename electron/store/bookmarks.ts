import { z } from "zod";
import type { BookmarkId, ChannelId } from "../../shared/base/ids.ts";
import { Bookmark } from "../../shared/model/recording.ts";
import type { ReadDb, WriteDb } from "./db.ts";
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

const columns = `b.*, (select json_group_array(channel_id) from
  (select channel_id from bookmark_channel where bookmark_id = b.id order by channel_id)) as channels`;
const read = (rows: readonly unknown[]): Bookmark[] =>
  parseRows(Row, "bookmark", rows).map((row) => parseRow(Bookmark, "bookmark", row));

/** Bookmarks that touch the span on one of the channels and hold the text, newest start first. */
export function listBookmarks(
  db: ReadDb,
  { channels, from, to, limit }: MarkQuery,
  text: string,
): Bookmark[] {
  const like = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const rows = db
    .prepare(
      `select ${columns} from bookmark b
       where b.from_at <= @to and b.to_at >= @from
         and exists (select 1 from bookmark_channel c where c.bookmark_id = b.id
           and c.channel_id in (select value from json_each(@channels)))
         and (b.title like @like escape '\\' or b.note like @like escape '\\' or b.tags like @like escape '\\')
       order by b.from_at desc, b.id limit @limit`,
    )
    .all({ from, to, limit, like, channels: JSON.stringify(channels) });
  return read(rows);
}

/** One bookmark, or undefined. */
export const getBookmark = (db: ReadDb, id: BookmarkId): Bookmark | undefined =>
  read(db.prepare(`select ${columns} from bookmark b where b.id = ?`).all(id)).at(0);

/** Stores a bookmark, new or known by its id; who made it and when stays. */
export function saveBookmark(db: WriteDb, bookmark: Bookmark): Bookmark {
  const { id, channels } = bookmark;
  db.prepare(
    `insert into bookmark (id, from_at, to_at, title, note, tags, colour, made_at, made_by, changed_at)
     values (@id, @from, @to, @title, @note, @tags, @colour, @madeAt, @madeBy, @changedAt)
     on conflict (id) do update set from_at = excluded.from_at, to_at = excluded.to_at, title = excluded.title,
       note = excluded.note, tags = excluded.tags, colour = excluded.colour, changed_at = excluded.changed_at`,
  ).run({ ...bookmark, channels: null, tags: JSON.stringify(bookmark.tags) });
  db.prepare("delete from bookmark_channel where bookmark_id = ?").run(id);
  const insert = db.prepare("insert into bookmark_channel (bookmark_id, channel_id) values (?, ?)");
  for (const channelId of new Set(channels)) insert.run(id, channelId);
  return getBookmark(db, id) ?? bookmark;
}

/** False: there was no such bookmark. */
export const removeBookmark = (db: WriteDb, id: BookmarkId): boolean =>
  db.prepare("delete from bookmark where id = ?").run(id).changes > 0;
