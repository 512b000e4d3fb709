import { keepPreviousData, useInfiniteQuery, useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { BookmarkId, LockId } from "../../../shared/base/ids.ts";
import type { LockSearch, MarkCursor } from "../../../shared/contract/marks.ts";
import type { MarkDeed } from "../../../shared/model/mark-history.ts";
import type { Bookmark, BookmarkColour, EvidenceLock } from "../../../shared/model/recording.ts";
import { useConsole } from "../../read-model/console-context.tsx";
import { useReview } from "./review-context.tsx";

/** All of history, as far as a clock can say. */
const everAt = Date.UTC(2100, 0, 1);
const pageSize = 100;

/** What narrows a list of marks. */
export interface MarkFilter {
  readonly text: string;
  /** Marks on the cameras that play, or on any camera of the site. */
  readonly place: "shown" | "site";
  /** Marks of any time, or of what the ruler shows. */
  readonly time: "ever" | "ruler";
}

/** What narrows a list of bookmarks; null: any. */
export interface BookmarkFilter extends MarkFilter {
  readonly tag: string | null;
  readonly colour: BookmarkColour | null;
}

/** A list that is read page by page. */
export interface PagedList<Item> {
  readonly items: readonly Item[] | undefined;
  readonly failure: Error | null;
  readonly isReading: boolean;
  readonly readMore: () => void;
  readonly readAgain: () => void;
}

function useNarrowed({ text, place, time }: MarkFilter) {
  const channels = useReview((review) => review.channels);
  // Only a list of what the ruler shows reads again when the ruler moves.
  const view = useReview((review) => (time === "ruler" ? review.view : null));
  return {
    channels: place === "site" || channels.length === 0 ? null : [...channels],
    from: view?.startAt ?? 0,
    to: view?.endAt ?? everAt,
    text: text.trim().slice(0, 80),
    limit: pageSize,
  };
}

const firstPage: MarkCursor | null = null;

/** Bookmarks, newest first. */
export function useBookmarkList(filter: BookmarkFilter): PagedList<Bookmark> {
  const { queries } = useConsole();
  const narrowed = useNarrowed(filter);
  const { tag, colour } = filter;
  const list = useInfiniteQuery({
    ...queries.bookmarks.search.infiniteOptions({
      input: (after: MarkCursor | null) => ({ ...narrowed, tag, colour, after }),
      initialPageParam: firstPage,
      getNextPageParam: (page) => page.next,
    }),
    placeholderData: keepPreviousData,
  });
  return {
    items: list.data?.pages.flatMap((page) => page.items),
    failure: list.error,
    isReading: list.isFetching,
    readMore: () => void (list.hasNextPage && !list.isFetching && list.fetchNextPage()),
    readAgain: () => void list.refetch(),
  };
}

/** Evidence locks, newest first. */
export function useLockList(filter: MarkFilter, state: LockSearch["state"]): PagedList<EvidenceLock> {
  const { queries } = useConsole();
  const narrowed = useNarrowed(filter);
  const list = useInfiniteQuery({
    ...queries.locks.search.infiniteOptions({
      input: (after: MarkCursor | null) => ({ ...narrowed, state, after }),
      initialPageParam: firstPage,
      getNextPageParam: (page) => page.next,
    }),
    placeholderData: keepPreviousData,
  });
  return {
    items: list.data?.pages.flatMap((page) => page.items),
    failure: list.error,
    isReading: list.isFetching,
    readMore: () => void (list.hasNextPage && !list.isFetching && list.fetchNextPage()),
    readAgain: () => void list.refetch(),
  };
}

/** The tags that bookmarks have, most used first. */
export function useBookmarkTags(): readonly string[] {
  const { queries } = useConsole();
  return useQuery(queries.bookmarks.tags.queryOptions()).data ?? [];
}

/** Who did what to a bookmark, newest first. */
export function useBookmarkHistory(id: BookmarkId): UseQueryResult<MarkDeed[]> {
  const { queries } = useConsole();
  return useQuery(queries.bookmarks.history.queryOptions({ input: { id } }));
}

/** Who did what to a lock, newest first. */
export function useLockHistory(id: LockId): UseQueryResult<MarkDeed[]> {
  const { queries } = useConsole();
  return useQuery(queries.locks.history.queryOptions({ input: { id } }));
}
