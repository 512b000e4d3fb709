import type { LucideIcon } from "lucide-react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";
import { classNames } from "./class-names.ts";
import { Tooltip } from "./Tooltip.tsx";
import styles from "./button.module.css";

export interface IconButtonProps extends Omit<AriaButtonProps, "children" | "className" | "style"> {
  /** Its name for screen readers and its tooltip. */
  readonly label: string;
  readonly icon: LucideIcon;
  /** Shown behind the label in the tooltip: `Ctrl+K`. */
  readonly keys?: string;
  readonly tone?: "quiet" | "plain";
  readonly size?: "small" | "normal";
  /** For a button that switches something on and off: whether it is on. */
  readonly isPressed?: boolean | undefined;
}

/** A button that is only a picture; its name is always there as a tooltip. */
export function IconButton({
  label,
  icon: Icon,
  keys,
  tone = "quiet",
  size = "normal",
  isPressed,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys}>
      <AriaButton
        {...rest}
        aria-label={label}
        {...(isPressed === undefined ? {} : { "aria-pressed": isPressed })}
        className={classNames(styles.button, styles.icon, styles[tone], styles[size])}
      >
        <Icon size={size === "small" ? 14 : 16} aria-hidden />
      </AriaButton>
    </Tooltip>
  );
}
