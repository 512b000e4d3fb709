import {
  Bookmark,
  Camera,
  CircleDot,
  Info,
  Maximize2,
  Minimize2,
  Radio,
  Move,
  RefreshCw,
  Rewind,
  Volume2,
  VolumeX,
  X,
  ZoomIn,
  ZoomOut,
  Check,
  type LucideIcon,
} from "lucide-react";
import type { MenuEntry } from "../../design/menu-entry.ts";
import type { Say } from "../../messages/messages.ts";
import { TileMode } from "../../../shared/model/layout.ts";

/** One thing that can be done to a tile, for its toolbar and its menu alike. */
export interface TileCommand {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly keys?: string;
  readonly isPressed?: boolean;
  readonly run: () => void;
}

/** What a tile is like now, as far as its commands care. */
export interface TileCondition {
  readonly hasPicture: boolean;
  readonly hasSound: boolean;
  readonly canRetry: boolean;
  /** Its last half minute is shown, not its live picture. */
  readonly isReplayed: boolean;
  readonly canMove: boolean;
  readonly isSteered: boolean;
  readonly isZoomed: boolean;
  readonly isHeard: boolean;
  readonly isMaximised: boolean;
  readonly hasStats: boolean;
  /** Who asked for it to be recorded now; null: nobody; undefined: it is recorded in any case. */
  readonly recordedFor: string | null | undefined;
  readonly mode: TileMode;
}

/** What the commands do. */
export interface TileDeeds {
  readonly snapshot: () => void;
  readonly bookmark: () => void;
  readonly replay: () => void;
  readonly steer: () => void;
  readonly zoom: () => void;
  readonly stats: () => void;
  readonly record: () => void;
  readonly sound: () => void;
  readonly maximise: () => void;
  readonly retry: () => void;
  readonly remove: () => void;
  readonly setMode: (mode: TileMode) => void;
}

/** The commands that make sense now, most used first. */
export function tileCommands(tile: TileCondition, deeds: TileDeeds, say: Say): readonly TileCommand[] {
  const commands: (TileCommand | false)[] = [
    tile.canRetry && {
      id: "retry",
      label: say("live.tool.retry"),
      icon: RefreshCw,
      keys: "Shift+R",
      run: deeds.retry,
    },
    {
      id: "replay",
      label: say(tile.isReplayed ? "replay.live" : "live.tool.replay"),
      icon: tile.isReplayed ? Radio : Rewind,
      keys: "R",
      isPressed: tile.isReplayed,
      run: deeds.replay,
    },
    tile.hasPicture && {
      id: "snapshot",
      label: say("live.tool.snapshot"),
      icon: Camera,
      keys: "S",
      run: deeds.snapshot,
    },
    {
      id: "bookmark",
      label: say("live.tool.bookmark"),
      icon: Bookmark,
      keys: "B",
      run: deeds.bookmark,
    },
    tile.canMove && {
      id: "ptz",
      label: say(tile.isSteered ? "ptz.off" : "ptz.on"),
      icon: Move,
      keys: "P",
      isPressed: tile.isSteered,
      run: deeds.steer,
    },
    tile.hasPicture && {
      id: "zoom",
      label: say(tile.isZoomed ? "live.tool.zoomReset" : "live.tool.zoomIn"),
      icon: tile.isZoomed ? ZoomOut : ZoomIn,
      keys: tile.isZoomed ? "Esc" : "+",
      run: deeds.zoom,
    },
    tile.hasSound && {
      id: "sound",
      label: say(tile.isHeard ? "live.tool.soundOff" : "live.tool.soundOn"),
      icon: tile.isHeard ? Volume2 : VolumeX,
      keys: "M",
      isPressed: tile.isHeard,
      run: deeds.sound,
    },
    tile.recordedFor !== undefined && {
      id: "record",
      label:
        tile.recordedFor === null
          ? say("live.tool.recordNow")
          : say("live.tool.recordStop", { name: tile.recordedFor }),
      icon: CircleDot,
      isPressed: tile.recordedFor !== null,
      run: deeds.record,
    },
    {
      id: "stats",
      label: say("live.tool.stats"),
      icon: Info,
      keys: "I",
      isPressed: tile.hasStats,
      run: deeds.stats,
    },
    {
      id: "maximise",
      label: say(tile.isMaximised ? "live.tool.restore" : "live.tool.maximise"),
      icon: tile.isMaximised ? Minimize2 : Maximize2,
      keys: "Enter",
      run: deeds.maximise,
    },
  ];
  return commands.filter((command) => command !== false);
}

/** Everything that can be done to a tile, as a menu; `recording` stands for the one button of the toolbar. */
export function tileMenu(
  tile: TileCondition,
  deeds: TileDeeds,
  recording: readonly MenuEntry[],
  say: Say,
): readonly MenuEntry[] {
  return [
    ...tileCommands(tile, deeds, say).flatMap((command) => (command.id === "record" ? recording : [command])),
    { id: "modes", separator: true },
    ...TileMode.options.map((mode) => ({
      id: `mode-${mode}`,
      label: say("live.tool.mode", { mode: say(`tile.mode.${mode}`) }),
      ...(mode === tile.mode ? { icon: Check } : {}),
      run: () => deeds.setMode(mode),
    })),
    { id: "end", separator: true },
    { id: "remove", label: say("live.tool.remove"), icon: X, keys: "Delete", run: deeds.remove },
  ];
}
