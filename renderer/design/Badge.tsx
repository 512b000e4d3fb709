import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import type { Severity } from "./StateMark.tsx";
import styles from "./mark.module.css";

/** A count or a short fact on a small plate. */
export function Badge(props: { readonly severity?: Severity; readonly children: ReactNode }) {
  return (
    <span className={classNames(styles.badge, styles[props.severity ?? "normal"])}>{props.children}</span>
  );
}
