const dayMs = 86_400_000;
const ends = {
  week: 7 * dayMs,
  month: 30 * dayMs,
  quarter: 90 * dayMs,
  year: 365 * dayMs,
  never: null,
} as const;

/** When a lock is to end, as a person chooses it. */
export type LockEnd = keyof typeof ends;
export const lockEnds: readonly LockEnd[] = ["week", "month", "quarter", "year", "never"];

/** The instant of a choice, ms UTC; null: only a person ends it. */
export function lockEndAt(end: LockEnd, now: number): number | null {
  const length = ends[end];
  return length === null ? null : Math.round(now + length);
}
