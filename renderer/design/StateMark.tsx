import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { PriorityMark, type Priority } from "./PriorityMark.tsx";
import styles from "./mark.module.css";

/** How abnormal a state is: `normal` has no mark and no colour, `quiet` steps back. */
export type Severity = "normal" | "quiet" | "notice" | "warning" | "serious" | "critical";

const markOf: Readonly<Record<Severity, Priority | null>> = {
  normal: null,
  quiet: null,
  notice: 4,
  warning: 3,
  serious: 2,
  critical: 1,
};

/** A state in a word, with a shape beside it when it is abnormal. */
export function StateMark(props: { readonly severity: Severity; readonly children: ReactNode }) {
  const priority = markOf[props.severity];
  return (
    <span className={classNames(styles.state, styles[props.severity])}>
      {priority !== null && <PriorityMark priority={priority} />}
      <span>{props.children}</span>
    </span>
  );
}
