import type { ReactNode } from "react";
import styles from "./status-bar.module.css";

/** The one line along the bottom that is always there. */
export function StatusBar(props: {
  readonly label: string;
  readonly start: ReactNode;
  readonly end: ReactNode;
}) {
  return (
    <footer className={styles.bar} aria-label={props.label}>
      {props.start}
      <span className={styles.gap} />
      {props.end}
    </footer>
  );
}

/** One compartment of the status bar. */
export function StatusItem({ children }: { readonly children: ReactNode }) {
  return <span className={styles.item}>{children}</span>;
}
