import { X } from "lucide-react";
import { useId, type KeyboardEvent, type ReactNode } from "react";
import { useSay } from "../messages/messages-context.tsx";
import { IconButton } from "./IconButton.tsx";
import styles from "./drawer.module.css";

export interface DrawerProps {
  readonly title: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Beside the title: the few things one does with it. */
  readonly actions?: ReactNode;
  readonly footer?: ReactNode;
  readonly size?: "normal" | "wide";
}

/** Detail beside the page, which stays visible and usable; `Esc` inside it closes it. */
export function Drawer({ title, onClose, children, actions, footer, size = "normal" }: DrawerProps) {
  const say = useSay();
  const id = useId();
  const closeOnEscape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    onClose();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc bubbles from the controls inside
    <aside className={styles.drawer} data-size={size} aria-labelledby={id} onKeyDown={closeOnEscape}>
      <header className={styles.header}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {actions}
        <IconButton label={say("design.close")} keys="Esc" icon={X} onPress={onClose} />
      </header>
      <div className={styles.body}>{children}</div>
      {footer !== undefined && <footer className={styles.footer}>{footer}</footer>}
    </aside>
  );
}
