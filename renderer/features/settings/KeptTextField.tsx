import { useState, type KeyboardEvent } from "react";
import { TextField } from "../../design/TextField.tsx";

export interface KeptTextFieldProps {
  readonly label: string;
  readonly description: string;
  readonly value: string;
  /** What is wrong with a text, in words; undefined: it may be saved. */
  readonly check?: (text: string) => string | undefined;
  readonly face?: "text" | "mono";
  readonly onSave: (text: string) => void;
}

/** A text setting: Enter or leaving the field saves it, Esc puts the old text back. */
export function KeptTextField({ label, description, value, check, face, onSave }: KeptTextFieldProps) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setText(value);
  }
  const error = check?.(text.trim());
  const save = (): void => {
    if (error === undefined && text.trim() !== value) onSave(text.trim());
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key === "Enter") save();
    if (event.key === "Escape") setText(value);
  };
  return (
    <TextField
      label={label}
      description={description}
      value={text}
      onChange={setText}
      onBlur={save}
      onKeyDown={(event) => keys(event)}
      error={error}
      face={face ?? "text"}
    />
  );
}
