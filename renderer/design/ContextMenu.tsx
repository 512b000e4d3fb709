import { useRef, type ReactNode } from "react";
import { Popover } from "react-aria-components/Popover";
import type { MenuEntry } from "./menu-entry.ts";
import { MenuList } from "./MenuList.tsx";
import styles from "./overlay.module.css";

/** Where the pointer or the focused element was when the menu was asked for, in window pixels. */
export interface MenuPoint {
  readonly x: number;
  readonly y: number;
}

export interface ContextMenuProps {
  readonly label: string;
  /** Null: closed. */
  readonly at: MenuPoint | null;
  readonly entries: readonly MenuEntry[];
  readonly onClose: () => void;
}

/**
 * A menu at a point: of a right click, or of the Menu key and Shift+F10, which send the same
 * `contextmenu` event from the focused element.
 */
export function ContextMenu({ label, at, entries, onClose }: ContextMenuProps): ReactNode {
  const anchor = useRef<HTMLSpanElement>(null);
  if (at === null) return null;
  return (
    <>
      <span ref={anchor} className={styles.anchor} style={{ left: at.x, top: at.y }} aria-hidden />
      <Popover
        triggerRef={anchor}
        className={styles.popover ?? ""}
        isOpen
        placement="bottom start"
        offset={0}
        onOpenChange={(isOpen) => {
          if (!isOpen) onClose();
        }}
      >
        <MenuList label={label} entries={entries.map((entry) => closing(entry, onClose))} />
      </Popover>
    </>
  );
}

function closing(entry: MenuEntry, onClose: () => void): MenuEntry {
  if ("separator" in entry) return entry;
  return {
    ...entry,
    run: () => {
      onClose();
      entry.run();
    },
  };
}
