import { ProgressBar as AriaProgressBar } from "react-aria-components/ProgressBar";
import styles from "./progress.module.css";

export interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1; null when it cannot be known. */
  readonly value: number | null;
}

/** How far long work is; without a value it only says that it goes on. */
export function ProgressBar({ label, value }: ProgressBarProps) {
  return (
    <AriaProgressBar
      aria-label={label}
      className={styles.progress ?? ""}
      {...(value === null ? { isIndeterminate: true } : { value: value * 100 })}
    >
      {({ percentage, isIndeterminate }) => (
        <span className={styles.track}>
          <span
            className={isIndeterminate ? styles.unknown : styles.fill}
            style={isIndeterminate ? {} : { width: `${percentage ?? 0}%` }}
          />
        </span>
      )}
    </AriaProgressBar>
  );
}
