import type { LucideIcon } from "lucide-react";
import { Button } from "react-aria-components/Button";
import { Tooltip } from "./Tooltip.tsx";
import styles from "./rail.module.css";

export interface RailEntry<Id extends string> {
  readonly id: Id;
  readonly title: string;
  readonly icon: LucideIcon;
  readonly keys?: string | undefined;
  /** `end`: at the foot of the rail. */
  readonly place?: "start" | "end";
}

export interface RailProps<Id extends string> {
  readonly label: string;
  readonly entries: readonly RailEntry<Id>[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
}

/** The slim bar of pages along the left edge. */
export function Rail<Id extends string>({ label, entries, selected, onSelect }: RailProps<Id>) {
  return (
    <nav className={styles.rail} aria-label={label}>
      {entries.map((entry) => (
        <Tooltip key={entry.id} text={entry.title} keys={entry.keys}>
          <Button
            className={styles.entry ?? ""}
            data-place={entry.place ?? "start"}
            data-current={entry.id === selected}
            aria-current={entry.id === selected ? "page" : false}
            onPress={() => onSelect(entry.id)}
          >
            <entry.icon size={20} strokeWidth={1.6} aria-hidden />
            {entry.title}
          </Button>
        </Tooltip>
      ))}
    </nav>
  );
}
