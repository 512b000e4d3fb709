import { Check, Copy } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useSay } from "../messages/messages-context.tsx";
import { Button } from "./Button.tsx";
import { PriorityMark } from "./PriorityMark.tsx";
import styles from "./state-page.module.css";

export interface ErrorStateProps {
  /** What failed. */
  readonly title: string;
  /** Why, as far as it is known. */
  readonly cause: string;
  /** What to do. */
  readonly remedy: string;
  /** For whoever looks after the console; can be copied. */
  readonly detail?: string;
  readonly action?: ReactNode;
}

/** Something failed: what, why, what to do, and the detail to pass on. */
export function ErrorState({ title, cause, remedy, detail, action }: ErrorStateProps) {
  const say = useSay();
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    void navigator.clipboard.writeText(`${title}\n${cause}\n${detail ?? ""}`).then(() => setCopied(true));
  };
  return (
    <div className={styles.page} role="alert">
      <h2 className={styles.title}>
        <PriorityMark priority={2} /> {title}
      </h2>
      <div className={styles.text}>
        <p>{cause}</p>
        <p>{remedy}</p>
      </div>
      <div className={styles.actions}>
        {action}
        {detail !== undefined && (
          <Button onPress={copy}>
            {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
            {say(copied ? "design.copied" : "design.copyDetail")}
          </Button>
        )}
      </div>
      {detail !== undefined && <pre className={styles.detail}>{detail}</pre>}
    </div>
  );
}
