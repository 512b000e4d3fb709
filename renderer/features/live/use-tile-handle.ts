import { useEffect, useEffectEvent, useRef, type RefObject } from "react";
import { useToasts } from "../../frame/frame-context.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import type { PlayerDriver } from "../../player/player-driver.ts";
import { useConsole } from "../../read-model/console-context.tsx";
import type { Channel } from "../../../shared/model/channel.ts";
import { useBookmarkNow } from "./use-bookmark-now.ts";
import { useSnapshot } from "./use-snapshot.ts";
import { useWallScope, type TileHandle } from "./wall-context.tsx";
import { ZoomControl } from "./zoom-control.ts";

export interface TileHandleDeps {
  readonly tileId: string;
  readonly channel: Channel;
  readonly driver: PlayerDriver | undefined;
  readonly frame: RefObject<HTMLDivElement | null>;
}

/** What can be done to a tile's picture; registered so that the keyboard reaches it by the tile's id. */
export function useTileHandle({ tileId, channel, driver, frame }: TileHandleDeps): TileHandle {
  const { store, handles } = useWallScope();
  const { client } = useConsole();
  const takeSnapshot = useSnapshot();
  const bookmarkNow = useBookmarkNow();
  const toasts = useToasts();
  const say = useSay();
  const zoom = useRef<ZoomControl>(undefined);
  useEffect(() => {
    const element = frame.current;
    if (element === null || driver === undefined) return undefined;
    const control = new ZoomControl({
      element,
      onTransform: (css) => driver.setTransform(css),
      onScale: (scale) => store.getState().setZoom(tileId, scale),
    });
    zoom.current = control;
    control.start();
    return () => control.stop();
  }, [driver, frame, store, tileId]);
  const handle: TileHandle = {
    snapshot: () => {
      // The picture on the screen is not the live one that would be saved.
      if (store.getState().replayId === tileId)
        toasts.show({ severity: "normal", title: say("replay.noSnapshot") });
      else if (driver !== undefined) void takeSnapshot(channel, driver);
    },
    bookmark: () => void bookmarkNow(channel),
    zoomBy: (factor) => zoom.current?.zoomBy(factor),
    panBy: (dx, dy) => zoom.current?.panBy(dx, dy),
    resetZoom: () => zoom.current?.reset(),
    isZoomed: () => zoom.current?.isZoomed ?? false,
    retry: () => {
      driver?.restart();
      client.live.retry({ channelId: channel.id }).catch((error: unknown) => console.warn(error));
    },
  };
  const latest = useEffectEvent(() => handle);
  useEffect(() => {
    handles.set(tileId, {
      snapshot: () => latest().snapshot(),
      bookmark: () => latest().bookmark(),
      zoomBy: (factor) => latest().zoomBy(factor),
      panBy: (dx, dy) => latest().panBy(dx, dy),
      resetZoom: () => latest().resetZoom(),
      isZoomed: () => latest().isZoomed(),
      retry: () => latest().retry(),
    });
    return () => {
      handles.delete(tileId);
    };
  }, [handles, tileId]);
  return handle;
}
