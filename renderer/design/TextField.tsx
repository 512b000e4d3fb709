import type { ReactNode } from "react";
import { FieldError } from "react-aria-components/FieldError";
import { Input, Label, Text, TextField as AriaTextField } from "react-aria-components/TextField";
import type { TextFieldProps as AriaTextFieldProps } from "react-aria-components/TextField";
import { classNames } from "./class-names.ts";
import { PriorityMark } from "./PriorityMark.tsx";
import styles from "./field.module.css";

export interface TextFieldProps extends Omit<AriaTextFieldProps, "children" | "className" | "style"> {
  readonly label: string;
  readonly description?: ReactNode;
  /** What is wrong with the value, in words; marks the field invalid. */
  readonly error?: string | undefined;
  readonly placeholder?: string;
  /** Addresses, ranges and serial numbers are set in the fixed-width face. */
  readonly face?: "text" | "mono";
}

/** One line of text with its label, what it is for, and what is wrong with it. */
export function TextField({
  label,
  description,
  error,
  placeholder,
  face = "text",
  ...rest
}: TextFieldProps) {
  return (
    <AriaTextField
      {...rest}
      validationBehavior="aria"
      isInvalid={error !== undefined}
      className={styles.field ?? ""}
    >
      <Label className={styles.label}>{label}</Label>
      <Input
        className={classNames(styles.input, face === "mono" && styles.mono)}
        placeholder={placeholder ?? ""}
      />
      {description !== undefined && (
        <Text slot="description" className={styles.description}>
          {description}
        </Text>
      )}
      <FieldError className={styles.error ?? ""}>
        <PriorityMark priority={1} /> {error}
      </FieldError>
    </AriaTextField>
  );
}
