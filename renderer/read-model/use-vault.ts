import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Credential, VaultStatus } from "../../shared/contract/devices.ts";
import { useConsole } from "./console-context.tsx";
import { useFeed } from "./use-feed.ts";

const none: readonly Credential[] = [];

/** How stored logins are protected and which there are; undefined until read. Passwords never come here. */
export function useVault(): {
  readonly status: VaultStatus | undefined;
  readonly credentials: readonly Credential[];
  /** Both have been read; before that an empty list means nothing. */
  readonly isRead: boolean;
} {
  const { client, queries } = useConsole();
  const cache = useQueryClient();
  useFeed({
    open: (signal) => client.vault.changed(undefined, { signal }),
    onValue: (status) => {
      cache.setQueryData(queries.vault.status.queryKey(), status);
      void cache.invalidateQueries({ queryKey: queries.vault.list.key() });
    },
    onOpen: () => void cache.invalidateQueries({ queryKey: queries.vault.key() }),
  });
  const status = useQuery(queries.vault.status.queryOptions()).data;
  const credentials = useQuery(queries.vault.list.queryOptions()).data;
  return {
    status,
    credentials: credentials ?? none,
    isRead: status !== undefined && credentials !== undefined,
  };
}
