import { z } from "zod";

/** What the site, or one channel against the site, is to record. */
export const RecordingMode = z.enum(["continuous", "event", "schedule", "off"]);
export type RecordingMode = z.infer<typeof RecordingMode>;

/** Which streams of a channel are recorded; `sub` and `both` fall back to what the camera has. */
export const RecordedStreams = z.enum(["main", "sub", "both"]);
export type RecordedStreams = z.infer<typeof RecordedStreams>;

/** Events that can begin a recording. */
export const RecordingTrigger = z.enum([
  "motion",
  "line-crossed",
  "intrusion",
  "person",
  "vehicle",
  "tamper",
  "digital-input",
]);
export type RecordingTrigger = z.infer<typeof RecordingTrigger>;

export const minutesPerDay = 1_440;

/**
 * A part of a week in site time: weekday 0 is Monday, minutes since midnight as the clock on the wall shows them.
 * `toMinute` 1440 is midnight; a span over midnight is two.
 */
export const ScheduleSpan = z
  .strictObject({
    day: z.int().min(0).max(6),
    fromMinute: z
      .int()
      .min(0)
      .max(minutesPerDay - 1),
    toMinute: z.int().min(1).max(minutesPerDay),
    mode: z.enum(["continuous", "event"]),
  })
  .refine(({ fromMinute, toMinute }) => fromMinute < toMinute, { error: "a span ends after it begins" });
export type ScheduleSpan = z.infer<typeof ScheduleSpan>;

/** Spans in order of the week that do not overlap; what they leave out is not recorded. */
export const WeekSchedule = z
  .array(ScheduleSpan)
  .max(7 * 48)
  .refine((spans) => spans.every((span, index) => follows(spans[index - 1], span)), {
    error: "spans overlap or are out of order",
  });
export type WeekSchedule = z.infer<typeof WeekSchedule>;

const follows = (before: ScheduleSpan | undefined, span: ScheduleSpan): boolean =>
  before === undefined ||
  before.day < span.day ||
  (before.day === span.day && before.toMinute <= span.fromMinute);

/** How a channel is recorded. */
export const RecordingRule = z.strictObject({
  mode: RecordingMode,
  streams: RecordedStreams,
  /** So much from before an event is recorded too, as far as memory holds it. */
  preRollS: z.int().min(0).max(60),
  /** So long recording goes on after an event has ended. */
  postRollS: z.int().min(1).max(600),
  triggers: z.array(RecordingTrigger).max(RecordingTrigger.options.length),
  schedule: WeekSchedule,
});
export type RecordingRule = z.infer<typeof RecordingRule>;

/** Without another setting: everything, always. The schedule is what the editor begins with: events at all hours. */
export const defaultRecordingRule: RecordingRule = {
  mode: "continuous",
  streams: "main",
  preRollS: 10,
  postRollS: 20,
  triggers: [...RecordingTrigger.options],
  schedule: Array.from({ length: 7 }, (_, day) => ({
    day,
    fromMinute: 0,
    toMinute: minutesPerDay,
    mode: "event" as const,
  })),
};

/** What a schedule says of a minute of the week; null: nothing is recorded then. */
export const scheduledMode = (
  schedule: WeekSchedule,
  { day, minute }: { readonly day: number; readonly minute: number },
): ScheduleSpan["mode"] | null =>
  schedule.find((span) => span.day === day && span.fromMinute <= minute && minute < span.toMinute)?.mode ??
  null;

/** The spans of a week given hour by hour, `hours[day * 24 + hour]`. */
export function scheduleOfHours(hours: readonly (ScheduleSpan["mode"] | null)[]): WeekSchedule {
  const spans: ScheduleSpan[] = [];
  for (const [index, mode] of hours.slice(0, 7 * 24).entries()) {
    if (mode === null) continue;
    const day = Math.floor(index / 24);
    const fromMinute = (index % 24) * 60;
    const before = spans.at(-1);
    if (before?.day === day && before.toMinute === fromMinute && before.mode === mode) {
      spans[spans.length - 1] = { ...before, toMinute: fromMinute + 60 };
    } else spans.push({ day, fromMinute, toMinute: fromMinute + 60, mode });
  }
  return spans;
}

/** What a schedule says at the beginning of each hour of the week: the inverse of `scheduleOfHours`. */
export const hoursOfSchedule = (schedule: WeekSchedule): (ScheduleSpan["mode"] | null)[] =>
  Array.from({ length: 7 * 24 }, (_, index) =>
    scheduledMode(schedule, { day: Math.floor(index / 24), minute: (index % 24) * 60 }),
  );
