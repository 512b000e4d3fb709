import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { DiscoveryView } from "../../shared/contract/discovery.ts";
import { useConsole } from "./console-context.tsx";
import { useFeed } from "./use-feed.ts";

/** What discovery has done and seen; undefined until the first answer. Follows the feed while mounted. */
export function useDiscovery(): DiscoveryView | undefined {
  const { client, queries } = useConsole();
  const cache = useQueryClient();
  useFeed({
    open: (signal) => client.discovery.changed(undefined, { signal }),
    onValue: (view) => cache.setQueryData(queries.discovery.view.queryKey(), view),
    onOpen: () => void cache.invalidateQueries({ queryKey: queries.discovery.view.key() }),
  });
  return useQuery(queries.discovery.view.queryOptions()).data;
}
