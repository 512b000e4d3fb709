import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import type { Device } from "../../shared/model/device.ts";
import { useConsole } from "./console-context.tsx";
import { useFeed } from "./use-feed.ts";

/** Every device of the site. Kept up to date by `useDeviceFeed`, which the frame mounts once. */
export function useDevices(): UseQueryResult<readonly Device[]> {
  const { queries } = useConsole();
  return useQuery(queries.devices.list.queryOptions());
}

/** Reads the device list again whenever main says that one changed. */
export function useDeviceFeed(): void {
  const { client, queries } = useConsole();
  const cache = useQueryClient();
  const readAgain = (): void => {
    void cache.invalidateQueries({ queryKey: queries.devices.list.key() });
    void cache.invalidateQueries({ queryKey: queries.devices.history.key() });
  };
  useFeed({
    open: (signal) => client.devices.changed(undefined, { signal }),
    onValue: readAgain,
    onOpen: readAgain,
  });
}
