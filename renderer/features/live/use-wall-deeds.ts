import { useQueryClient } from "@tanstack/react-query";
import { isDefinedError, safe } from "@orpc/client";
import { useFrame, useToasts } from "../../frame/frame-context.tsx";
import { errorWords } from "../../messages/error-words.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";
import type { Wall } from "../../../shared/model/layout.ts";
import type { WallDraft } from "./wall-draft.ts";

export interface WallDeeds {
  /** Saves under a name; answers the wall, or why not when it can be put right in the field. */
  readonly save: (draft: WallDraft, name: string, as: "same" | "new") => Promise<Wall | "taken" | "failed">;
  readonly remove: (wall: Wall) => Promise<void>;
}

/** Saving and deleting walls, with what has to be said about it. */
export function useWallDeeds(): WallDeeds {
  const say = useSay();
  const toasts = useToasts();
  const { client, queries } = useConsole();
  const cache = useQueryClient();
  const showWall = useFrame((frame) => frame.showWall);
  const listKey = queries.walls.list.queryKey();
  const put = (wall: Wall): void => {
    cache.setQueryData(listKey, (walls) => [...(walls ?? []).filter(({ id }) => id !== wall.id), wall]);
  };
  const failed = (title: string, error: unknown): void =>
    toasts.show({
      severity: "serious",
      title,
      detail: errorWords(say, error),
    });
  return {
    save: async (draft, name, as) => {
      const [error, wall] = await safe(
        client.walls.save({
          id: as === "same" ? draft.wallId : null,
          name,
          layout: draft.layout,
          columns: draft.columns,
          rows: draft.rows,
          tiles: draft.tiles.map(({ place, channelId, mode }) => ({ place, channelId, mode })),
        }),
      );
      if (error !== null) {
        if (isDefinedError(error) && error.code === "NAME_TAKEN") return "taken";
        failed(say("live.saveFailed"), error);
        return "failed";
      }
      put(wall);
      showWall(wall.id);
      toasts.show({ severity: "normal", title: say("live.saved", { name: wall.name }) });
      return wall;
    },
    remove: async (wall) => {
      const [error] = await safe(client.walls.remove({ id: wall.id }));
      if (error !== null) {
        failed(say("live.deleteFailed"), error);
        return;
      }
      cache.setQueryData(listKey, (walls) => (walls ?? []).filter(({ id }) => id !== wall.id));
      const { changedAt: _changedAt, ...contents } = wall;
      toasts.show({
        severity: "normal",
        title: say("live.deleted", { name: wall.name }),
        action: {
          label: say("live.undo"),
          run: () => {
            client.walls
              .save({ ...contents, id: null })
              .then(put, (cause: unknown) => failed(say("live.saveFailed"), cause));
          },
        },
      });
    },
  };
}
