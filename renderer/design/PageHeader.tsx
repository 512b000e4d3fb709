import type { ReactNode } from "react";
import styles from "./page-header.module.css";

/** The bar at the top of a page: its name, its views, and its actions at the right. */
export function PageHeader(props: {
  readonly title: ReactNode;
  /** A few words beside the name: how much there is, what is unsaved. */
  readonly note?: ReactNode;
  readonly views?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <header className={styles.header}>
      <h1 className={styles.title}>{props.title}</h1>
      {props.note !== undefined && <span className={styles.note}>{props.note}</span>}
      {props.views}
      <span className={styles.gap} />
      {props.children}
    </header>
  );
}
