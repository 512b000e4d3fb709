import type { Say } from "./messages.ts";

/** Site time zone for display; empty in the settings means the computer's own. */
export function zoneOf(timeZone: string): string {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (timeZone === "") return own;
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return own;
    throw error;
  }
}

const clockParts = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
const dayParts = { year: "numeric", month: "2-digit", day: "2-digit" } as const;

/** `22:06:41` in `timeZone`. */
export function clockTime(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { ...clockParts, timeZone }).format(at);
}

/** `2026-11-21 22:06:41` in `timeZone`. */
export function dateTime(at: number, timeZone: string): string {
  const day = new Intl.DateTimeFormat("sv-SE", { ...dayParts, timeZone }).format(at);
  return `${day} ${clockTime(at, timeZone)}`;
}

/** `UTC+01:00` as it stands at `at`. */
export function offsetName(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" }).formatToParts(at);
  const name = parts.find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  return name === "GMT" ? "UTC" : name.replace("GMT", "UTC");
}

/** A length of time with its units, two at most: `0.4 s`, `12 s`, `4 min 26 s`, `1 h 12 min`, `3 days 2 h`. */
export function duration(say: Say, durationMs: number): string {
  const ms = Math.max(0, durationMs);
  if (ms < 10_000) return say("duration.seconds", { value: (ms / 1000).toFixed(1) });
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return say("duration.seconds", { value: seconds });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return say("duration.minutes", { minutes, seconds: seconds % 60 });
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return say("duration.hours", { hours, minutes: minutes % 60 });
  return say("duration.days", { days: Math.floor(hours / 24), hours: hours % 24 });
}

/** A share of a whole, 0 to 1: `0.4 %`, `12 %`. */
export const percent = (say: Say, share: number): string => {
  const value = share * 100;
  return say("share.percent", { value: value > 0 && value < 10 ? value.toFixed(1) : Math.round(value) });
};

/** Relative under an hour, absolute after. */
export function moment(say: Say, at: number, now: number, timeZone: string): string {
  const age = now - at;
  if (age >= 0 && age < 1_000) return say("time.now");
  if (age >= 0 && age < 3_600_000) return say("time.ago", { duration: duration(say, age) });
  return dateTime(at, timeZone);
}

/** One time in lines: by the site's clock, in UTC, and by the clock of the device it happened at, where that is known. */
export function momentInFull(
  say: Say,
  at: number,
  clocks: { readonly zone: string; readonly clockOffsetMs?: number | null },
): string {
  const { zone, clockOffsetMs = null } = clocks;
  const lines = [`${dateTime(at, zone)} ${zone}`, say("time.utc", { time: dateTime(at, "UTC") })];
  if (clockOffsetMs !== null) {
    const time = dateTime(at + clockOffsetMs, zone);
    lines.push(say("time.device", { time, offset: clockOffset(say, clockOffsetMs) }));
  }
  return lines.join("\n");
}

/** A clock's offset with its sign: `+0.1 s`, `−41.0 s`; null reads as a dash. */
export function clockOffset(say: Say, offsetMs: number | null): string {
  if (offsetMs === null) return "–";
  const size = Math.abs(offsetMs);
  // What reads as nothing has no direction: never `−0.0 s`.
  const sign = offsetMs < 0 && size >= 50 ? "−" : "+";
  if (size < 100_000) return `${sign}${say("duration.seconds", { value: (size / 1000).toFixed(1) })}`;
  return `${sign}${duration(say, size)}`;
}

/** `640×360` as people say it: the height when it is a usual one, else both. */
export function resolution(width: number, height: number): string {
  if (width === 3840 && height === 2160) return "4K";
  const usual = new Set([2160, 1440, 1080, 720, 480, 360, 240]);
  return usual.has(height) ? `${height}p` : `${width}×${height}`;
}
