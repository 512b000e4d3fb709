import { ChevronLeft, ChevronRight } from "lucide-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { IconButton } from "../../design/IconButton.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";
import { CalendarCell } from "./CalendarCell.tsx";
import { daysIn, monthAfter, monthBounds, weeksOf, type SiteMonth } from "./month-days.ts";
import { useReviewScope } from "./review-context.tsx";
import { useLaneChannels } from "./use-lane-channels.ts";
import styles from "./calendar.module.css";

export interface MonthCalendarProps {
  /** A day was chosen: from its midnight to the next one by the site's clock, ms UTC. */
  readonly onSelect: (from: number, to: number) => void;
}

interface FocusedDay extends SiteMonth {
  readonly day: number;
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const monthName = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", month: "long", year: "numeric" });
const weekdayName = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "short" });
/** 5 January 1970 was a Monday. */
const weekdays = Array.from({ length: 7 }, (_, index) => weekdayName.format(Date.UTC(1970, 0, 5 + index)));

/** A month and what each of its days holds on the ruler's cameras. Arrows move by days, PageUp and PageDown by months. */
export function MonthCalendar({ onSelect }: MonthCalendarProps) {
  const say = useSay();
  const { queries } = useConsole();
  const { deck, zone } = useReviewScope();
  const channels = useLaneChannels();
  const [focused, setFocused] = useState<FocusedDay>(() => zone.wallTime(deck.at));
  const isMoved = useRef(false);
  const grid = useRef<HTMLDivElement>(null);
  const { year, month } = focused;
  const bounds = useMemo(() => monthBounds({ year, month }, zone), [year, month, zone]);
  const days = useQuery({
    ...queries.recording.calendar.queryOptions({ input: { channels: [...channels], bounds: [...bounds] } }),
    enabled: channels.length > 0,
    placeholderData: keepPreviousData,
  });
  useEffect(() => {
    if (isMoved.current) grid.current?.querySelector<HTMLElement>("button[tabindex='0']")?.focus();
  }, [focused]);
  const moveTo = (next: FocusedDay): void => {
    isMoved.current = true;
    setFocused(next);
  };
  const showMonth = (by: number): void => {
    const next = monthAfter(focused, by);
    isMoved.current = false;
    setFocused({ ...next, day: Math.min(focused.day, daysIn(next)) });
  };
  const press = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step !== undefined) {
      const date = new Date(Date.UTC(year, month - 1, focused.day + step));
      moveTo({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() });
    } else if (event.key === "PageUp" || event.key === "PageDown") {
      const next = monthAfter(focused, event.key === "PageUp" ? -1 : 1);
      moveTo({ ...next, day: Math.min(focused.day, daysIn(next)) });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const name = monthName.format(Date.UTC(year, month - 1));
  return (
    <section className={styles.calendar} aria-label={say("calendar.title")}>
      <header className={styles.head}>
        <IconButton
          size="small"
          label={say("calendar.previous")}
          icon={ChevronLeft}
          onPress={() => showMonth(-1)}
        />
        <b aria-live="polite">{name}</b>
        <IconButton
          size="small"
          label={say("calendar.next")}
          icon={ChevronRight}
          onPress={() => showMonth(1)}
        />
      </header>
      {days.isError && <p role="alert">{say("calendar.failed", { detail: days.error.message })}</p>}
      <div ref={grid} role="grid" aria-label={name} tabIndex={-1} className={styles.grid} onKeyDown={press}>
        <div role="row" className={styles.week}>
          {weekdays.map((weekday) => (
            <span key={weekday} role="columnheader">
              {weekday}
            </span>
          ))}
        </div>
        {weeksOf(focused).map((week) => (
          <div key={week.find((day) => day !== null)} role="row" className={styles.week}>
            {week.map((day, weekday) =>
              day === null ? (
                <span key={weekdays[weekday]} />
              ) : (
                <CalendarCell
                  key={weekdays[weekday]}
                  day={day}
                  held={days.data?.find(({ from }) => from === bounds[day - 1])}
                  channels={channels.length}
                  isFocused={day === focused.day}
                  onPress={() => onSelect(bounds[day - 1] ?? 0, bounds[day] ?? 0)}
                />
              ),
            )}
          </div>
        ))}
      </div>
    </section>
  );
}
