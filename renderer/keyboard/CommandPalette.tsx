import { useMemo, useState } from "react";
import { Autocomplete } from "react-aria-components/Autocomplete";
import { Dialog, Modal, ModalOverlay } from "react-aria-components/Modal";
import { Header, Menu, MenuItem, MenuSection } from "react-aria-components/Menu";
import { Input, SearchField } from "react-aria-components/SearchField";
import { Kbd } from "../design/Kbd.tsx";
import overlay from "../design/overlay.module.css";
import { useSay } from "../messages/messages-context.tsx";
import { useKeyboard } from "./KeyboardProvider.tsx";
import { findItems, type PaletteItem, type PaletteSource } from "./palette-source.ts";
import styles from "./keyboard.module.css";

/** Ctrl+K: one field that finds cameras, walls, pages and actions. */
export function CommandPalette(props: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const say = useSay();
  return (
    <ModalOverlay
      className={overlay.veil ?? ""}
      data-place="top"
      isDismissable
      isOpen={props.isOpen}
      onOpenChange={(isOpen) => {
        if (!isOpen) props.onClose();
      }}
    >
      <Modal className={styles.palette ?? ""}>
        <Dialog aria-label={say("palette.title")} className={styles.paletteDialog ?? ""}>
          <PaletteList onClose={props.onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function PaletteList({ onClose }: { readonly onClose: () => void }) {
  const say = useSay();
  const [query, setQuery] = useState("");
  const sources = useAllSources();
  const groups = sources
    .map((source) => ({ ...source, items: findItems(source.items, query) }))
    .filter((source) => source.items.length > 0);
  const run = (item: PaletteItem): void => {
    onClose();
    item.run();
  };
  return (
    <Autocomplete inputValue={query} onInputChange={setQuery}>
      <SearchField autoFocus aria-label={say("palette.title")} className={styles.field ?? ""}>
        <Input className={styles.input ?? ""} placeholder={say("palette.placeholder")} />
      </SearchField>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be scrollable by keyboard */}
      <div className={styles.results} role="group" aria-label={say("palette.results")} tabIndex={0}>
        <Menu
          aria-label={say("palette.results")}
          className={styles.list ?? ""}
          items={groups}
          renderEmptyState={() => <p className={styles.none}>{say("palette.none", { query })}</p>}
        >
          {(group) => (
            <MenuSection id={group.id} className={styles.section ?? ""}>
              <Header className={styles.heading ?? ""}>{say(group.title)}</Header>
              {group.items.map((item) => (
                <MenuItem
                  key={`${group.id}/${item.id}`}
                  id={`${group.id}/${item.id}`}
                  textValue={item.label}
                  className={overlay.item ?? ""}
                  onAction={() => run(item)}
                >
                  <span className={overlay.label}>{item.label}</span>
                  {item.hint !== undefined && <span className={overlay.hint}>{item.hint}</span>}
                </MenuItem>
              ))}
            </MenuSection>
          )}
        </Menu>
      </div>
      <p className={styles.foot} aria-hidden>
        <Kbd keys="↑" /> <Kbd keys="↓" /> <Kbd keys="Enter" /> <Kbd keys="Esc" />
      </p>
    </Autocomplete>
  );
}

function useAllSources(): readonly PaletteSource[] {
  const say = useSay();
  const sources = useKeyboard((state) => state.sources);
  const commands = useKeyboard((state) => state.commands);
  return useMemo(() => {
    const items = commands
      .filter((command) => command.listed !== "keys" && (command.isEnabled?.() ?? true))
      .map((command) => ({
        id: command.id,
        label: say(command.title),
        run: command.run,
        ...(command.keys[0] === undefined ? {} : { hint: command.keys[0] }),
      }));
    return [...sources, { id: "actions", title: "palette.group.actions", items }];
  }, [sources, commands, say]);
}
