import type { Bounds, Placement } from "../platform/app-windows.ts";

/** A monitor as the system describes it; `workArea` is what bars and docks leave free. */
export interface Monitor {
  readonly id: number;
  readonly workArea: Bounds;
}

const preferred = { width: 1440, height: 900 };
/** So much of a window must be on a monitor for a person to find and move it. */
const visible = { width: 200, height: 80 };

function overlap(a: Bounds, b: Bounds): { readonly width: number; readonly height: number } {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return { width: Math.max(0, width), height: Math.max(0, height) };
}

/** The monitor that shows most of a window, or undefined when none shows any of it. */
export function monitorOf(bounds: Bounds, monitors: readonly Monitor[]): Monitor | undefined {
  const areas = monitors.map((monitor) => {
    const { width, height } = overlap(bounds, monitor.workArea);
    return { monitor, area: width * height };
  });
  const best = areas.sort((a, b) => b.area - a.area).at(0);
  return best !== undefined && best.area > 0 ? best.monitor : undefined;
}

/** A window in the middle of a monitor, as large as is good and fits. */
export function freshBounds({ workArea }: Monitor): Bounds {
  const width = Math.min(preferred.width, workArea.width);
  const height = Math.min(preferred.height, workArea.height);
  return {
    x: workArea.x + Math.floor((workArea.width - width) / 2),
    y: workArea.y + Math.floor((workArea.height - height) / 2),
    width,
    height,
  };
}

/**
 * Where a remembered window goes now. On the monitor it stood on if that is still there; moved and shrunk
 * until it is wholly on a monitor when too little of it would be visible (a monitor is gone, a smaller one).
 */
export function correctedPlacement(
  remembered: Placement & { readonly displayId: number },
  monitors: readonly Monitor[],
  primary: Monitor,
): Placement {
  const { bounds, mode, displayId } = remembered;
  const monitor = monitors.find(({ id }) => id === displayId) ?? monitorOf(bounds, monitors) ?? primary;
  const { workArea } = monitor;
  const seen = overlap(bounds, workArea);
  const isFine =
    seen.width >= Math.min(visible.width, bounds.width) &&
    seen.height >= Math.min(visible.height, bounds.height) &&
    bounds.y >= workArea.y &&
    bounds.width <= workArea.width &&
    bounds.height <= workArea.height;
  if (isFine) return { bounds, mode };
  const width = Math.min(bounds.width, workArea.width);
  const height = Math.min(bounds.height, workArea.height);
  return {
    mode,
    bounds: {
      width,
      height,
      x: Math.min(Math.max(bounds.x, workArea.x), workArea.x + workArea.width - width),
      y: Math.min(Math.max(bounds.y, workArea.y), workArea.y + workArea.height - height),
    },
  };
}

/** The monitor for one more window: the first that no window stands on, else the primary one. */
export function freeMonitor(
  taken: readonly Bounds[],
  monitors: readonly Monitor[],
  primary: Monitor,
): Monitor {
  const used = new Set(taken.map((bounds) => monitorOf(bounds, monitors)?.id));
  return monitors.find(({ id }) => !used.has(id)) ?? primary;
}
