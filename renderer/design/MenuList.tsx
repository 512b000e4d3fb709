import { Menu as AriaMenu, MenuItem, Separator } from "react-aria-components/Menu";
import { Kbd } from "./Kbd.tsx";
import type { MenuEntry } from "./menu-entry.ts";
import styles from "./overlay.module.css";

/** The lines of a menu; used by `Menu` and `ContextMenu`. */
export function MenuList(props: { readonly label: string; readonly entries: readonly MenuEntry[] }) {
  return (
    <AriaMenu aria-label={props.label} className={styles.list ?? ""}>
      {props.entries.map((entry) =>
        "separator" in entry ? (
          <Separator key={entry.id} className={styles.separator ?? ""} />
        ) : (
          <MenuItem
            key={entry.id}
            id={entry.id}
            textValue={entry.label}
            isDisabled={entry.isDisabled ?? false}
            onAction={entry.run}
            className={styles.item ?? ""}
            data-tone={entry.tone ?? "plain"}
          >
            <span className={styles.check}>{entry.icon && <entry.icon size={14} aria-hidden />}</span>
            <span className={styles.label}>{entry.label}</span>
            {entry.keys !== undefined && <Kbd keys={entry.keys} />}
          </MenuItem>
        ),
      )}
    </AriaMenu>
  );
}
