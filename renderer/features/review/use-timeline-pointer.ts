import { useEffect, useEffectEvent, useState, type PointerEvent, type RefObject } from "react";
import { useReviewScope } from "./review-context.tsx";
import { spanOf, timeAt } from "./time-view.ts";
import type { TimelineSize } from "./timeline-scene.ts";

type Drag =
  | { readonly kind: "pan"; readonly startX: number; readonly lastX: number; readonly isMoved: boolean }
  | { readonly kind: "scrub" }
  | { readonly kind: "mark"; readonly fromAt: number };

/** Where the pointer is over the ruler, CSS pixels from its corner. */
export interface PointerPlace {
  readonly x: number;
  readonly y: number;
}

const clickPx = 4;
const wheelStep = 1.0015;

/**
 * The ruler under the pointer: a click jumps, dragging a lane moves the ruler, dragging the scale moves the time,
 * Shift and dragging marks a stretch, the wheel zooms where the pointer is and moves with Shift or sideways.
 */
export function useTimelinePointer(canvas: RefObject<HTMLCanvasElement | null>, size: TimelineSize) {
  const { store, deck } = useReviewScope();
  const [drag, setDrag] = useState<Drag>();
  const [hover, setHover] = useState<PointerPlace | null>(null);
  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    const { view, zoom, pan } = store.getState();
    const sideways = event.shiftKey ? event.deltaY : event.deltaX;
    if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
      pan((sideways / Math.max(1, size.width)) * spanOf(view));
    } else zoom(wheelStep ** event.deltaY, timeAt(view, event.offsetX, size.width));
  });
  useEffect(() => {
    const element = canvas.current;
    // React's own wheel listeners are passive: the page would scroll as well.
    element?.addEventListener("wheel", onWheel, { passive: false });
    return () => element?.removeEventListener("wheel", onWheel);
  }, [canvas]);

  const at = (event: PointerEvent): number =>
    timeAt(store.getState().view, event.nativeEvent.offsetX, size.width);
  return {
    hover: drag === undefined ? hover : null,
    onPointerDown: (event: PointerEvent<HTMLCanvasElement>): void => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const { offsetX, offsetY } = event.nativeEvent;
      if (event.shiftKey) setDrag({ kind: "mark", fromAt: at(event) });
      else if (offsetY < size.rulerHeight) {
        deck.seek(at(event));
        setDrag({ kind: "scrub" });
      } else setDrag({ kind: "pan", startX: offsetX, lastX: offsetX, isMoved: false });
    },
    onPointerMove: (event: PointerEvent<HTMLCanvasElement>): void => {
      const { offsetX, offsetY } = event.nativeEvent;
      setHover({ x: offsetX, y: offsetY });
      if (drag?.kind === "scrub") deck.seek(at(event));
      if (drag?.kind === "mark") store.getState().setMarks(drag.fromAt, at(event));
      if (drag?.kind !== "pan") return;
      const isMoved = drag.isMoved || Math.abs(offsetX - drag.startX) > clickPx;
      if (!isMoved) return;
      const { view, pan } = store.getState();
      pan(((drag.lastX - offsetX) / Math.max(1, size.width)) * spanOf(view));
      setDrag({ ...drag, lastX: offsetX, isMoved });
    },
    onPointerUp: (event: PointerEvent<HTMLCanvasElement>): void => {
      if (drag?.kind === "pan" && !drag.isMoved) deck.seek(at(event));
      setDrag(undefined);
    },
    onPointerCancel: (): void => setDrag(undefined),
    onPointerLeave: (): void => setHover(null),
  };
}
