import { useQuery, useQueryClient } from "@tanstack/react-query";
import { defaultSettings, type Settings } from "../../shared/model/settings.ts";
import { zoneOf } from "../messages/format.ts";
import { useConsole } from "./console-context.tsx";
import { useFeed } from "./use-feed.ts";

/** The settings; the defaults until they have been read. */
export function useSettings(): Settings {
  const { queries } = useConsole();
  return useQuery(queries.settings.get.queryOptions()).data ?? defaultSettings;
}

/** The zone in which this site's times are shown. */
export function useSiteZone(): string {
  return zoneOf(useSettings().timeZone);
}

/** Puts changed settings into the read model; the frame mounts it once. */
export function useSettingsFeed(): void {
  const { client, queries } = useConsole();
  const cache = useQueryClient();
  useFeed({
    open: (signal) => client.settings.changed(undefined, { signal }),
    onValue: (settings) => cache.setQueryData(queries.settings.get.queryKey(), settings),
    onOpen: () => void cache.invalidateQueries({ queryKey: queries.settings.get.key() }),
  });
}
