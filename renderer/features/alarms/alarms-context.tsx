import { createContext, useContext, type ReactNode } from "react";
import { useStore } from "zustand";
import type { AlarmsState, AlarmsStore } from "./alarms-store.ts";

const AlarmsContext = createContext<AlarmsStore | null>(null);

/** Gives the parts of the Alarms page its view state. */
export function AlarmsProvider(props: { readonly store: AlarmsStore; readonly children: ReactNode }) {
  return <AlarmsContext.Provider value={props.store}>{props.children}</AlarmsContext.Provider>;
}

/** The store itself, to change it. */
export function useAlarmsStore(): AlarmsStore {
  const store = useContext(AlarmsContext);
  if (store === null) throw new Error("no AlarmsProvider above this component");
  return store;
}

/** Reads the page's view state. */
export function useAlarmsState<T>(select: (state: AlarmsState) => T): T {
  return useStore(useAlarmsStore(), select);
}
