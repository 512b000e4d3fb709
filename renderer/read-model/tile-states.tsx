import { createContext, useContext, useState, type ReactNode } from "react";
import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { ChannelId } from "../../shared/base/ids.ts";
import type { TileState } from "../../shared/model/tile-state.ts";

/** What each tile of this window shows, by channel; the wall writes it, the status bar counts it. */
export type TileStates = ReadonlyMap<ChannelId, TileState["kind"]>;

const none: TileStates = new Map();
const TileStatesContext = createContext<StoreApi<{ readonly tiles: TileStates }> | null>(null);

export function TileStatesProvider({ children }: { readonly children: ReactNode }) {
  const [store] = useState(() => createStore(() => ({ tiles: none })));
  return <TileStatesContext.Provider value={store}>{children}</TileStatesContext.Provider>;
}

function useTileStatesStore(): StoreApi<{ readonly tiles: TileStates }> {
  const store = useContext(TileStatesContext);
  if (store === null) throw new Error("no TileStatesProvider above this component");
  return store;
}

/** What the tiles of this window show now. */
export function useTileStates(): TileStates {
  return useStore(useTileStatesStore(), (state) => state.tiles);
}

/** Replaces what the tiles show; call it when a kind changes, and with an empty map when the wall closes. */
export function useReportTileStates(): (tiles: TileStates) => void {
  const store = useTileStatesStore();
  return (tiles) => store.setState({ tiles });
}
