import { MoreHorizontal } from "lucide-react";
import { classNames } from "../../design/class-names.ts";
import { IconButton } from "../../design/IconButton.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import type { TileCommand } from "./tile-commands.ts";
import tiles from "../../design/picture-tile.module.css";
import styles from "./live.module.css";

export interface TileToolbarProps {
  readonly name: string;
  readonly commands: readonly TileCommand[];
  readonly onMore: (at: { readonly x: number; readonly y: number }) => void;
}

/** The tile's tools: there while the pointer is over it or something in it has the focus. */
export function TileToolbar({ name, commands, onMore }: TileToolbarProps) {
  const say = useSay();
  return (
    <div
      className={classNames(tiles.tools, styles.tools)}
      role="toolbar"
      aria-label={say("live.tools", { name })}
    >
      {commands.map(({ id, label, icon, keys, isPressed, run }) => (
        <IconButton
          key={id}
          size="small"
          label={label}
          icon={icon}
          isPressed={isPressed}
          {...(keys === undefined ? {} : { keys })}
          onPress={run}
        />
      ))}
      <IconButton
        size="small"
        label={say("live.tool.more")}
        icon={MoreHorizontal}
        onPress={({ target }) => {
          const box = target.getBoundingClientRect();
          onMore({ x: box.left, y: box.bottom });
        }}
      />
    </div>
  );
}
