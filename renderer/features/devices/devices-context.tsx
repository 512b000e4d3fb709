import { createContext, useContext, type ReactNode } from "react";
import { useStore } from "zustand";
import type { DevicesState, DevicesStore } from "./devices-store.ts";

const DevicesContext = createContext<DevicesStore | null>(null);

/** Gives the parts of the Devices page its view state. */
export function DevicesProvider(props: { readonly store: DevicesStore; readonly children: ReactNode }) {
  return <DevicesContext.Provider value={props.store}>{props.children}</DevicesContext.Provider>;
}

/** The store itself, to change it. */
export function useDevicesStore(): DevicesStore {
  const store = useContext(DevicesContext);
  if (store === null) throw new Error("no DevicesProvider above this component");
  return store;
}

/** Reads the page's view state. */
export function useDevicesState<T>(select: (state: DevicesState) => T): T {
  return useStore(useDevicesStore(), select);
}
