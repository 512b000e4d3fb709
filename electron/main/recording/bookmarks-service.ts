import { randomUUID } from "node:crypto";
import type { Clock } from "../../../shared/base/clock.ts";
import { BookmarkId } from "../../../shared/base/ids.ts";
import { Topic } from "../../../shared/base/topic.ts";
import type { Bookmark } from "../../../shared/model/recording.ts";
import type { MarkQuery } from "../../store/bookmarks.ts";
import type { Store } from "../../store/store.ts";

export interface BookmarksServiceDeps {
  readonly clock: Clock;
  readonly store: Pick<Store, "getBookmark" | "listBookmarks" | "removeBookmark" | "saveBookmark">;
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

  list(query: MarkQuery, text: string): Promise<Bookmark[]> {
    return this.#deps.store.listBookmarks(query, text);
  }

  /** Saves a bookmark; undefined: the one it is to change is gone. Who made it and when stays. */
  async save(draft: BookmarkDraft, by: string): Promise<Bookmark | undefined> {
    const { clock, store } = this.#deps;
    const now = clock.now();
    const earlier = draft.id === null ? undefined : await store.getBookmark(draft.id);
    if (draft.id !== null && earlier === undefined) return undefined;
    const saved = await store.saveBookmark({
      ...draft,
      id: draft.id ?? BookmarkId.parse(randomUUID()),
      madeAt: earlier?.madeAt ?? now,
      madeBy: earlier?.madeBy ?? by,
      changedAt: now,
    });
    this.#announce();
    return saved;
  }

  /** False: there was no such bookmark. */
  async remove(id: BookmarkId): Promise<boolean> {
    const isRemoved = await this.#deps.store.removeBookmark(id);
    if (isRemoved) this.#announce();
    return isRemoved;
  }

  #announce(): void {
    this.#sequence += 1;
    this.changed.publish({ sequence: this.#sequence });
  }
}
