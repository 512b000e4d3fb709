import { BookmarkId, LockId, type ChannelId } from "../../shared/base/ids.ts";
import type { BookmarkSearch } from "../../shared/contract/marks.ts";
import type { MarkDeed } from "../../shared/model/mark-history.ts";
import type { Bookmark } from "../../shared/model/recording.ts";
import type { FakeArchive } from "./fake-archive.ts";
import type { fakeCalls } from "./fake-calls.ts";
import { FakeFeed } from "./fake-feed.ts";

interface Asked {
  readonly channels: readonly ChannelId[] | null;
  readonly from: number;
  readonly to: number;
}

/** Bookmarks' and locks' side of the contract over plain objects, with their histories. */
export function fakeMarksRouter(site: { archive: FakeArchive }, os: ReturnType<typeof fakeCalls>) {
  const bookmarksChanged = new FakeFeed<{ sequence: number }>();
  const locksChanged = new FakeFeed<{ sequence: number }>();
  const removed = new Map<string, Bookmark>();
  const deeds = new Map<string, MarkDeed[]>();
  let sequence = 0;
  const note = (id: string, deed: MarkDeed["deed"], before: MarkDeed["before"] = {}): void => {
    deeds.set(id, [{ at: ++sequence, by: "desk", deed, before }, ...(deeds.get(id) ?? [])]);
  };
  const touches = (entry: Asked & { readonly channels: readonly ChannelId[] }, asked: Asked): boolean =>
    entry.from <= asked.to &&
    entry.to >= asked.from &&
    (asked.channels === null || entry.channels.some((id) => asked.channels?.includes(id)));
  const newestFirst = (a: Asked, b: Asked): number => b.from - a.from;
  const page = <Item extends { readonly id: string; readonly from: number }>(
    all: readonly Item[],
    { limit, after }: Pick<BookmarkSearch, "limit" | "after">,
  ) => {
    const begin = after === null ? 0 : all.findIndex(({ id }) => id === after.id) + 1;
    const items = all.slice(begin, begin + limit);
    const last = items.at(-1);
    const next = begin + limit < all.length && last !== undefined ? { from: last.from, id: last.id } : null;
    return { items, next };
  };
  const bookmarks = os.bookmarks.router({
    list: os.bookmarks.list.handler(({ input }) =>
      site.archive.bookmarks.filter((bookmark) => touches(bookmark, input)).sort(newestFirst),
    ),
    search: os.bookmarks.search.handler(({ input }) =>
      page(
        site.archive.bookmarks
          .filter((bookmark) => touches(bookmark, input) && bookmark.title.includes(input.text))
          .filter(({ tags }) => input.tag === null || tags.includes(input.tag))
          .filter(({ colour }) => input.colour === null || colour === input.colour)
          .sort(newestFirst),
        input,
      ),
    ),
    tags: os.bookmarks.tags.handler(() => [...new Set(site.archive.bookmarks.flatMap(({ tags }) => tags))]),
    history: os.bookmarks.history.handler(({ input }) => deeds.get(input.id) ?? []),
    save: os.bookmarks.save.handler(({ input }) => {
      const known = site.archive.bookmarks.find(({ id }) => id === input.id);
      const id = known?.id ?? BookmarkId.parse(`bookmark-${++sequence}`);
      const saved: Bookmark = { madeAt: 1, madeBy: "desk", ...known, ...input, id, changedAt: 2 };
      site.archive.bookmarks = [...site.archive.bookmarks.filter((other) => other.id !== id), saved];
      note(id, known === undefined ? "made" : "changed", known === undefined ? {} : { title: known.title });
      bookmarksChanged.push({ sequence: ++sequence });
      return saved;
    }),
    remove: os.bookmarks.remove.handler(({ input, errors }) => {
      const known = site.archive.bookmarks.find(({ id }) => id === input.id);
      if (known === undefined) throw errors.NOT_FOUND();
      removed.set(known.id, known);
      site.archive.bookmarks = site.archive.bookmarks.filter((other) => other !== known);
      note(known.id, "removed");
      bookmarksChanged.push({ sequence: ++sequence });
      return null;
    }),
    restore: os.bookmarks.restore.handler(({ input, errors }) => {
      const known = removed.get(input.id);
      if (known === undefined) throw errors.NOT_FOUND();
      site.archive.bookmarks = [...site.archive.bookmarks, known];
      note(known.id, "restored");
      bookmarksChanged.push({ sequence: ++sequence });
      return known;
    }),
    changed: os.bookmarks.changed.handler(({ signal }) => bookmarksChanged.open(signal)),
  });
  const locks = os.locks.router({
    list: os.locks.list.handler(({ input }) =>
      site.archive.locks.filter((lock) => lock.liftedAt === null && touches(lock, input)).sort(newestFirst),
    ),
    search: os.locks.search.handler(({ input }) =>
      page(
        site.archive.locks
          .filter((lock) => touches(lock, input) && lock.reason.includes(input.text))
          .filter(
            ({ liftedAt }) => input.state === "all" || (liftedAt === null) === (input.state === "holding"),
          )
          .sort(newestFirst),
        input,
      ),
    ),
    history: os.locks.history.handler(({ input }) => deeds.get(input.id) ?? []),
    add: os.locks.add.handler(({ input }) => {
      const id = LockId.parse(`lock-${++sequence}`);
      const open = { madeAt: 1, madeBy: "desk", liftedAt: null, liftedBy: null, liftReason: null };
      const lock = { ...input, ...open, id };
      site.archive.locks = [...site.archive.locks, lock];
      note(id, "made");
      locksChanged.push({ sequence: ++sequence });
      return lock;
    }),
    lift: os.locks.lift.handler(({ input, errors }) => {
      const lock = site.archive.locks.find(({ id }) => id === input.id);
      if (lock === undefined) throw errors.NOT_FOUND();
      const lifted = { ...lock, liftedAt: 3, liftedBy: "desk", liftReason: input.reason };
      site.archive.locks = site.archive.locks.map((known) => (known === lock ? lifted : known));
      note(lock.id, "lifted");
      locksChanged.push({ sequence: ++sequence });
      return lifted;
    }),
    prolong: os.locks.prolong.handler(({ input, errors }) => {
      const lock = site.archive.locks.find(({ id }) => id === input.id);
      if (lock === undefined) throw errors.NOT_FOUND();
      const prolonged = { ...lock, until: input.until };
      site.archive.locks = site.archive.locks.map((known) => (known === lock ? prolonged : known));
      note(lock.id, "prolonged", { until: lock.until });
      locksChanged.push({ sequence: ++sequence });
      return prolonged;
    }),
    changed: os.locks.changed.handler(({ signal }) => locksChanged.open(signal)),
  });
  return { bookmarks, locks };
}
