/** An xs:duration of days and smaller (`PT1M30.5S`, `P1D`) in ms, or undefined when it is none. */
export function durationMs(text: string): number | undefined {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text.trim());
  if (match === null || text.trim().endsWith("T") || text.trim() === "P") return undefined;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return (
    (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60_000 + Math.round((seconds ?? 0) * 1_000)
  );
}

/** A duration or an absolute time in ms from `now`, or undefined when it is neither. */
export function termMs(text: string, now: number): number | undefined {
  const relative = durationMs(text);
  if (relative !== undefined) return relative;
  if (!/^\d{4}-\d\d-\d\dT/.test(text.trim())) return undefined;
  const at = Date.parse(text.trim());
  return Number.isNaN(at) ? undefined : at - now;
}

/** `2026-11-22T05:00:00Z`, the way cameras write it. */
export function utcText(timeMs: number): string {
  return new Date(timeMs).toISOString().replace(/\.\d+Z$/, "Z");
}
