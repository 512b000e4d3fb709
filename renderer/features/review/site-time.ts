import { dayLabel } from "./ruler-ticks.ts";
import type { SiteZone } from "./site-zone.ts";

/** An instant by the site's clock: `Sat 21 Nov 2026` and `22:06:41.3`. */
export function siteTime(at: number, zone: SiteZone): { readonly day: string; readonly clock: string } {
  const wall = zone.wallTime(at);
  const two = (value: number): string => String(value).padStart(2, "0");
  const tenth = Math.floor((((at % 1_000) + 1_000) % 1_000) / 100);
  return {
    day: `${dayLabel(wall)} ${wall.year}`,
    clock: `${two(wall.hour)}:${two(wall.minute)}:${two(wall.second)}.${tenth}`,
  };
}
