import { BookmarkId, LockId, PlaybackId, type ChannelId } from "../../shared/base/ids.ts";
import type { Playback, TimelineLane } from "../../shared/contract/recording.ts";
import type { Bookmark, EvidenceLock, RecordingSpan, RecordingStatus } from "../../shared/model/recording.ts";
import { FakeFeed } from "./fake-feed.ts";

/** What the fake main process has recorded; every channel that is asked for has the same spans. */
export interface FakeArchive {
  status: RecordingStatus;
  spans: RecordingSpan[];
  bookmarks: Bookmark[];
  locks: EvidenceLock[];
}

export function createFakeArchive(seed: Partial<FakeArchive> = {}): FakeArchive {
  return {
    status: {
      storage: {
        state: "recording",
        detail: "",
        folder: "/var/lib/watchfloor",
        usedBytes: 4e11,
        quotaBytes: 1e12,
        freeBytes: 6e11,
        keepDays: 30,
        oldestAt: null,
        bytesPerDay: 4e10,
        daysHeld: 23,
      },
      channels: [],
    },
    spans: [],
    bookmarks: [],
    locks: [],
    ...seed,
  };
}

interface Asked {
  readonly channels: readonly ChannelId[];
  readonly from: number;
  readonly to: number;
}
type SavedBookmark = Omit<Bookmark, "id" | "madeAt" | "madeBy" | "changedAt"> & {
  readonly id: BookmarkId | null;
};

/** Recording's, bookmarks' and locks' side of the contract over plain objects. */
export function fakeArchiveRouter(site: { archive: FakeArchive }) {
  const statuses = new FakeFeed<RecordingStatus>();
  const bookmarksChanged = new FakeFeed<{ sequence: number }>();
  const locksChanged = new FakeFeed<{ sequence: number }>();
  let sequence = 0;
  const touches = (entry: Asked, asked: Asked): boolean =>
    entry.from <= asked.to &&
    entry.to >= asked.from &&
    entry.channels.some((id) => asked.channels.includes(id));
  return {
    statuses,
    bookmarksChanged,
    locksChanged,
    timeline: ({ channels, from, to }: Asked): TimelineLane[] =>
      channels.map((channelId) => ({
        channelId,
        spans: site.archive.spans
          .filter((span) => span.from < to && span.to > from)
          .map((span) => ({ ...span, from: Math.max(from, span.from), to: Math.min(to, span.to) })),
      })),
    open: ({ channels }: Asked): Playback => ({
      id: PlaybackId.parse(`playback-${++sequence}`),
      tracks: channels.map((channelId) => ({ channelId, role: "main", from: null, to: null })),
    }),
    bookmarks: (asked: Asked & { readonly text: string }): Bookmark[] =>
      site.archive.bookmarks
        .filter((bookmark) => touches(bookmark, asked) && bookmark.title.includes(asked.text))
        .sort((a, b) => b.from - a.from),
    saveBookmark: (draft: SavedBookmark): Bookmark => {
      const known = site.archive.bookmarks.find(({ id }) => id === draft.id);
      const saved: Bookmark = {
        madeAt: 1,
        madeBy: "desk",
        ...known,
        ...draft,
        id: known?.id ?? BookmarkId.parse(`bookmark-${++sequence}`),
        changedAt: 2,
      };
      site.archive.bookmarks = [...site.archive.bookmarks.filter(({ id }) => id !== saved.id), saved];
      bookmarksChanged.push({ sequence: ++sequence });
      return saved;
    },
    removeBookmark: (id: BookmarkId): null => {
      site.archive.bookmarks = site.archive.bookmarks.filter((bookmark) => bookmark.id !== id);
      bookmarksChanged.push({ sequence: ++sequence });
      return null;
    },
    locks: (asked: Asked): EvidenceLock[] =>
      site.archive.locks.filter((lock) => lock.liftedAt === null && touches(lock, asked)),
    addLock: (draft: Pick<EvidenceLock, "channels" | "from" | "to" | "reason" | "until">): EvidenceLock => {
      const lock: EvidenceLock = {
        ...draft,
        id: LockId.parse(`lock-${++sequence}`),
        madeAt: 1,
        madeBy: "desk",
        liftedAt: null,
        liftedBy: null,
      };
      site.archive.locks = [...site.archive.locks, lock];
      locksChanged.push({ sequence: ++sequence });
      return lock;
    },
    liftLock: (id: LockId): EvidenceLock | undefined => {
      const lock = site.archive.locks.find((known) => known.id === id);
      if (lock === undefined) return undefined;
      const lifted: EvidenceLock = { ...lock, liftedAt: 3, liftedBy: "desk" };
      site.archive.locks = site.archive.locks.map((known) => (known.id === id ? lifted : known));
      locksChanged.push({ sequence: ++sequence });
      return lifted;
    },
  };
}
