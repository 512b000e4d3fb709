import type { StorageStatus } from "../../../shared/model/recording.ts";
import type { Settings } from "../../../shared/model/settings.ts";
import type { LocationStatus } from "../../../shared/model/storage.ts";

/** All locations in one: recording goes on as long as one of them takes it. */
export function overallStatus(
  locations: readonly LocationStatus[],
  settings: Settings,
  root: string,
): StorageStatus {
  const well = locations.filter(({ state }) => state === "used" || state === "ready");
  // One that has yet to prove itself is better than none.
  const able = well.length > 0 ? well : locations.filter(({ state }) => state === "recovering");
  const first = locations[0];
  const counted = able.length > 0 ? able : locations;
  const sum = (pick: (one: LocationStatus) => number): number =>
    counted.reduce((total, one) => total + pick(one), 0);
  const rates = locations.map(({ bytesPerDay }) => bytesPerDay).filter((rate) => rate !== null);
  const bytesPerDay = rates.length > 0 ? rates.reduce((total, rate) => total + rate, 0) : null;
  const quotaBytes = sum(({ limitBytes }) => limitBytes);
  const oldest = locations.map(({ oldestAt }) => oldestAt).filter((at) => at !== null);
  const { recordingKeepDays: keepDays } = settings;
  const isFull = first?.state === "full";
  return {
    state:
      able.length > 0
        ? settings.recordingMode === "off"
          ? "off"
          : "recording"
        : first === undefined
          ? "off"
          : isFull
            ? "no-space"
            : "failed",
    detail: able.length > 0 ? "" : (first?.detail ?? ""),
    folder: (able[0] ?? first)?.folder ?? root,
    usedBytes: locations.reduce((total, { usedBytes }) => total + usedBytes, 0),
    quotaBytes,
    freeBytes: sum(({ freeBytes }) => freeBytes),
    keepDays,
    oldestAt: oldest.length > 0 ? Math.min(...oldest) : null,
    bytesPerDay,
    daysHeld: bytesPerDay ? Math.min(keepDays, quotaBytes / bytesPerDay) : null,
  };
}
