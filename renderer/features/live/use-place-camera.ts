import { useCallback } from "react";
import type { ChannelId } from "../../../shared/base/ids.ts";
import { useWallScope } from "./wall-context.tsx";
import { withChannel } from "./wall-draft.ts";

/**
 * Shows a camera in the selected tile. One that is on the wall already is only selected; when the selected
 * tile is taken, the first free one is used, if any.
 */
export function usePlaceCamera(): (channelId: ChannelId) => void {
  const { store } = useWallScope();
  return useCallback(
    (channelId) => {
      const { draft, selectedId, change, select, maximisedId, maximise } = store.getState();
      const shown = draft.tiles.find((tile) => tile.channelId === channelId);
      const selected = draft.tiles.find((tile) => tile.id === selectedId);
      const free = draft.tiles.find((tile) => tile.channelId === null);
      const target = shown ?? (selected?.channelId === null ? selected : (free ?? selected));
      if (target === undefined) return;
      if (shown === undefined) change((so) => withChannel(so, target.id, channelId));
      if (maximisedId !== null) maximise(target.id);
      select(target.id);
    },
    [store],
  );
}
