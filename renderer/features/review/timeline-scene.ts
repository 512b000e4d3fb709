import type { ChannelId } from "../../../shared/base/ids.ts";
import type { Bookmark, EvidenceLock, RecordingSpan } from "../../../shared/model/recording.ts";
import type { Marks } from "./review-store.ts";
import type { Tick } from "./ruler-ticks.ts";
import { timeAt, xOf, type TimeView } from "./time-view.ts";

/** One channel's line on the ruler. */
export interface Lane {
  readonly channelId: ChannelId;
  readonly spans: readonly RecordingSpan[];
}

/** Everything a drawing of the ruler shows, in instants; the drawing turns them into pixels. */
export interface TimelineScene {
  readonly view: TimeView;
  readonly ticks: readonly Tick[];
  readonly lanes: readonly Lane[];
  readonly selectedId: ChannelId | null;
  readonly bookmarks: readonly Bookmark[];
  readonly locks: readonly EvidenceLock[];
  readonly marks: Marks;
  readonly playheadAt: number;
  readonly now: number;
  /** Where the pointer is; null: not on the ruler. */
  readonly hoverAt: number | null;
}

/** The ruler's measures in CSS pixels. */
export interface TimelineSize {
  readonly width: number;
  readonly rulerHeight: number;
  readonly laneHeight: number;
  readonly height: number;
}

/** Lanes get lower when there are many, so that sixteen fit without scrolling. */
export function timelineSize(width: number, lanes: number): TimelineSize {
  const laneHeight = lanes <= 8 ? 20 : 15;
  const rulerHeight = 24;
  return { width, rulerHeight, laneHeight, height: rulerHeight + Math.max(1, lanes) * laneHeight + 4 };
}

/** What lies under a point of the ruler. */
export interface TimelineHit {
  readonly at: number;
  readonly part: "ruler" | "lane";
  readonly channelId: ChannelId | null;
  readonly span: RecordingSpan | null;
  readonly bookmark: Bookmark | null;
  readonly lock: EvidenceLock | null;
}

const nearPx = 5;

/** Finds what lies under a point, in CSS pixels from the upper left corner. */
export function hitTest(scene: TimelineScene, size: TimelineSize, x: number, y: number): TimelineHit {
  const at = timeAt(scene.view, x, size.width);
  const lane =
    y < size.rulerHeight ? undefined : scene.lanes[Math.floor((y - size.rulerHeight) / size.laneHeight)];
  if (lane === undefined) {
    return { at, part: "ruler", channelId: null, span: null, bookmark: null, lock: null };
  }
  const { channelId } = lane;
  const isOn = (entry: {
    readonly from: number;
    readonly to: number;
    readonly channels: readonly ChannelId[];
  }) =>
    entry.channels.includes(channelId) &&
    xOf(scene.view, entry.from, size.width) - nearPx <= x &&
    xOf(scene.view, entry.to, size.width) + nearPx >= x;
  return {
    at,
    part: "lane",
    channelId,
    span: spanAt(lane.spans, at),
    bookmark: nearest(scene.bookmarks.filter(isOn), at),
    lock: scene.locks.find(isOn) ?? null,
  };
}

/** The span of a lane that holds an instant. */
export function spanAt(spans: readonly RecordingSpan[], at: number): RecordingSpan | null {
  return spans.find(({ from, to }) => from <= at && at < to) ?? null;
}

/** Of several bookmarks the shortest: a long one can be met elsewhere. */
function nearest(bookmarks: readonly Bookmark[], at: number): Bookmark | null {
  const byLength = bookmarks.toSorted(
    (a, b) => a.to - a.from - (b.to - b.from) || Math.abs(a.from - at) - Math.abs(b.from - at),
  );
  return byLength[0] ?? null;
}
