import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { ChannelId } from "../../shared/base/ids.ts";
import type { ChannelRecording, RecordingStatus } from "../../shared/model/recording.ts";
import { useConsole } from "./console-context.tsx";
import { useFeed } from "./use-feed.ts";

/** What is recorded now and where; undefined until read. */
export function useRecordingStatus(): RecordingStatus | undefined {
  const { queries } = useConsole();
  return useQuery(queries.recording.status.queryOptions()).data;
}

/** What one channel's recorder does now; renders again only when that changed. */
export function useChannelRecording(channelId: ChannelId): ChannelRecording | undefined {
  const { queries } = useConsole();
  return useQuery({
    ...queries.recording.status.queryOptions(),
    select: ({ channels }) => channels.find((channel) => channel.channelId === channelId),
  }).data;
}

/** Keeps the recording status up to date; the frame mounts it once. */
export function useRecordingStatusFeed(): void {
  const { client, queries } = useConsole();
  const cache = useQueryClient();
  useFeed({
    open: (signal) => client.recording.changed(undefined, { signal }),
    onValue: (status) => cache.setQueryData(queries.recording.status.queryKey(), status),
    onOpen: () => void cache.invalidateQueries({ queryKey: queries.recording.status.key() }),
  });
}
