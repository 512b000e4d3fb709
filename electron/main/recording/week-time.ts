/** A minute of the week as clocks on the wall show it. */
export interface WeekMinute {
  /** 0 is Monday. */
  readonly day: number;
  readonly minute: number;
}

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/**
 * Tells the minute of the week of an instant in a time zone (IANA name; empty: the computer's own). The hour that
 * summer time repeats is told twice, the one it leaves out never: a schedule holds by what the clock on the wall shows.
 */
export function weekTimeIn(zone: string): (at: number) => WeekMinute {
  const format = new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...(zone === "" ? {} : { timeZone: zone }),
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const hour = Number(parts.get("hour"));
    return {
      day: weekdays.indexOf(parts.get("weekday") ?? ""),
      minute: hour * 60 + Number(parts.get("minute")),
    };
  };
}
