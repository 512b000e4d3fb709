import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Device } from "../../../shared/model/device.ts";
import { Banner } from "../../design/Banner.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";
import { useFeed } from "../../read-model/use-feed.ts";

/** Says which reachable devices send no events, so that nobody takes silence for peace. */
export function DeafBanner({ devices }: { readonly devices: readonly Device[] }) {
  const say = useSay();
  const { client, queries } = useConsole();
  const cache = useQueryClient();
  const listening = useQuery(queries.events.listening.queryOptions());
  const readAgain = (): void => {
    void cache.invalidateQueries({ queryKey: queries.events.listening.key() });
  };
  useFeed({
    open: (signal) => client.events.listeningChanged(undefined, { signal }),
    onOpen: readAgain,
    onValue: readAgain,
  });
  const deaf = (listening.data ?? []).flatMap(({ deviceId, state }) => {
    const device = devices.find(({ id }) => id === deviceId);
    return state.kind === "deaf" && device !== undefined ? [device.name] : [];
  });
  if (deaf.length === 0) return null;
  const names = deaf.slice(0, 5).join(", ") + (deaf.length > 5 ? " …" : "");
  return <Banner severity="warning" title={say("events.deaf", { count: deaf.length, names })} />;
}
