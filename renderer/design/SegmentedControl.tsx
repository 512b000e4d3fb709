import { ToggleButton } from "react-aria-components/ToggleButton";
import { ToggleButtonGroup } from "react-aria-components/ToggleButtonGroup";
import styles from "./tabs.module.css";

export interface Segment<Id extends string> {
  readonly id: Id;
  readonly title: string;
  readonly count?: number;
}

export interface SegmentedControlProps<Id extends string> {
  readonly label: string;
  readonly segments: readonly Segment<Id>[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
}

/** One of a few views or sizes, all visible at once. */
export function SegmentedControl<Id extends string>(props: SegmentedControlProps<Id>) {
  const select = (keys: Iterable<unknown>): void => {
    for (const key of keys) {
      const segment = props.segments.find((candidate) => candidate.id === key);
      if (segment !== undefined) props.onSelect(segment.id);
    }
  };
  return (
    <ToggleButtonGroup
      aria-label={props.label}
      className={styles.segments ?? ""}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[props.selected]}
      onSelectionChange={select}
    >
      {props.segments.map((segment) => (
        <ToggleButton key={segment.id} id={segment.id} className={styles.segment ?? ""}>
          {segment.title}
          {segment.count !== undefined && <span className={styles.count}>{segment.count}</span>}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
