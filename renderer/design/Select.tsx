import { Check, ChevronDown } from "lucide-react";
import { Button } from "react-aria-components/Button";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { Label, Select as AriaSelect, SelectValue } from "react-aria-components/Select";
import { Text } from "react-aria-components/Text";
import styles from "./field.module.css";
import overlay from "./overlay.module.css";

export interface SelectOption<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly hint?: string;
}

export interface SelectProps<Id extends string> {
  readonly label: string;
  readonly options: readonly SelectOption<Id>[];
  readonly selected: Id | null;
  readonly onSelect: (id: Id) => void;
  readonly description?: string;
  readonly placeholder?: string;
  readonly isDisabled?: boolean;
}

/** One of a few. */
export function Select<Id extends string>(props: SelectProps<Id>) {
  const choose = (key: unknown): void => {
    const option = props.options.find((candidate) => candidate.id === key);
    if (option !== undefined) props.onSelect(option.id);
  };
  return (
    <AriaSelect
      className={styles.field ?? ""}
      value={props.selected}
      onChange={choose}
      isDisabled={props.isDisabled ?? false}
      {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
    >
      <Label className={styles.label}>{props.label}</Label>
      <Button className={styles.trigger ?? ""}>
        <SelectValue className={styles.value ?? ""}>
          {({ selectedText, defaultChildren }) => selectedText || defaultChildren}
        </SelectValue>
        <ChevronDown size={14} aria-hidden />
      </Button>
      {props.description !== undefined && (
        <Text slot="description" className={styles.description}>
          {props.description}
        </Text>
      )}
      <Popover className={overlay.popover ?? ""}>
        <ListBox className={overlay.list ?? ""} items={props.options}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className={overlay.item ?? ""}>
              {({ isSelected }) => (
                <>
                  <span className={overlay.check}>{isSelected && <Check size={14} aria-hidden />}</span>
                  <span className={overlay.label}>{option.label}</span>
                  {option.hint !== undefined && <span className={overlay.hint}>{option.hint}</span>}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
