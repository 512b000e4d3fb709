import type { ReactNode } from "react";
import styles from "./panel.module.css";

/** A titled box of facts. */
export function Panel(props: {
  readonly title: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className={styles.panel}>
      <header className={styles.header}>
        <h2 className={styles.title}>{props.title}</h2>
        {props.actions}
      </header>
      <div className={styles.body}>{props.children}</div>
    </section>
  );
}
