import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import type { Wall } from "../../shared/model/layout.ts";
import { useConsole } from "./console-context.tsx";
import { useFeed } from "./use-feed.ts";

/** The saved walls. Kept up to date by `useWallFeed`, which the frame mounts once. */
export function useWalls(): UseQueryResult<readonly Wall[]> {
  const { queries } = useConsole();
  return useQuery(queries.walls.list.queryOptions());
}

/** Reads the walls again whenever main says that one changed. */
export function useWallFeed(): void {
  const { client, queries } = useConsole();
  const cache = useQueryClient();
  const readAgain = (): void => void cache.invalidateQueries({ queryKey: queries.walls.list.key() });
  useFeed({
    open: (signal) => client.walls.changed(undefined, { signal }),
    onValue: readAgain,
    onOpen: readAgain,
  });
}

/** Walls in the order people look for them. */
export function byName(walls: readonly Wall[]): readonly Wall[] {
  return walls.toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
}
