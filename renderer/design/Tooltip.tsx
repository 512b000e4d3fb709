import type { ReactElement } from "react";
import { Tooltip as AriaTooltip, TooltipTrigger } from "react-aria-components/Tooltip";
import { Kbd } from "./Kbd.tsx";
import styles from "./overlay.module.css";

export interface TooltipProps {
  readonly text: string;
  readonly keys?: string | undefined;
  /** One focusable React Aria component, or `Focusable` around an element. */
  readonly children: ReactElement;
}

/** A short name or the other half of a value, on hover and on keyboard focus. */
export function Tooltip({ text, keys, children }: TooltipProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      {children}
      <AriaTooltip className={styles.tooltip ?? ""} offset={6}>
        {text}
        {keys !== undefined && <Kbd keys={keys} />}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
