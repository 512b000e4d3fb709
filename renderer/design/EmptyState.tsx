import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./state-page.module.css";

export interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  /** What to do next. */
  readonly children: ReactNode;
  /** The button that does it. */
  readonly action?: ReactNode;
}

/** Nothing is here yet, and this is what to do about it. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className={styles.page}>
      <Icon size={40} strokeWidth={1.2} className={styles.icon} aria-hidden />
      <h2 className={styles.title}>{title}</h2>
      <div className={styles.text}>{children}</div>
      {action !== undefined && <div className={styles.actions}>{action}</div>}
    </div>
  );
}
