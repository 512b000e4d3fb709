import { spanOf, type TimeView } from "./time-view.ts";

/** About this many steps a screen; more cannot be told apart. */
const stepsPerView = 1_000;

/** What to ask for to draw a view, and half of it on either side so that panning shows no edge. */
export function timelineQuestion(view: TimeView): {
  readonly from: number;
  readonly to: number;
  readonly resolutionMs: number;
} {
  // Steps and bounds snap to powers of two, so that small moves ask the same question again and find it answered.
  const resolutionMs = 2 ** Math.max(6, Math.ceil(Math.log2(spanOf(view) / stepsPerView)));
  const grid = resolutionMs * 512;
  return {
    from: Math.max(0, Math.floor((view.startAt - grid / 2) / grid) * grid),
    to: Math.ceil((view.endAt + grid / 2) / grid) * grid,
    resolutionMs,
  };
}

/** More single events than this on a lane come as counts; the fewer, the more lanes there are to draw. */
export function eventsPerLane(lanes: number): number {
  return Math.round(Math.min(400, Math.max(60, 6_000 / Math.max(1, lanes))));
}
