import type { ChannelId } from "../../../shared/base/ids.ts";
import type { Bookmark, EvidenceLock, RecordingSpan } from "../../../shared/model/recording.ts";
import type { EventLanes, EventSign } from "./event-signs.ts";
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
  /** What happened on each lane, oldest first. */
  readonly events: EventLanes;
  readonly bookmarks: readonly Bookmark[];
  readonly locks: readonly EvidenceLock[];
  readonly marks: Marks;
  readonly playheadAt: number;
  readonly now: number;
  /** Where the pointer is; null: not on the ruler. */
  readonly hoverAt: number | null;
  /** How far the lanes are scrolled up under the marks, pixels. */
  readonly scrollTop: number;
}

/** The ruler's measures in CSS pixels. */
export interface TimelineSize {
  readonly width: number;
  readonly rulerHeight: number;
  readonly laneHeight: number;
  /** What is seen at once. */
  readonly height: number;
}

/** Lanes get lower when there are many, so that sixteen fit without scrolling; more than `mostHeight` scrolls. */
export function timelineSize(
  width: number,
  lanes: number,
  mostHeight = Number.POSITIVE_INFINITY,
): TimelineSize {
  const laneHeight = lanes <= 8 ? 20 : 15;
  const rulerHeight = 24;
  const fullHeight = rulerHeight + Math.max(1, lanes) * laneHeight + 4;
  return { width, rulerHeight, laneHeight, height: Math.min(mostHeight, fullHeight) };
}

/** How far below the upper edge a lane begins; under the marks, or below the lower edge: it is not seen. */
export function laneTop(scene: Pick<TimelineScene, "scrollTop">, size: TimelineSize, index: number): number {
  return size.rulerHeight + index * size.laneHeight - scene.scrollTop;
}

/** What lies under a point of the ruler. */
export interface TimelineHit {
  readonly at: number;
  readonly part: "ruler" | "lane";
  readonly channelId: ChannelId | null;
  readonly span: RecordingSpan | null;
  readonly bookmark: Bookmark | null;
  readonly lock: EvidenceLock | null;
  readonly event: EventSign | null;
}

const nearPx = 5;

/** Finds what lies under a point, in CSS pixels from the upper left corner. */
export function hitTest(scene: TimelineScene, size: TimelineSize, x: number, y: number): TimelineHit {
  const at = timeAt(scene.view, x, size.width);
  const lane =
    y < size.rulerHeight
      ? undefined
      : scene.lanes[Math.floor((y - size.rulerHeight + scene.scrollTop) / size.laneHeight)];
  if (lane === undefined) {
    return { at, part: "ruler", channelId: null, span: null, bookmark: null, lock: null, event: null };
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
    event:
      scene.events
        .get(channelId)
        ?.find(
          ({ from, to }) =>
            xOf(scene.view, from, size.width) - nearPx <= x && xOf(scene.view, to, size.width) + nearPx >= x,
        ) ?? null,
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

/** Where something is drawn, pixels. */
export interface TimelineBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a stretch lies on a lane, cut to the screen, at least a pixel wide; undefined: not on the screen. */
export function boxOf(
  scene: TimelineScene,
  size: TimelineSize,
  { from, to }: { readonly from: number; readonly to: number },
  index: number,
): TimelineBox | undefined {
  const left = Math.max(0, xOf(scene.view, from, size.width));
  const right = Math.min(size.width, xOf(scene.view, to, size.width));
  const top = laneTop(scene, size, index);
  const isSeen = top + size.laneHeight > size.rulerHeight && top < size.height;
  if (!isSeen || right < 0 || left > size.width || right < left) return undefined;
  const margin = size.laneHeight > 16 ? 4 : 3;
  return {
    x: left,
    y: top + margin,
    width: Math.max(1, right - left),
    height: size.laneHeight - 2 * margin,
  };
}
