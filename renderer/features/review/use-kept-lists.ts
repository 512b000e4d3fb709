import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { Bookmark, EvidenceLock } from "../../../shared/model/recording.ts";
import { useConsole } from "../../read-model/console-context.tsx";
import { useReview } from "./review-context.tsx";

/** All of history, as far as a clock can say. */
const everAt = Date.UTC(2100, 0, 1);
const most = 500;

/** The newest bookmarks on the cameras that play, of all time; `text`: only those that hold it. */
export function useBookmarkList(text: string): UseQueryResult<Bookmark[]> {
  const { queries } = useConsole();
  const channels = useReview((review) => review.channels);
  const input = { channels: [...channels], from: 0, to: everAt, text: text.trim().slice(0, 80), limit: most };
  return useQuery({
    ...queries.bookmarks.list.queryOptions({ input }),
    enabled: channels.length > 0,
    placeholderData: keepPreviousData,
  });
}

/** The locks that hold on the cameras that play, of all time. */
export function useLockList(): UseQueryResult<EvidenceLock[]> {
  const { queries } = useConsole();
  const channels = useReview((review) => review.channels);
  const input = { channels: [...channels], from: 0, to: everAt, withEnded: false, limit: most };
  return useQuery({
    ...queries.locks.list.queryOptions({ input }),
    enabled: channels.length > 0,
    placeholderData: keepPreviousData,
  });
}
