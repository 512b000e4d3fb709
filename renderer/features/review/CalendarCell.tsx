import { duration } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import type { Say } from "../../messages/messages.ts";
import type { CalendarDay } from "../../../shared/contract/recording.ts";
import styles from "./calendar.module.css";

export interface CalendarCellProps {
  readonly day: number;
  /** What the day holds; undefined: not read yet. */
  readonly held: CalendarDay | undefined;
  /** On how many cameras. */
  readonly channels: number;
  readonly isFocused: boolean;
  readonly onPress: () => void;
}

const kinds = ["gaps", "events", "bookmarks", "locks"] as const;

/** One day: its number, how much of it is recorded as a bar, and a dot each for gaps, events, bookmarks and locks. */
export function CalendarCell({ day, held, channels, isFocused, onPress }: CalendarCellProps) {
  const say = useSay();
  const possibleMs = held === undefined ? 0 : (held.to - held.from) * Math.max(1, channels);
  const share = possibleMs === 0 ? 0 : Math.min(1, (held?.recordedMs ?? 0) / possibleMs);
  const words = held === undefined ? "" : heldWords(held, say);
  return (
    <div role="gridcell" aria-selected={isFocused}>
      <button
        type="button"
        className={styles.day}
        tabIndex={isFocused ? 0 : -1}
        aria-label={words === "" ? String(day) : `${day}: ${words}`}
        title={words}
        onClick={onPress}
      >
        <span>{day}</span>
        <span className={styles.dots}>
          {kinds.map((kind) => (held?.[kind] ?? 0) > 0 && <i key={kind} data-kind={kind} />)}
        </span>
        <span className={styles.bar}>
          {/* The least that is recorded can be seen. */}
          {share > 0 && <i style={{ width: `${Math.max(8, share * 100)}%` }} />}
        </span>
      </button>
    </div>
  );
}

function heldWords(held: CalendarDay, say: Say): string {
  const recorded =
    held.recordedMs === 0
      ? say("calendar.nothing")
      : say("calendar.recorded", { duration: duration(say, held.recordedMs) });
  const counted = kinds.flatMap((kind) =>
    held[kind] === 0 ? [] : [say(`calendar.${kind}`, { count: held[kind] })],
  );
  return [recorded, ...counted].join(", ");
}
