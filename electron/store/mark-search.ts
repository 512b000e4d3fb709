import type { BookmarkPage, BookmarkSearch, LockPage, LockSearch } from "../../shared/contract/marks.ts";
import { bookmarkColumns, readBookmarks } from "./bookmarks.ts";
import type { ReadDb } from "./db.ts";
import { lockColumns, readLocks } from "./evidence-locks.ts";
import { parseRows } from "./rows.ts";
import { z } from "zod";

/** Text as it is sought with `like … escape '\'`. */
const likeOf = (text: string): string => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

/** The conditions on time, place and page that both searches share, on `m`. */
const narrowed = (table: string, key: string): string => `
  m.from_at <= min(@to, @afterFrom) and m.to_at >= @from
  and (m.from_at < @afterFrom or m.id > @afterId)
  and (@channels is null or exists (select 1 from ${table} c where c.${key} = m.id
    and c.channel_id in (select value from json_each(@channels))))`;

type Shared = Pick<BookmarkSearch, "channels" | "from" | "to" | "text" | "limit" | "after">;

const bound = ({ channels, from, to, text, limit, after }: Shared) => ({
  channels: channels === null ? null : JSON.stringify(channels),
  from,
  to,
  like: likeOf(text),
  limit: limit + 1,
  afterFrom: after?.from ?? Number.MAX_SAFE_INTEGER,
  afterId: after?.id ?? "",
});

function pageOf<Item extends { readonly id: string; readonly from: number }>(items: Item[], limit: number) {
  const last = items[limit - 1];
  const next = items.length > limit && last !== undefined ? { from: last.from, id: last.id } : null;
  return { items: items.slice(0, limit), next };
}

/** A page of the bookmarks that were asked for, newest start first. */
export function searchBookmarks(db: ReadDb, search: BookmarkSearch): BookmarkPage {
  const rows = db
    .prepare(
      `select ${bookmarkColumns("m")} from bookmark m
       where ${narrowed("bookmark_channel", "bookmark_id")}
         and (@colour is null or m.colour = @colour)
         and (@tag is null or exists (select 1 from json_each(m.tags) t where t.value = @tag))
         and (m.title like @like escape '\\' or m.note like @like escape '\\' or m.tags like @like escape '\\'
           or m.made_by like @like escape '\\')
       order by m.from_at desc, m.id limit @limit`,
    )
    .all({ ...bound(search), colour: search.colour, tag: search.tag });
  return pageOf(readBookmarks(rows), search.limit);
}

/** A page of the locks that were asked for, newest start first. @param now which of them hold */
export function searchLocks(db: ReadDb, search: LockSearch, now: number): LockPage {
  const holds = "(m.lifted_at is null and (m.until_at is null or m.until_at > @now))";
  const states = { holding: `and ${holds}`, ended: `and not ${holds}`, all: "and @now = @now" };
  const rows = db
    .prepare(
      `select ${lockColumns("m")} from evidence_lock m
       where ${narrowed("evidence_lock_channel", "lock_id")} ${states[search.state]}
         and (m.reason like @like escape '\\' or m.made_by like @like escape '\\'
           or coalesce(m.lift_reason, '') like @like escape '\\')
       order by m.from_at desc, m.id limit @limit`,
    )
    .all({ ...bound(search), now });
  return pageOf(readLocks(rows), search.limit);
}

/** The tags in use, most used first. */
export const listBookmarkTags = (db: ReadDb, limit: number): string[] =>
  parseRows(
    z.strictObject({ tag: z.string() }),
    "bookmark",
    db
      .prepare(
        `select t.value as tag from bookmark b, json_each(b.tags) t
         group by t.value order by count(*) desc, t.value limit ?`,
      )
      .all(limit),
  ).map(({ tag }) => tag);

/** Locks that hold now and end by themselves before an instant, soonest first. */
export function listEndingLocks(db: ReadDb, now: number, before: number, limit: number): LockPage["items"] {
  const rows = db
    .prepare(
      `select ${lockColumns("m")} from evidence_lock m
       where m.lifted_at is null and m.until_at > @now and m.until_at <= @before
       order by m.until_at, m.id limit @limit`,
    )
    .all({ now, before, limit });
  return readLocks(rows);
}
