import { createContext, useContext, type ReactNode } from "react";
import { useStore } from "zustand";
import type { ChannelId } from "../../../shared/base/ids.ts";
import type { Channel } from "../../../shared/model/channel.ts";
import type { WallActions, WallState, WallStore } from "./wall-store.ts";

/** What the keyboard can do to one tile's picture. */
export interface TileHandle {
  readonly snapshot: () => void;
  /** Keeps this moment of its camera. */
  readonly bookmark: () => void;
  readonly zoomBy: (factor: number) => void;
  readonly panBy: (dx: number, dy: number) => void;
  readonly resetZoom: () => void;
  readonly retry: () => void;
  readonly isZoomed: () => boolean;
}

export interface WallScope {
  readonly store: WallStore;
  readonly channels: ReadonlyMap<ChannelId, Channel>;
  /** The tiles that are on the screen, by their ids; each registers itself. */
  readonly handles: Map<string, TileHandle>;
}

const WallContext = createContext<WallScope | null>(null);

/** Gives everything below it the wall. */
export function WallProvider(props: { readonly scope: WallScope; readonly children: ReactNode }) {
  return <WallContext.Provider value={props.scope}>{props.children}</WallContext.Provider>;
}

/** The wall's store, cameras and tiles; only below a WallProvider. */
export function useWallScope(): WallScope {
  const scope = useContext(WallContext);
  if (scope === null) throw new Error("no WallProvider above this component");
  return scope;
}

/** `const draft = useWall((wall) => wall.draft)`. */
export function useWall<T>(select: (wall: WallState & WallActions) => T): T {
  return useStore(useWallScope().store, select);
}
