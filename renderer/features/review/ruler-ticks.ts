import { offsetName } from "../../messages/format.ts";
import type { SiteZone, WallTime } from "./site-zone.ts";
import { spanOf, type TimeView } from "./time-view.ts";

/** One mark of a ruler. `major`: written on; a day's, month's or year's beginning on a finer ruler stands out. */
export interface Tick {
  readonly at: number;
  readonly label: string;
  readonly weight: "plain" | "strong";
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

type Step =
  | { readonly kind: "even"; readonly ms: number }
  | { readonly kind: "hours"; readonly ms: number; readonly hours: number }
  | { readonly kind: "days"; readonly ms: number; readonly days: number }
  | { readonly kind: "months"; readonly ms: number; readonly months: number };

const steps: readonly Step[] = [
  ...[1, 2, 5, 10, 15, 30].map((value): Step => ({ kind: "even", ms: value * second })),
  ...[1, 2, 5, 10, 15, 30].map((value): Step => ({ kind: "even", ms: value * minute })),
  ...[1, 2, 3, 6, 12].map((value): Step => ({ kind: "hours", ms: value * hour, hours: value })),
  ...[1, 2, 7].map((value): Step => ({ kind: "days", ms: value * day, days: value })),
  ...[1, 3, 6, 12].map((value): Step => ({ kind: "months", ms: value * 30 * day, months: value })),
];

/**
 * The marks of a ruler `width` pixels wide, at least `leastGap` pixels apart, in the site's wall time.
 *
 * A day of 23 hours has no mark for the hour that is skipped; of an hour that comes twice both are marked and
 * named with their offset to UTC.
 */
export function rulerTicks(view: TimeView, width: number, zone: SiteZone, leastGap = 90): readonly Tick[] {
  const leastMs = (spanOf(view) / Math.max(1, width)) * leastGap;
  const step = steps.find(({ ms }) => ms >= leastMs) ?? steps.at(-1);
  if (step === undefined) return [];
  return instantsOf(step, view, zone)
    .filter((at) => at >= view.startAt && at <= view.endAt)
    .map((at) => tickOf(at, step, zone));
}

function instantsOf(step: Step, view: TimeView, zone: SiteZone): readonly number[] {
  switch (step.kind) {
    case "even":
      return evenInstants(view, step.ms, zone);
    case "hours":
      return evenInstants(view, hour, zone).filter((at) => zone.wallTime(at).hour % step.hours === 0);
    case "days":
      return dayInstants(view, step.days, zone);
    case "months":
      return monthInstants(view, step.months, zone);
  }
}

/** Steps of at most an hour: even in time, aligned to the wall clock, anew after each change of offset. */
function evenInstants(view: TimeView, stepMs: number, zone: SiteZone): readonly number[] {
  const found: number[] = [];
  let at = alignedBefore(view.startAt, stepMs, zone);
  while (at <= view.endAt) {
    found.push(at);
    const next = at + stepMs;
    at = zone.offsetMs(next) === zone.offsetMs(at) ? next : Math.max(at + 1, alignedAfter(at, stepMs, zone));
  }
  return found;
}

function alignedBefore(at: number, stepMs: number, zone: SiteZone): number {
  const offset = zone.offsetMs(at);
  return Math.floor((at + offset) / stepMs) * stepMs - offset;
}

/** The next mark over a change of offset; within an hour of it by quarter hours, which every change falls on. */
function alignedAfter(at: number, stepMs: number, zone: SiteZone): number {
  const fine = Math.min(stepMs, 15 * minute);
  for (let next = at + fine; next <= at + 2 * stepMs; next += fine) {
    if ((next + zone.offsetMs(next)) % stepMs === 0) return next;
  }
  return at + stepMs;
}

function dayInstants(view: TimeView, days: number, zone: SiteZone): readonly number[] {
  const first = zone.wallTime(view.startAt);
  // Counted from 1970-01-05, a Monday, so that weeks begin where people expect them.
  const count = Math.floor(Date.UTC(first.year, first.month - 1, first.day) / day) - 4;
  let index = Math.floor(count / days) * days + 4;
  const found: number[] = [];
  for (;;) {
    const date = new Date(index * day);
    const at = zone.instantOf({
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
    });
    if (at > view.endAt) return found;
    found.push(at);
    index += days;
  }
}

function monthInstants(view: TimeView, months: number, zone: SiteZone): readonly number[] {
  const first = zone.wallTime(view.startAt);
  let index = Math.floor((first.year * 12 + first.month - 1) / months) * months;
  const found: number[] = [];
  for (;;) {
    const at = zone.instantOf({ year: Math.floor(index / 12), month: (index % 12) + 1 });
    if (at > view.endAt) return found;
    found.push(at);
    index += months;
  }
}

const monthFormat = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", month: "short" });
const weekdayFormat = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "short" });
const two = (value: number): string => String(value).padStart(2, "0");

function tickOf(at: number, step: Step, zone: SiteZone): Tick {
  const wall = zone.wallTime(at);
  const isMidnight = wall.hour === 0 && wall.minute === 0 && wall.second === 0;
  if (step.kind === "months") {
    const isYear = wall.month === 1;
    return {
      at,
      label: isYear ? String(wall.year) : monthFormat.format(Date.UTC(wall.year, wall.month - 1)),
      weight: isYear ? "strong" : "plain",
    };
  }
  if (step.kind === "days" || isMidnight) {
    const isStrong = step.kind !== "days" || wall.day === 1;
    return { at, label: dayLabel(wall), weight: isStrong ? "strong" : "plain" };
  }
  const clock = `${two(wall.hour)}:${two(wall.minute)}${step.ms < minute ? `:${two(wall.second)}` : ""}`;
  const label = zone.isRepeated(at) ? `${clock} ${offsetName(at, zone.name)}` : clock;
  return { at, label, weight: "plain" };
}

/** `Sat 21 Nov`. */
export function dayLabel(wall: WallTime): string {
  const date = Date.UTC(wall.year, wall.month - 1, wall.day);
  return `${weekdayFormat.format(date)} ${wall.day} ${monthFormat.format(date)}`;
}
