import { classNames } from "./class-names.ts";
import styles from "./spinner.module.css";

/** Something is under way and cannot say how far it is; `label` is spoken, and omitted beside visible words. */
export function Spinner(props: { readonly label?: string; readonly size?: "small" | "normal" }) {
  return (
    <span
      className={classNames(styles.spinner, props.size === "small" && styles.small)}
      role={props.label === undefined ? undefined : "img"}
      aria-label={props.label}
      aria-hidden={props.label === undefined}
    />
  );
}
