import { Select } from "../../design/Select.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import type { MarkFilter } from "./use-kept-lists.ts";
import styles from "./kept.module.css";

export interface MarkFilterFieldsProps {
  readonly filter: MarkFilter;
  readonly onChange: (change: Pick<MarkFilter, "place" | "time">) => void;
}

/** Which cameras and which time a list of marks is of. */
export function MarkFilterFields({ filter: { place, time }, onChange }: MarkFilterFieldsProps) {
  const say = useSay();
  return (
    <div className={styles.choices}>
      <Select
        label={say("marks.filter.place")}
        options={[
          { id: "shown", label: say("marks.filter.place.shown") },
          { id: "site", label: say("marks.filter.place.site") },
        ]}
        selected={place}
        onSelect={(id) => onChange({ place: id, time })}
      />
      <Select
        label={say("marks.filter.time")}
        options={[
          { id: "ever", label: say("marks.filter.time.ever") },
          { id: "ruler", label: say("marks.filter.time.ruler") },
        ]}
        selected={time}
        onSelect={(id) => onChange({ place, time: id })}
      />
    </div>
  );
}
