import type { Command } from "../../keyboard/command.ts";
import type { MessageKey } from "../../messages/messages.ts";
import { LayoutName } from "../../../shared/model/layout.ts";
import { neighbourOf, type Direction } from "./tile-neighbour.ts";
import type { TileHandle, WallScope } from "./wall-context.tsx";
import { withLayout, withSpan, withSwap } from "./wall-draft.ts";

/** What the keyboard does that is not a matter of the wall's store. */
export interface PageDeeds {
  readonly save: () => void;
  readonly saveAs: () => void;
  readonly startNew: () => void;
  readonly openWindow: () => void;
  /** Takes the camera off a tile and offers to undo it. */
  readonly remove: (tileId: string) => void;
  readonly toggleFullScreen: () => void;
  /** False when the window is not in full screen. */
  readonly leaveFullScreen: () => boolean;
}

const arrows: readonly (readonly [Direction, string])[] = [
  ["left", "←"],
  ["right", "→"],
  ["up", "↑"],
  ["down", "↓"],
];
const capital = { left: "Left", right: "Right", up: "Up", down: "Down" } as const;
const spans: readonly (readonly [MessageKey, string, number, number])[] = [
  ["command.live.wider", "Shift+→", 1, 0],
  ["command.live.narrower", "Shift+←", -1, 0],
  ["command.live.lower", "Shift+↑", 0, -1],
  ["command.live.higher", "Shift+↓", 0, 1],
];
const panStep = 0.15;
const zoomStep = 1.5;

/** Everything the wall can be told by keyboard, as commands; the palette lists the larger ones. */
export function wallCommands({ store, handles, channels }: WallScope, page: PageDeeds): readonly Command[] {
  const wall = store.getState;
  const tile = (): TileHandle | undefined => handles.get(wall().selectedId);
  const command = (
    id: string,
    title: MessageKey,
    keys: readonly string[],
    run: () => void,
    listed?: Command["listed"],
  ): Command => ({ id: `live.${id}`, title, keys, scope: "page", run, ...(listed ? { listed } : {}) });
  return [
    ...arrows.map(([direction, key]) =>
      command(direction, `command.live.${direction}`, [key], () => arrow(direction), "keys"),
    ),
    ...arrows.map(([direction, key]) =>
      command(
        `swap-${direction}`,
        `command.live.swap${capital[direction]}`,
        [`Ctrl+${key}`],
        () => {
          const { draft, selectedId, change } = wall();
          const other = neighbourOf(draft, selectedId, direction);
          if (other !== undefined) change((so) => withSwap(so, selectedId, other));
        },
        "keys",
      ),
    ),
    ...spans.map(([title, key, columns, rows]) =>
      command(
        `span ${key}`,
        title,
        [key],
        () => {
          const { selectedId, change, draft } = wall();
          const place = draft.tiles.find(({ id }) => id === selectedId)?.place;
          if (place === undefined) return;
          change((so) => withSpan(so, selectedId, place.columnSpan + columns, place.rowSpan + rows));
        },
        "keys",
      ),
    ),
    ...LayoutName.options.map((name, index) =>
      command(`layout ${name}`, `command.live.layout.${name}`, [`Alt+${(index + 1) % 10}`], () =>
        wall().change((draft) => withLayout(draft, name)),
      ),
    ),
    command("maximise", "command.live.maximise", ["Enter"], () => {
      const { maximise, maximisedId, selectedId, draft } = wall();
      const isFilled = draft.tiles.some(({ id, channelId }) => id === selectedId && channelId !== null);
      if (maximisedId !== null) maximise(null);
      else if (isFilled) maximise(selectedId);
    }),
    command("back", "command.live.back", ["Esc"], back, "keys"),
    command("full-screen", "command.live.fullScreen", ["F11", "F"], page.toggleFullScreen),
    command("bookmark", "command.live.bookmark", ["B"], () => tile()?.bookmark()),
    command("snapshot", "command.live.snapshot", ["S"], () => tile()?.snapshot()),
    command("stats", "command.live.stats", ["I"], () => wall().toggleStats(wall().selectedId)),
    command("sound", "command.live.sound", ["M"], () => {
      const { soundId, selectedId, listenTo } = wall();
      listenTo(soundId === selectedId ? null : selectedId);
    }),
    command("ptz", "command.live.ptz", ["P"], () => {
      const { draft, ptzId, selectedId, steer } = wall();
      const channelId = draft.tiles.find(({ id }) => id === selectedId)?.channelId ?? null;
      if (ptzId !== null) steer(null);
      else if (channelId !== null && channels.get(channelId)?.ptz === true) steer(selectedId);
    }),
    command("zoom-in", "command.live.zoomIn", ["+", "="], () => tile()?.zoomBy(zoomStep)),
    command("zoom-out", "command.live.zoomOut", ["-"], () => tile()?.zoomBy(1 / zoomStep)),
    command("replay", "command.live.replay", ["R"], () => {
      const { draft, replay, replayId, selectedId } = wall();
      const isFilled = draft.tiles.some(({ id, channelId }) => id === selectedId && channelId !== null);
      if (replayId === selectedId) replay(null);
      else if (isFilled) replay(selectedId);
    }),
    command("retry", "command.live.retry", ["Shift+R"], () => tile()?.retry()),
    command("remove", "command.live.remove", ["Delete", "Backspace"], () => {
      page.remove(wall().selectedId);
    }),
    command("undo", "command.live.undo", ["Ctrl+Z"], () => wall().undo()),
    command("save", "command.live.save", ["Ctrl+S"], page.save),
    command("save-as", "command.live.saveAs", ["Ctrl+Shift+S"], page.saveAs),
    command("cameras", "command.live.cameras", ["L"], () =>
      wall().showCameras(wall().cameras === "open" ? "closed" : "open"),
    ),
    command("window", "command.live.window", ["W"], page.openWindow),
    command("new", "command.live.newWall", [], page.startNew),
  ];

  /** Arrow keys move the view of a zoomed picture, else the selection. */
  function arrow(direction: Direction): void {
    const handle = tile();
    if (handle?.isZoomed() !== true) {
      wall().move(direction);
      return;
    }
    const dx = direction === "left" ? panStep : direction === "right" ? -panStep : 0;
    const dy = direction === "up" ? panStep : direction === "down" ? -panStep : 0;
    handle.panBy(dx, dy);
  }

  /** Esc: one step back. */
  function back(): void {
    const handle = tile();
    if (wall().replayId !== null) wall().replay(null);
    else if (handle?.isZoomed() === true) handle.resetZoom();
    else if (wall().maximisedId !== null) wall().maximise(null);
    else if (!page.leaveFullScreen()) wall().showCameras("closed");
  }
}
