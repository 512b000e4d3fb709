import { useRef, useState, type KeyboardEvent } from "react";
import { hoursOfSchedule, scheduleOfHours, type WeekSchedule } from "../../shared/model/recording-rule.ts";
import { useSay } from "../messages/messages-context.tsx";
import styles from "./recording-rule.module.css";

type HourMode = "continuous" | "event" | null;

export interface WeekGridProps {
  readonly schedule: WeekSchedule;
  readonly onChange: (schedule: WeekSchedule) => void;
}

const days = [0, 1, 2, 3, 4, 5, 6] as const;
const hours = Array.from({ length: 24 }, (_, hour) => hour);
const clock = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;
/** What a press makes of an hour. */
const nextMode = (mode: HourMode): HourMode =>
  mode === null ? "event" : mode === "event" ? "continuous" : null;
const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -24, ArrowDown: 24 };

/**
 * A week by hours: a press goes from nothing to events to always, dragging paints the same over other hours. By
 * keyboard the arrows move, Space presses, and with Shift the arrows paint.
 */
export function WeekGrid({ schedule, onChange }: WeekGridProps) {
  const say = useSay();
  const stored = hoursOfSchedule(schedule);
  const [draft, setDraft] = useState<readonly HourMode[] | null>(null);
  const [at, setAt] = useState(0);
  const brush = useRef<HourMode>(null);
  const grid = useRef<HTMLDivElement>(null);
  const shown = draft ?? stored;
  const paint = (index: number): readonly HourMode[] => {
    const painted = shown.map((mode, other) => (other === index ? brush.current : mode));
    setDraft(painted);
    return painted;
  };
  const keep = (painted: readonly HourMode[] | null): void => {
    setDraft(null);
    if (painted !== null) onChange(scheduleOfHours(painted));
  };
  const keys = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (event.key === " " || event.key === "Enter") {
      brush.current = nextMode(shown[at] ?? null);
      keep(paint(at));
    } else if (step !== undefined && shown[at + step] !== undefined) {
      brush.current = shown[at] ?? null;
      if (event.shiftKey) keep(paint(at + step));
      setAt(at + step);
      grid.current?.querySelector<HTMLElement>(`[data-hour="${at + step}"]`)?.focus();
    } else return;
    event.preventDefault();
  };
  return (
    <div className={styles.week}>
      <span className={styles.title}>{say("rule.week")}</span>
      <div
        ref={grid}
        role="grid"
        tabIndex={-1}
        aria-label={say("rule.week")}
        className={styles.grid}
        onKeyDown={keys}
        onPointerUp={() => keep(draft)}
        onPointerLeave={() => keep(draft)}
      >
        {days.map((day) => (
          <div key={day} role="row" className={styles.day}>
            <span role="rowheader" className={styles.dayName}>
              {say(`rule.day.${day}`)}
            </span>
            {hours.map((hour) => {
              const index = day * 24 + hour;
              const mode = shown[index] ?? null;
              const words = say(`rule.hour.${mode ?? "none"}`);
              return (
                <span
                  key={hour}
                  role="gridcell"
                  tabIndex={index === at ? 0 : -1}
                  data-hour={index}
                  data-mode={mode ?? "none"}
                  className={styles.hour}
                  aria-label={say("rule.hour", {
                    day: say(`rule.day.${day}`),
                    from: clock(hour),
                    mode: words,
                  })}
                  title={`${clock(hour)} ${words}`}
                  onFocus={() => setAt(index)}
                  onPointerDown={(event) => {
                    event.currentTarget.focus();
                    brush.current = nextMode(mode);
                    paint(index);
                  }}
                  onPointerEnter={(event) => {
                    if (event.buttons === 1 && draft !== null) paint(index);
                  }}
                />
              );
            })}
          </div>
        ))}
      </div>
      <div className={styles.scale} aria-hidden>
        {[0, 6, 12, 18, 24].map((hour) => (
          <span key={hour}>{clock(hour)}</span>
        ))}
      </div>
      <p className={styles.legend}>
        {(["continuous", "event", "none"] as const).map((mode) => (
          <span key={mode}>
            <i data-mode={mode} className={styles.swatch} />
            {say(`rule.hour.${mode}`)}
          </span>
        ))}
      </p>
      <p className={styles.hint}>{say("rule.weekHint")}</p>
    </div>
  );
}
