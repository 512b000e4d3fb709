import { Switch as AriaSwitch, type SwitchProps as AriaSwitchProps } from "react-aria-components/Switch";
import type { ReactNode } from "react";
import styles from "./field.module.css";

export interface SwitchProps extends Omit<AriaSwitchProps, "children" | "className" | "style"> {
  readonly children: ReactNode;
  readonly description?: string;
}

/** A setting that takes effect at once. */
export function Switch({ children, description, ...rest }: SwitchProps) {
  return (
    <AriaSwitch {...rest} className={styles.toggle ?? ""}>
      <span className={styles.track}>
        <span className={styles.thumb} />
      </span>
      <span className={styles.texts}>
        <span>{children}</span>
        {description !== undefined && <span className={styles.description}>{description}</span>}
      </span>
    </AriaSwitch>
  );
}
