import { useToasts } from "../../frame/frame-context.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { useWallScope } from "./wall-context.tsx";
import { withChannel } from "./wall-draft.ts";

/** Takes the camera of a tile off the wall and offers to undo it; a tile without a camera stays as it is. */
export function useRemoveCamera(): (tileId: string) => void {
  const say = useSay();
  const toasts = useToasts();
  const { store, channels } = useWallScope();
  return (tileId) => {
    const { draft, change, undo } = store.getState();
    const channelId = draft.tiles.find(({ id }) => id === tileId)?.channelId ?? null;
    if (channelId === null) return;
    change((so) => withChannel(so, tileId, null));
    toasts.show({
      severity: "normal",
      title: say("live.removed", { name: channels.get(channelId)?.name ?? "" }),
      action: { label: say("live.undo"), run: undo },
    });
  };
}
