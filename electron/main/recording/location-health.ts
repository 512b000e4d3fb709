import type { DiskTrouble } from "../../../shared/model/storage.ts";
import type { DiskLook } from "./disk-look.ts";

/** How a location has been. */
export interface LocationHealth {
  readonly kind: "well" | "ill";
  readonly trouble: DiskTrouble | null;
  readonly detail: string;
  readonly since: number;
  /** While ill: since when every look was good. */
  readonly goodSince: number | null;
  /** How long looks must be good before it counts as well again. */
  readonly waitMs: number;
}

const firstWaitMs = 60_000;
const mostWaitMs = 30 * 60_000;
/** One that fails again this soon has to prove itself twice as long. */
const soonMs = 10 * 60_000;

/** As it is taken to be before the first look. */
export const newHealth = (now: number): LocationHealth => ({
  kind: "well",
  trouble: null,
  detail: "",
  since: now,
  goodSince: null,
  waitMs: firstWaitMs,
});

/** After the recorder could not write there: it is ill at once, whatever the last look said. */
export function afterTrouble(
  health: LocationHealth,
  trouble: DiskTrouble,
  detail: string,
  now: number,
): LocationHealth {
  if (health.kind === "ill") return { ...health, trouble, detail, goodSince: null };
  const isSoon = health.trouble !== null && now - health.since < soonMs;
  const waitMs = isSoon ? Math.min(mostWaitMs, health.waitMs * 2) : firstWaitMs;
  return { kind: "ill", trouble, detail, since: now, goodSince: null, waitMs };
}

/** After a look: it stays ill until every look was good for `waitMs`, so that recording does not jump to and fro. */
export function afterLook(health: LocationHealth, look: DiskLook, now: number): LocationHealth {
  if (look.kind === "trouble") return afterTrouble(health, look.trouble, look.detail, now);
  if (health.kind === "well") return health;
  const goodSince = Math.min(health.goodSince ?? now, now);
  if (now - goodSince < health.waitMs) return { ...health, goodSince };
  // What ailed it is kept: a relapse is known as one.
  return { ...health, kind: "well", since: now, goodSince: null };
}
