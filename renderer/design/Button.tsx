import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Spinner } from "./Spinner.tsx";
import styles from "./button.module.css";

/** How loud a button is: one `primary` a view; `danger` only for what cannot be undone. */
export type ButtonTone = "primary" | "plain" | "quiet" | "danger";

export interface ButtonProps extends Omit<AriaButtonProps, "children" | "className" | "style"> {
  readonly tone?: ButtonTone;
  readonly size?: "small" | "normal" | "large";
  readonly children: ReactNode;
}

/** A push button. While `isPending` it keeps its width, shows a spinner and cannot be pressed. */
export function Button({ tone = "plain", size = "normal", children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={classNames(styles.button, styles[tone], styles[size])}>
      {({ isPending }) => (
        <>
          {isPending && <Spinner size="small" />}
          {children}
        </>
      )}
    </AriaButton>
  );
}
