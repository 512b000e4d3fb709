import type { SiteZone } from "./site-zone.ts";

/** What a person typed is no time. */
export class MomentError extends Error {
  override readonly name = "MomentError";
}

const units: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * Reads a time as people type it, by the site's clock: `22:06`, `22:06:41.3` (the last time it was that time),
 * `2026-11-21`, `2026-11-21 22:06:41`, `21.11.2026 22:06`, `-5 min`, `+30 s`, `now`.
 *
 * @param at where relative times count from
 * @returns ms UTC
 * @throws MomentError when it is none of these, or there is no such day or hour
 */
export function parseMoment(
  text: string,
  { zone, at, now }: { readonly zone: SiteZone; readonly at: number; readonly now: number },
): number {
  const trimmed = text.trim().toLowerCase().slice(0, 64);
  if (trimmed === "now") return now;
  const relative = /^([+−-])\s*(\d{1,6})\s*(s|min|m|h|d)$/.exec(trimmed);
  if (relative !== null) {
    const [, sign = "+", count = "0", unit = "s"] = relative;
    return at + (sign === "+" ? 1 : -1) * Number(count) * (units[unit] ?? 0);
  }
  const absolute =
    /^(?:(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.(\d{1,2})\.(\d{4}))(?:[t ]+|$))?(?:(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3}))?)?)?$/.exec(
      trimmed,
    );
  if (trimmed === "" || absolute === null) throw new MomentError(`not a time: ${trimmed}`);
  const [, y1, mo1, d1, d2, mo2, y2, hour = "0", minute = "0", second = "0", fraction = "0"] = absolute;
  const clock = { hour: Number(hour), minute: Number(minute), second: Number(second) };
  if (clock.hour > 23 || clock.minute > 59 || clock.second > 59) throw new MomentError("no such time of day");
  const ms = Math.round(Number(`0.${fraction}`) * 1_000);
  const year = y1 ?? y2;
  if (year === undefined) return lastTime(clock, ms, zone, now);
  const date = { year: Number(year), month: Number(mo1 ?? mo2), day: Number(d1 ?? d2) };
  const found = new Date(Date.UTC(date.year, date.month - 1, date.day));
  const isReal = found.getUTCMonth() === date.month - 1 && found.getUTCDate() === date.day;
  if (!isReal || date.year < 2000 || date.year > 2099) throw new MomentError("no such day");
  return zone.instantOf({ ...date, ...clock }) + ms;
}

/** The last time the wall clock showed this: today, or yesterday when it is still to come. */
function lastTime(
  clock: { readonly hour: number; readonly minute: number; readonly second: number },
  ms: number,
  zone: SiteZone,
  now: number,
): number {
  const today = zone.wallTime(now);
  const at = zone.instantOf({ ...today, ...clock }) + ms;
  if (at <= now) return at;
  const before = new Date(Date.UTC(today.year, today.month - 1, today.day - 1));
  const yesterday = {
    year: before.getUTCFullYear(),
    month: before.getUTCMonth() + 1,
    day: before.getUTCDate(),
  };
  return zone.instantOf({ ...yesterday, ...clock }) + ms;
}
