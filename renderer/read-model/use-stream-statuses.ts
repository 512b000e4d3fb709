import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { StreamStatus } from "../../shared/model/stream-status.ts";
import { useConsole } from "./console-context.tsx";
import { useFeed } from "./use-feed.ts";

/** A list with one stream's status put in its place. */
export function withStatus(statuses: readonly StreamStatus[], status: StreamStatus): StreamStatus[] {
  const others = statuses.filter(
    (known) => known.channelId !== status.channelId || known.role !== status.role,
  );
  return [...others, status];
}

const none: readonly StreamStatus[] = [];

/** The source status of every stream. */
export function useStreamStatuses(): readonly StreamStatus[] {
  const { queries } = useConsole();
  return useQuery(queries.live.statuses.queryOptions()).data ?? none;
}

/** Keeps the stream statuses up to date; the frame mounts it once. */
export function useStreamStatusFeed(): void {
  const { client, queries } = useConsole();
  const cache = useQueryClient();
  const queryKey = queries.live.statuses.queryKey();
  useFeed({
    open: (signal) => client.live.changed(undefined, { signal }),
    onValue: (status) => cache.setQueryData(queryKey, (known) => withStatus(known ?? [], status)),
    onOpen: () => void cache.invalidateQueries({ queryKey: queries.live.statuses.key() }),
  });
}
