import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { ChannelId, PlaybackId } from "../base/ids.ts";
import { EventMark } from "../model/event.ts";
import { RecordingSpan, RecordingStatus } from "../model/recording.ts";
import { RecordingRule } from "../model/recording-rule.ts";
import { StreamRole } from "../model/stream.ts";

const instant = z.int().min(0).max(8_640_000_000_000_000);
const upTo = (most: number) => z.array(ChannelId).min(1).max(most);
const isForward = ({ from, to }: { readonly from: number; readonly to: number }): boolean => from <= to;
const forward = { error: "`to` lies before `from`" };

/** A screen of the ruler is never asked for more steps than this. */
export const maxTimelineSteps = 4_096;
/** One playback covers at most this much; the page opens the next one when it comes near the end. */
export const maxPlaybackMs = 6 * 3_600_000;

/** One channel's lane on the ruler. */
export const TimelineLane = z.strictObject({ channelId: ChannelId, spans: z.array(RecordingSpan) });
export type TimelineLane = z.infer<typeof TimelineLane>;

/** What the review steps through on the ruler. */
export const TimelineSign = z.enum(["gap", "bookmark", "lock", "event"]);
export type TimelineSign = z.infer<typeof TimelineSign>;

/** What there is of one day, all asked channels together. */
export const CalendarDay = z.strictObject({
  from: instant,
  to: instant,
  /** Recorded time, summed over the channels, to the minute. */
  recordedMs: z.number().min(0),
  /** Gaps that began on this day and that nobody wanted. */
  gaps: z.int().min(0),
  events: z.int().min(0),
  bookmarks: z.int().min(0),
  locks: z.int().min(0),
});
export type CalendarDay = z.infer<typeof CalendarDay>;

/** One channel of a playback. Nothing recorded in the span: `from` and `to` are null, there is nothing to get. */
export const PlaybackTrack = z.strictObject({
  channelId: ChannelId,
  role: StreamRole,
  /** First and last instant that can be shown. */
  from: instant.nullable(),
  to: instant.nullable(),
});
export type PlaybackTrack = z.infer<typeof PlaybackTrack>;

export const Playback = z.strictObject({ id: PlaybackId, tracks: z.array(PlaybackTrack).max(16) });
export type Playback = z.infer<typeof Playback>;

/** The clocks behind a recorded picture: the camera's own time of it is `at + deviceMs`. */
export const RecordedClock = z.strictObject({
  /** By how much it arrived later than it was captured. */
  delayMs: z.int(),
  /** The camera's own clock less the time under which the picture is kept; null: the camera told no time. */
  deviceMs: z.int().nullable(),
  /** The measured offset of the camera's clock that was taken out; null: none had been measured. */
  ledgerMs: z.int().nullable(),
});
export type RecordedClock = z.infer<typeof RecordedClock>;

export const recording = {
  status: oc.output(RecordingStatus),
  /** The whole status, at most once a second, after it changed. */
  changed: oc.output(eventIterator(RecordingStatus)),
  /** A channel's own rule; null: the site's settings `recording…` hold. */
  rule: oc.input(z.strictObject({ channelId: ChannelId })).output(RecordingRule.nullable()),
  /** `rule: null` gives the channel back to the site's settings. */
  setRule: oc
    .errors({ NOT_FOUND: {} })
    .input(z.strictObject({ channelId: ChannelId, rule: RecordingRule.nullable() }))
    .output(z.null()),
  /** Records for so long from now on, whatever the rules say; again: moves the end. */
  recordNow: oc
    .input(z.strictObject({ channels: upTo(64), minutes: z.int().min(1).max(1_440) }))
    .output(z.null()),
  stopRecordNow: oc.input(z.strictObject({ channels: upTo(64) })).output(z.null()),
  /** By which clocks a channel was recorded at that instant; null: that is not known. */
  clock: oc.input(z.strictObject({ channelId: ChannelId, at: instant })).output(RecordedClock.nullable()),
  /**
   * Lanes for a screen of the ruler, one a channel in the order asked. Recorded stretches that are nearer than
   * `resolutionMs` come as one span with `isBroken`; gaps shorter than it are left out. At most two spans a step,
   * `to - from` at most `maxTimelineSteps` steps.
   */
  timeline: oc
    .input(
      z
        .strictObject({ channels: upTo(64), from: instant, to: instant, resolutionMs: z.int().min(1) })
        .refine(isForward, forward)
        .refine(({ from, to, resolutionMs }) => (to - from) / resolutionMs <= maxTimelineSteps, {
          error: "too fine for so long a time",
        }),
    )
    .output(z.array(TimelineLane)),
  /**
   * What happened on the channels: single events while there are at most `limit` on a channel, else how many of each
   * type in each minute, hour or several hours.
   */
  signs: oc
    .input(
      z
        .strictObject({ channels: upTo(64), from: instant, to: instant, limit: z.int().min(1).max(1_000) })
        .refine(isForward, forward),
    )
    .output(z.array(EventMark)),
  /** What each day holds: day `i` goes from `bounds[i]` to `bounds[i + 1]`, so that the page decides on time zones. */
  calendar: oc
    .input(z.strictObject({ channels: upTo(64), bounds: z.array(instant).min(2).max(64) }))
    .output(z.array(CalendarDay)),
  /**
   * Where the nearest of a kind begins, strictly after (`1`) or before (`-1`) an instant, on any of the channels;
   * null: there is none. A gap is one of at least a second that nobody wanted.
   */
  neighbour: oc
    .input(
      z.strictObject({
        channels: upTo(64),
        at: instant,
        direction: z.union([z.literal(1), z.literal(-1)]),
        kind: TimelineSign,
      }),
    )
    .output(z.strictObject({ at: instant.nullable() })),
  /**
   * Allows this window to play a span, at most `maxPlaybackMs` long. Then the window sends `open-playback` over
   * its media port, one subscription a channel, and gets `index.m3u8` there. What is recorded after this call is
   * not in it: open again near its end. After the media process restarted it is gone (`get` answers 404).
   */
  open: oc
    .errors({ UNAVAILABLE: { data: z.strictObject({ detail: z.string() }) } })
    .input(
      z
        .strictObject({ channels: upTo(16), role: StreamRole, from: instant, to: instant })
        .refine(isForward, forward)
        .refine(({ from, to }) => to - from <= maxPlaybackMs, { error: "longer than a playback may be" }),
    )
    .output(Playback),
  close: oc.input(z.strictObject({ id: PlaybackId })).output(z.null()),
};
