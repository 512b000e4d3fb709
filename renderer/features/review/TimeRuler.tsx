import {
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type MouseEvent,
  type RefObject,
} from "react";
import { ContextMenu, type MenuPoint } from "../../design/ContextMenu.tsx";
import { dateTime } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import type { Bookmark, EvidenceLock } from "../../../shared/model/recording.ts";
import type { EventLanes } from "./event-signs.ts";
import { useReview, useReviewScope } from "./review-context.tsx";
import { RulerHint } from "./RulerHint.tsx";
import { rulerTicks } from "./ruler-ticks.ts";
import { TimelineCanvas } from "./timeline-canvas.ts";
import { timelineSize, type Lane, type TimelineScene, type TimelineSize } from "./timeline-scene.ts";
import { timeAt } from "./time-view.ts";
import type { ReviewDeeds } from "./use-review-deeds.ts";
import { useRulerMenu } from "./use-ruler-menu.ts";
import { useTimelinePointer } from "./use-timeline-pointer.ts";
import styles from "./timeline.module.css";

export interface TimeRulerProps {
  readonly lanes: readonly Lane[];
  readonly bookmarks: readonly Bookmark[];
  readonly locks: readonly EvidenceLock[];
  readonly events: EventLanes;
  /** What is seen of the lanes. */
  readonly extent: { readonly mostHeight: number; readonly scrollTop: number };
  readonly now: number;
  readonly deeds: ReviewDeeds;
}

/** The canvas of the ruler: one lane a camera, drawn anew when the time, the view or what is recorded changes. */
export function TimeRuler({ lanes, bookmarks, locks, events, extent, now, deeds }: TimeRulerProps) {
  const say = useSay();
  const { deck, zone } = useReviewScope();
  const view = useReview((review) => review.view);
  const marks = useReview((review) => review.marks);
  const selectedId = useReview((review) => review.selectedId);
  const hintId = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const width = useWidth(host);
  const { mostHeight, scrollTop } = extent;
  const size = useMemo(
    () => timelineSize(width, lanes.length, mostHeight),
    [width, lanes.length, mostHeight],
  );
  const pointer = useTimelinePointer(canvas, size);
  const ticks = useMemo(() => rulerTicks(view, width, zone), [view, width, zone]);
  const hoverAt = pointer.hover === null ? null : timeAt(view, pointer.hover.x, width);
  const scene = useMemo<Omit<TimelineScene, "playheadAt">>(
    () => ({ view, ticks, lanes, selectedId, bookmarks, locks, events, marks, now, hoverAt, scrollTop }),
    [view, ticks, lanes, selectedId, bookmarks, locks, events, marks, now, hoverAt, scrollTop],
  );
  useDrawing(canvas, scene, size);
  const menu = useRulerMenu(deeds);
  const [menuAt, setMenuAt] = useState<{ readonly point: MenuPoint; readonly at: number } | null>(null);
  const openMenu = (event: MouseEvent<HTMLCanvasElement>): void => {
    event.preventDefault();
    const isKey = event.button !== 2;
    const box = event.currentTarget.getBoundingClientRect();
    const at = isKey ? deck.at : timeAt(view, event.nativeEvent.offsetX, width);
    setMenuAt({
      point: isKey ? { x: box.left + 40, y: box.top } : { x: event.clientX, y: event.clientY },
      at,
    });
  };
  return (
    <div ref={host} className={styles.ruler}>
      <canvas
        ref={canvas}
        role="slider"
        tabIndex={0}
        aria-label={say("review.ruler")}
        aria-describedby={hintId}
        aria-valuemin={view.startAt}
        aria-valuemax={view.endAt}
        aria-valuenow={Math.round(deck.at)}
        aria-valuetext={dateTime(deck.at, zone.name)}
        data-view-start={view.startAt}
        data-view-end={view.endAt}
        className={styles.canvas}
        onPointerDown={pointer.onPointerDown}
        onPointerMove={pointer.onPointerMove}
        onPointerUp={pointer.onPointerUp}
        onPointerCancel={pointer.onPointerCancel}
        onPointerLeave={pointer.onPointerLeave}
        onContextMenu={openMenu}
      />
      <span id={hintId} hidden>
        {say("review.rulerHint")}
      </span>
      {pointer.hover !== null && <RulerHint place={pointer.hover} scene={scene} size={size} />}
      <ContextMenu
        label={say("review.ruler")}
        at={menuAt?.point ?? null}
        entries={menu(menuAt?.at ?? 0)}
        onClose={() => setMenuAt(null)}
      />
    </div>
  );
}

function useDrawing(
  canvas: RefObject<HTMLCanvasElement | null>,
  scene: Omit<TimelineScene, "playheadAt">,
  size: TimelineSize,
): void {
  const { deck, zone } = useReviewScope();
  const drawing = useRef<TimelineCanvas>(undefined);
  const latest = useEffectEvent((made: TimelineCanvas) => made.show(scene, size));
  useEffect(() => {
    if (canvas.current === null) return undefined;
    const made = new TimelineCanvas({ canvas: canvas.current, deck, zoneName: zone.name });
    drawing.current = made;
    made.start();
    latest(made);
    return () => made.stop();
  }, [canvas, deck, zone]);
  useEffect(() => drawing.current?.show(scene, size), [scene, size]);
}

function useWidth(host: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(1_000);
  useLayoutEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const measure = (): void => setWidth(Math.max(100, element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [host]);
  return width;
}
