import { keepPreviousData, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ChannelId } from "../../../shared/base/ids.ts";
import type { TimelineLane } from "../../../shared/contract/recording.ts";
import type { Bookmark, EvidenceLock } from "../../../shared/model/recording.ts";
import { useConsole } from "../../read-model/console-context.tsx";
import { useFeed } from "../../read-model/use-feed.ts";
import { eventSigns, type EventLanes } from "./event-signs.ts";
import type { TimeView } from "./time-view.ts";
import { eventsPerLane, timelineQuestion } from "./timeline-question.ts";

const refreshMs = 3_000;
/** The lanes of a view; the ones before stay until new ones have come. Read anew while recording goes on in it. */
export function useLanes(
  channels: readonly ChannelId[],
  view: TimeView,
  now: number,
): UseQueryResult<TimelineLane[]> {
  const { queries } = useConsole();
  const question = timelineQuestion(view);
  return useQuery({
    ...queries.recording.timeline.queryOptions({ input: { channels: [...channels], ...question } }),
    enabled: channels.length > 0,
    placeholderData: keepPreviousData,
    refetchInterval: question.to >= now - 60_000 ? refreshMs : false,
  });
}

const nearMs = 3_600_000;

/** The lanes two hours around an instant, fine enough to name every gap that matters to a person. */
export function useNearLanes(
  channels: readonly ChannelId[],
  at: number,
  now: number,
): readonly TimelineLane[] {
  const { queries } = useConsole();
  const from = Math.max(0, (Math.floor(at / nearMs) - 1) * nearMs);
  const to = from + 3 * nearMs;
  const input = { channels: [...channels], from, to, resolutionMs: 4_000 };
  return (
    useQuery({
      ...queries.recording.timeline.queryOptions({ input }),
      enabled: channels.length > 0,
      placeholderData: keepPreviousData,
      refetchInterval: to >= now ? refreshMs : false,
    }).data ?? none
  );
}

/** What happened on the lanes of a view. */
export function useEventSigns(
  channels: readonly ChannelId[],
  view: TimeView,
  now: number,
): { readonly events: EventLanes; readonly failure: Error | null } {
  const { queries } = useConsole();
  const { from, to } = timelineQuestion(view);
  const input = { channels: [...channels], from, to, limit: eventsPerLane(channels.length) };
  const { data, error } = useQuery({
    ...queries.recording.signs.queryOptions({ input }),
    enabled: channels.length > 0,
    placeholderData: keepPreviousData,
    refetchInterval: to >= now - 60_000 ? refreshMs : false,
  });
  const coarseNow = Math.floor(now / refreshMs) * refreshMs;
  const events = useMemo(() => eventSigns(data ?? none, coarseNow), [data, coarseNow]);
  return { events, failure: error };
}

const none: readonly never[] = [];

/** Bookmarks and locks that touch a view, kept up to date. */
export function useKeptSpans(
  channels: readonly ChannelId[],
  view: TimeView,
): { readonly bookmarks: readonly Bookmark[]; readonly locks: readonly EvidenceLock[] } {
  const { client, queries } = useConsole();
  const cache = useQueryClient();
  const readBookmarks = (): void => void cache.invalidateQueries({ queryKey: queries.bookmarks.key() });
  const readLocks = (): void => void cache.invalidateQueries({ queryKey: queries.locks.key() });
  useFeed({
    open: (signal) => client.bookmarks.changed(undefined, { signal }),
    onValue: readBookmarks,
    onOpen: readBookmarks,
  });
  useFeed({
    open: (signal) => client.locks.changed(undefined, { signal }),
    onValue: readLocks,
    onOpen: readLocks,
  });
  const { from, to } = timelineQuestion(view);
  const options = { enabled: channels.length > 0, placeholderData: keepPreviousData };
  const input = { channels: [...channels], from, to, limit: 500 };
  const bookmarks = useQuery({
    ...queries.bookmarks.list.queryOptions({ input }),
    ...options,
  }).data;
  const locks = useQuery({
    ...queries.locks.list.queryOptions({ input }),
    ...options,
  }).data;
  return { bookmarks: bookmarks ?? none, locks: locks ?? none };
}
