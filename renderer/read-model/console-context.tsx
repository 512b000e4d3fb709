import type { ContractRouterClient } from "@orpc/contract";
import { createTanstackQueryUtils, type RouterUtils } from "@orpc/tanstack-query";
import { createContext, useContext, useMemo, type ReactNode } from "react";
import type { Contract } from "../../shared/contract/index.ts";

/** Everything a window may ask; the bridge makes the real one, tests an in-process one. */
export type ConsoleClient = ContractRouterClient<Contract>;

interface Console {
  readonly client: ConsoleClient;
  readonly queries: RouterUtils<ConsoleClient>;
}

const ConsoleContext = createContext<Console | null>(null);

/** Gives everything below it the way to the main process. */
export function ConsoleProvider(props: { readonly client: ConsoleClient; readonly children: ReactNode }) {
  const { client, children } = props;
  const value = useMemo(() => ({ client, queries: createTanstackQueryUtils(client) }), [client]);
  return <ConsoleContext.Provider value={value}>{children}</ConsoleContext.Provider>;
}

/** The typed client and its TanStack Query options; only below a ConsoleProvider. */
export function useConsole(): Console {
  const value = useContext(ConsoleContext);
  if (value === null) throw new Error("no ConsoleProvider above this component");
  return value;
}
