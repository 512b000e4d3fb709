import { AppWindow, ChevronDown, Maximize, Minimize, PanelLeft, Save } from "lucide-react";
import { Button } from "../../design/Button.tsx";
import { IconButton } from "../../design/IconButton.tsx";
import { Menu } from "../../design/Menu.tsx";
import type { MenuEntry } from "../../design/menu-entry.ts";
import { PageHeader } from "../../design/PageHeader.tsx";
import { SegmentedControl } from "../../design/SegmentedControl.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { LayoutName } from "../../../shared/model/layout.ts";
import { useWall, useWallScope } from "./wall-context.tsx";
import { withLayout } from "./wall-draft.ts";

export interface WallHeaderProps {
  readonly menu: readonly MenuEntry[];
  readonly saved: "saved" | "changed" | "unsaved";
  readonly fullScreen: "on" | "off";
  readonly onSave: () => void;
  readonly onFullScreen: () => void;
  readonly onWindow: () => void;
}

const layouts = LayoutName.options.map((id) => ({ id, title: id }));

/** Name and menu of the wall, its layout, and the ways to a larger picture. */
export function WallHeader({ menu, saved, fullScreen, onSave, onFullScreen, onWindow }: WallHeaderProps) {
  const say = useSay();
  const { store, channels } = useWallScope();
  const draft = useWall((wall) => wall.draft);
  const cameras = useWall((wall) => wall.cameras);
  const shown = new Set(draft.tiles.flatMap((tile) => tile.channelId ?? [])).size;
  const name = draft.name === "" ? say("live.unnamed") : draft.name;
  const isFull = fullScreen === "on";
  return (
    <PageHeader
      title={
        <Menu label={say("live.menu.walls")} entries={menu}>
          <Button tone="quiet" aria-label={`${say("live.wall")} ${name}`}>
            <b>{name}</b>
            <ChevronDown size={14} aria-hidden />
          </Button>
        </Menu>
      }
      note={
        <>
          {say("live.count", { shown, all: channels.size })}
          {saved === "saved" ? "" : ` · ${say(saved === "changed" ? "live.changed" : "live.unsaved")}`}
          {draft.parked.length === 0 ? "" : ` · ${say("live.parked", { count: draft.parked.length })}`}
        </>
      }
    >
      {saved !== "saved" && (
        <Button onPress={onSave}>
          <Save size={14} aria-hidden /> {say("live.save")}
        </Button>
      )}
      <SegmentedControl
        label={say("live.layout")}
        segments={layouts}
        selected={draft.layout}
        onSelect={(layout) => store.getState().change((so) => withLayout(so, layout))}
      />
      <IconButton
        label={say("live.cameras")}
        icon={PanelLeft}
        keys="L"
        onPress={() => store.getState().showCameras(cameras === "open" ? "closed" : "open")}
      />
      <IconButton label={say("live.window")} icon={AppWindow} keys="W" onPress={onWindow} />
      <IconButton
        label={say(isFull ? "live.fullScreenEnd" : "live.fullScreen")}
        icon={isFull ? Minimize : Maximize}
        keys="F11"
        onPress={onFullScreen}
      />
    </PageHeader>
  );
}
