import { Search, X } from "lucide-react";
import { Button } from "react-aria-components/Button";
import { Input, SearchField as AriaSearchField } from "react-aria-components/SearchField";
import type { SearchFieldProps as AriaSearchFieldProps } from "react-aria-components/SearchField";
import { useSay } from "../messages/messages-context.tsx";
import { classNames } from "./class-names.ts";
import styles from "./field.module.css";

export interface SearchFieldProps extends Omit<AriaSearchFieldProps, "children" | "className" | "style"> {
  readonly label: string;
  readonly placeholder?: string;
}

/** A filter field; `Esc` empties it. */
export function SearchField({ label, placeholder, ...rest }: SearchFieldProps) {
  const say = useSay();
  return (
    <AriaSearchField {...rest} aria-label={label} className={classNames(styles.field, styles.search)}>
      <Search size={14} className={styles.lens} aria-hidden />
      <Input className={styles.input ?? ""} placeholder={placeholder ?? label} />
      <Button className={styles.clear ?? ""} aria-label={say("design.clear")}>
        <X size={14} aria-hidden />
      </Button>
    </AriaSearchField>
  );
}
