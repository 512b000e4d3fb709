import { Check, Minus } from "lucide-react";
import { Checkbox as AriaCheckbox } from "react-aria-components/Checkbox";
import type { CheckboxProps as AriaCheckboxProps } from "react-aria-components/Checkbox";
import type { ReactNode } from "react";
import styles from "./field.module.css";

export interface CheckboxProps extends Omit<AriaCheckboxProps, "children" | "className" | "style"> {
  readonly children?: ReactNode;
}

/** Yes or no, or a mixture of both for a group. Without children it needs an `aria-label`. */
export function Checkbox({ children, ...rest }: CheckboxProps) {
  return (
    <AriaCheckbox {...rest} className={styles.toggle ?? ""}>
      {({ isSelected, isIndeterminate }) => (
        <>
          <span className={styles.box}>
            {isIndeterminate ? (
              <Minus size={12} aria-hidden />
            ) : (
              isSelected && <Check size={12} aria-hidden />
            )}
          </span>
          {children}
        </>
      )}
    </AriaCheckbox>
  );
}
