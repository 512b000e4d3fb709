import { Fragment } from "react";
import styles from "./kbd.module.css";

/** A key or a chord as printed on the keyboard: `Ctrl+K`, `?`, `Esc`. */
export function Kbd({ keys }: { readonly keys: string }) {
  const parts = keys === "+" ? ["+"] : keys.split("+");
  return (
    <span className={styles.keys}>
      {parts.map((part, index) => (
        <Fragment key={part}>
          {index > 0 && <span className="visually-hidden">+</span>}
          <kbd className={styles.kbd}>{part}</kbd>
        </Fragment>
      ))}
    </span>
  );
}
