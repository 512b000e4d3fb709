import { useState, type KeyboardEvent } from "react";
import { Input, TextField } from "react-aria-components/TextField";
import styles from "./field.module.css";

export interface InlineEditProps {
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  readonly onSave: (value: string) => void;
  readonly onCancel: () => void;
}

/** A name changed where it stands: Enter or leaving saves, Esc puts it back. */
export function InlineEdit({ label, value, maxLength, onSave, onCancel }: InlineEditProps) {
  const [text, setText] = useState(value);
  const finish = (): void => {
    const trimmed = text.trim();
    if (trimmed === "" || trimmed === value) onCancel();
    else onSave(trimmed);
  };
  const keys = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === "Enter") finish();
    if (event.key === "Escape") onCancel();
  };
  return (
    <TextField aria-label={label} value={text} onChange={setText} maxLength={maxLength} autoFocus>
      <Input
        className={styles.input ?? ""}
        onKeyDown={keys}
        onBlur={finish}
        onFocus={(event) => event.target.select()}
      />
    </TextField>
  );
}
