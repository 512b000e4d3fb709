import { useEffect, useState } from "react";
import type { MenuEntry } from "../../design/menu-entry.ts";
import { useFrame, useTarget } from "../../frame/frame-context.tsx";
import { useCommands } from "../../keyboard/KeyboardProvider.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";
import type { ChannelId } from "../../../shared/base/ids.ts";
import type { Wall } from "../../../shared/model/layout.ts";
import { useFullScreen } from "./use-full-screen.ts";
import { useRemoveCamera } from "./use-remove-camera.ts";
import { usePlaceCamera } from "./use-place-camera.ts";
import { useWallDeeds } from "./use-wall-deeds.ts";
import { useWall, useWallScope } from "./wall-context.tsx";
import { wallCommands } from "./wall-commands.ts";
import {
  draftOfLayout,
  draftOfWall,
  isChanged,
  layoutFor,
  withFurther,
  type WallDraft,
} from "./wall-draft.ts";
import { wallMenu } from "./wall-menu.ts";

/** What the wall page needs beside its store: the menu, the dialog that is open, and what is saved. */
export interface WallPageModel {
  readonly menu: readonly MenuEntry[];
  readonly saved: "saved" | "changed" | "unsaved";
  readonly dialog: "save-as" | "rename" | null;
  readonly fullScreen: "on" | "off";
  readonly save: () => void;
  readonly saveNamed: (name: string) => Promise<"done" | "taken">;
  readonly closeDialog: () => void;
  readonly toggleFullScreen: () => void;
  readonly openWindow: () => void;
}

/** Wires one wall to keyboard, palette, frame and store of walls. */
export function useWallPage(walls: readonly Wall[]): WallPageModel {
  const say = useSay();
  const scope = useWallScope();
  const { store, channels } = scope;
  const { client } = useConsole();
  const deeds = useWallDeeds();
  const remove = useRemoveCamera();
  const draft = useWall((wall) => wall.draft);
  const showWall = useFrame((frame) => frame.showWall);
  const { fullScreen, setFullScreen } = useFullScreen();
  const [dialog, setDialog] = useState<WallPageModel["dialog"]>(null);
  const openWall = (wall: Wall): void => {
    store.getState().open(draftOfWall(wall));
    showWall(wall.id);
  };
  const open = walls.find((wall) => wall.id === draft.wallId);
  const hasChanged = isChanged(draft, open);
  const startNew = (): void => {
    store.getState().open(draftOfAll([...channels.keys()]));
    showWall(null);
  };
  const storeAs = async (name: string, as: "same" | "new"): Promise<"done" | "taken"> => {
    const { draft: so, change } = store.getState();
    const outcome = await deeds.save(so, name, as);
    if (outcome === "taken") return "taken";
    if (outcome !== "failed") {
      change((now) => ({ ...now, wallId: outcome.id, name: outcome.name }), "not-kept");
    }
    return "done";
  };
  /** Changes the name only: what was rearranged since stays unsaved. */
  const rename = async (wall: Wall, name: string): Promise<"done" | "taken"> => {
    const outcome = await deeds.save(draftOfWall(wall), name, "same");
    if (outcome === "taken") return "taken";
    if (outcome !== "failed") store.getState().change((now) => ({ ...now, name: outcome.name }), "not-kept");
    return "done";
  };
  const save = (): void => {
    if (open === undefined) setDialog("save-as");
    else void storeAs(open.name, "same");
  };
  const openWindow = (): void => {
    client.windows
      .open({ page: "live", wallId: draft.wallId })
      .catch((error: unknown) => console.warn(error));
  };
  const toggleFullScreen = (): void => setFullScreen(fullScreen === "off");
  useCommands(
    wallCommands(scope, {
      save,
      saveAs: () => setDialog("save-as"),
      startNew,
      openWindow,
      remove,
      toggleFullScreen,
      leaveFullScreen: () => {
        if (fullScreen === "on") setFullScreen(false);
        return fullScreen === "on";
      },
    }),
  );
  useFirstWall(walls);
  useCameraCalls();
  useFurtherCameras();
  useTarget("wall", ({ id }) => {
    const wall = walls.find((candidate) => candidate.id === id);
    if (wall !== undefined) openWall(wall);
  });
  return {
    menu: wallMenu(
      walls,
      draft.wallId,
      {
        open: openWall,
        startNew,
        save,
        saveAs: () => setDialog("save-as"),
        rename: () => setDialog("rename"),
        remove: (wall) => {
          void deeds.remove(wall).then(startNew);
        },
      },
      say,
    ),
    saved: open === undefined ? "unsaved" : hasChanged ? "changed" : "saved",
    dialog,
    fullScreen,
    save,
    saveNamed: (name) =>
      dialog === "rename" && open !== undefined ? rename(open, name) : storeAs(name, "new"),
    closeDialog: () => setDialog(null),
    toggleFullScreen,
    openWindow,
  };
}

/** Cameras that were called by number, chosen in the palette or asked for by another page. */
function useCameraCalls(): void {
  const { channels } = useWallScope();
  const place = usePlaceCamera();
  useTarget("camera", ({ id }) => {
    if (channels.has(id)) place(id);
  });
}

/** A window that opened before there was any wall shows the first one that is saved, unless it was arranged by then. */
function useFirstWall(walls: readonly Wall[]): void {
  const { store } = useWallScope();
  const isUntouched = useWall((wall) => wall.origin === "automatic" && wall.past.length === 0);
  const showWall = useFrame((frame) => frame.showWall);
  const [first] = walls;
  useEffect(() => {
    if (!isUntouched || first === undefined) return;
    store.getState().open(draftOfWall(first));
    showWall(first.id);
  }, [isUntouched, first, store, showWall]);
}

/** A wall that nobody has saved takes newly adopted cameras in by itself. */
function useFurtherCameras(): void {
  const { store, channels } = useWallScope();
  const isUnsaved = useWall((wall) => wall.draft.wallId === null && wall.past.length === 0);
  useEffect(() => {
    if (!isUnsaved) return;
    store.getState().change((draft) => withFurther(draft, [...channels.keys()]), "not-kept");
  }, [isUnsaved, channels, store]);
}

/** The smallest wall that shows every camera. */
export function draftOfAll(channelIds: readonly ChannelId[]): WallDraft {
  return draftOfLayout(layoutFor(channelIds.length), channelIds);
}
