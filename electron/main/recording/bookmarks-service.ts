import { randomUUID } from "node:crypto";
import type { Clock } from "../../../shared/base/clock.ts";
import { BookmarkId } from "../../../shared/base/ids.ts";
import { Topic } from "../../../shared/base/topic.ts";
import type { BookmarkPage, BookmarkSearch } from "../../../shared/contract/marks.ts";
import type { MarkDeed } from "../../../shared/model/mark-history.ts";
import type { Bookmark } from "../../../shared/model/recording.ts";
import type { MarkQuery } from "../../store/bookmarks.ts";
import type { Store } from "../../store/store.ts";

const mostTags = 200;

export interface BookmarksServiceDeps {
  readonly clock: Clock;
  readonly store: Pick<
    Store,
    | "getBookmark"
    | "listBookmarks"
    | "listBookmarkTags"
    | "listMarkDeeds"
    | "removeBookmark"
    | "restoreBookmark"
    | "saveBookmark"
    | "searchBookmarks"
  >;
}

/** What a person writes of a bookmark; `id: null` makes a new one. */
export type BookmarkDraft = Omit<Bookmark, "id" | "madeAt" | "madeBy" | "changedAt"> & {
  readonly id: BookmarkId | null;
};

/** Named spans of time that people keep. */
export class BookmarksService {
  readonly #deps: BookmarksServiceDeps;
  /** One was saved or removed; a gap in `sequence` means that a change was missed. */
  readonly changed = new Topic<{ readonly sequence: number }>();
  #sequence = 0;

  constructor(deps: BookmarksServiceDeps) {
    this.#deps = deps;
  }

  /** For the ruler. */
  list(query: MarkQuery): Promise<Bookmark[]> {
    return this.#deps.store.listBookmarks(query);
  }

  search(search: BookmarkSearch): Promise<BookmarkPage> {
    return this.#deps.store.searchBookmarks(search);
  }

  /** The tags in use, most used first. */
  tags(): Promise<string[]> {
    return this.#deps.store.listBookmarkTags(mostTags);
  }

  history(id: BookmarkId): Promise<MarkDeed[]> {
    return this.#deps.store.listMarkDeeds({ kind: "bookmark", id });
  }

  /** Saves a bookmark; undefined: the one it is to change is gone. Who made it and when stays. */
  async save(draft: BookmarkDraft, by: string): Promise<Bookmark | undefined> {
    const { clock, store } = this.#deps;
    const now = clock.now();
    const earlier = draft.id === null ? undefined : await store.getBookmark(draft.id);
    if (draft.id !== null && earlier === undefined) return undefined;
    const bookmark: Bookmark = {
      ...draft,
      id: draft.id ?? BookmarkId.parse(randomUUID()),
      madeAt: earlier?.madeAt ?? now,
      madeBy: earlier?.madeBy ?? by,
      changedAt: now,
    };
    const saved = await store.saveBookmark(bookmark, by);
    this.#announce();
    return saved;
  }

  /** False: there was no such bookmark. */
  async remove(id: BookmarkId, by: string): Promise<boolean> {
    const { clock, store } = this.#deps;
    const isRemoved = await store.removeBookmark(id, clock.now(), by);
    if (isRemoved) this.#announce();
    return isRemoved;
  }

  /** Brings a removed one back as it was; undefined: it is there, or there never was one. */
  async restore(id: BookmarkId, by: string): Promise<Bookmark | undefined> {
    const { clock, store } = this.#deps;
    const restored = await store.restoreBookmark(id, clock.now(), by);
    if (restored !== undefined) this.#announce();
    return restored;
  }

  #announce(): void {
    this.#sequence += 1;
    this.changed.publish({ sequence: this.#sequence });
  }
}
