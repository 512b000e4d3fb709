import type { ReactNode } from "react";
import { PriorityMark } from "./PriorityMark.tsx";
import styles from "./banner.module.css";

export interface BannerProps {
  readonly severity: "critical" | "serious" | "warning" | "notice";
  readonly title: string;
  readonly detail?: ReactNode;
  readonly actions?: ReactNode;
}

const priorityOf = { critical: 1, serious: 2, warning: 3, notice: 4 } as const;

/** Something every page must say until it is dealt with. `critical` interrupts a screen reader. */
export function Banner({ severity, title, detail, actions }: BannerProps) {
  return (
    <div
      className={styles.banner}
      data-severity={severity}
      role={severity === "critical" ? "alert" : "status"}
    >
      <PriorityMark priority={priorityOf[severity]} />
      <strong className={styles.title}>{title}</strong>
      <span className={styles.detail}>{detail}</span>
      {actions}
    </div>
  );
}
