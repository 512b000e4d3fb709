import { Check } from "lucide-react";
import type { MenuEntry } from "../../design/menu-entry.ts";
import type { Say } from "../../messages/messages.ts";
import { byName } from "../../read-model/use-walls.ts";
import type { WallId } from "../../../shared/base/ids.ts";
import type { Wall } from "../../../shared/model/layout.ts";

/** What the wall menu does. */
export interface WallMenuDeeds {
  readonly open: (wall: Wall) => void;
  readonly startNew: () => void;
  readonly save: () => void;
  readonly saveAs: () => void;
  readonly rename: () => void;
  readonly remove: (wall: Wall) => void;
}

/** The menu below the wall's name: the saved walls, then what can be done to this one. */
export function wallMenu(
  walls: readonly Wall[],
  openId: WallId | null,
  deeds: WallMenuDeeds,
  say: Say,
): readonly MenuEntry[] {
  const open = walls.find((wall) => wall.id === openId);
  const own: readonly MenuEntry[] =
    open === undefined
      ? []
      : [
          { id: "rename", label: say("live.menu.rename"), run: deeds.rename },
          { id: "delete", label: say("live.menu.delete"), tone: "danger", run: () => deeds.remove(open) },
        ];
  return [
    ...byName(walls).map((wall) => ({
      id: `wall-${wall.id}`,
      label: wall.name,
      ...(wall.id === openId ? { icon: Check } : {}),
      run: () => deeds.open(wall),
    })),
    ...(walls.length === 0 ? [] : [{ id: "walls-end", separator: true as const }]),
    { id: "new", label: say("live.menu.new"), run: deeds.startNew },
    { id: "save", label: say("live.menu.save"), keys: "Ctrl+S", run: deeds.save },
    { id: "save-as", label: say("live.menu.saveAs"), keys: "Ctrl+Shift+S", run: deeds.saveAs },
    ...own,
  ];
}
