import { useDeferredValue, useEffect, useState } from "react";
import { EventType, eventTypes } from "../../../shared/model/event.ts";
import type { Device } from "../../../shared/model/device.ts";
import { SearchField } from "../../design/SearchField.tsx";
import { Select } from "../../design/Select.tsx";
import { SegmentedControl } from "../../design/SegmentedControl.tsx";
import { eventTypeWords } from "../../messages/event-words.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { periods, type EventFilter } from "./events-store.ts";
import styles from "./events.module.css";

export interface EventFiltersProps {
  readonly filter: EventFilter;
  readonly devices: readonly Device[];
  readonly onChange: (filter: EventFilter) => void;
}

/** What of the log is shown: when, where, what, and words. */
export function EventFilters({ filter, devices, onChange }: EventFiltersProps) {
  const say = useSay();
  const [text, setText] = useState(filter.text);
  const calm = useDeferredValue(text);
  useEffect(() => {
    if (calm !== filter.text) onChange({ ...filter, text: calm });
  }, [calm, filter, onChange]);
  const isGone = filter.deviceId !== null && !devices.some(({ id }) => id === filter.deviceId);
  const places = [
    { id: "all", label: say("events.device.all") },
    ...devices.map(({ id, name }) => ({ id: String(id), label: name })),
    // Events and views outlive the devices they are of.
    ...(isGone ? [{ id: String(filter.deviceId), label: say("events.device.gone") }] : []),
  ];
  const types = [
    { id: "all", label: say("events.type.all") },
    ...eventTypes.map((type) => ({ id: String(type), label: eventTypeWords(say, type) })),
  ];
  return (
    <div className={styles.filters}>
      <SegmentedControl
        label={say("events.period")}
        segments={periods.map((id) => ({ id, title: say(`events.period.${id}`) }))}
        selected={filter.period}
        onSelect={(period) => onChange({ ...filter, period })}
      />
      <Select
        label={say("events.device")}
        options={places}
        selected={filter.deviceId ?? "all"}
        onSelect={(id) =>
          onChange({ ...filter, deviceId: devices.find((device) => device.id === id)?.id ?? null })
        }
      />
      <Select
        label={say("events.type")}
        options={types}
        selected={filter.type ?? "all"}
        onSelect={(id) => {
          const type = EventType.safeParse(id);
          onChange({ ...filter, type: type.success ? type.data : null });
        }}
      />
      <SearchField label={say("events.search")} value={text} onChange={setText} />
    </div>
  );
}
