import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { StorageView } from "../../shared/model/storage.ts";
import { useConsole } from "./console-context.tsx";
import { useFeed } from "./use-feed.ts";

/** The storage locations and groups as they are now; undefined until read. Kept up to date while it is shown. */
export function useStorage(): StorageView | undefined {
  const { client, queries } = useConsole();
  const cache = useQueryClient();
  useFeed({
    open: (signal) => client.storage.changed(undefined, { signal }),
    onValue: (view) => cache.setQueryData(queries.storage.view.queryKey(), view),
    onOpen: () => void cache.invalidateQueries({ queryKey: queries.storage.view.key() }),
  });
  return useQuery(queries.storage.view.queryOptions()).data;
}
