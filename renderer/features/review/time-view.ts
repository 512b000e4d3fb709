/** The part of time a ruler shows, ms UTC: from `startAt` at its left edge to `endAt` at its right one. */
export interface TimeView {
  readonly startAt: number;
  readonly endAt: number;
}

const minuteMs = 60_000;
const yearMs = 366 * 86_400_000;
/** The shortest and the longest span a ruler shows. */
export const leastSpanMs = minuteMs;
export const mostSpanMs = yearMs;
/** Nothing is shown before 2000 or after 2100: a camera's clock may say anything. */
const firstAt = Date.UTC(2000, 0, 1);
const lastAt = Date.UTC(2100, 0, 1);

/** How much time a view shows, ms. */
export function spanOf(view: TimeView): number {
  return view.endAt - view.startAt;
}

/** Where an instant lies, in pixels from the left edge of a ruler `width` wide; may be outside of it. */
export function xOf(view: TimeView, at: number, width: number): number {
  return ((at - view.startAt) / spanOf(view)) * width;
}

/** The instant under a pixel, whole ms. */
export function timeAt(view: TimeView, x: number, width: number): number {
  return Math.round(view.startAt + (x / Math.max(1, width)) * spanOf(view));
}

/** A view of `spanMs` in which `at` lies at `fraction` of the width; kept within what a ruler can show. */
export function viewAround(at: number, spanMs: number, fraction = 0.5): TimeView {
  const span = Math.round(Math.min(mostSpanMs, Math.max(leastSpanMs, spanMs)));
  const startAt = Math.round(Math.min(lastAt - span, Math.max(firstAt, at - span * fraction)));
  return { startAt, endAt: startAt + span };
}

/** Zooms by `factor` (below 1: closer) so that the instant `at` stays where it is on the screen. */
export function zoomed(view: TimeView, factor: number, at: number): TimeView {
  const fraction = (at - view.startAt) / spanOf(view);
  return viewAround(at, spanOf(view) * factor, fraction);
}

/** Moves a view by a length of time. */
export function panned(view: TimeView, byMs: number): TimeView {
  return viewAround(view.startAt + byMs, spanOf(view), 0);
}

/** Moves a view as little as needed for `at` to be seen, with a tenth of the view free beside it. */
export function following(view: TimeView, at: number): TimeView {
  const margin = spanOf(view) * 0.1;
  if (at >= view.startAt && at <= view.endAt - margin / 2) return view;
  if (at > view.endAt && at < view.endAt + spanOf(view)) return panned(view, at - view.endAt + margin * 2);
  return viewAround(at, spanOf(view), at < view.startAt ? 0.1 : 0.8);
}
