import type { ClockReading } from "../../../shared/model/device.ts";

/**
 * How far the device's clock was ahead at `at`, ms: by the last reading before it, else by the first one after.
 * Null while the ledger is empty.
 */
export function offsetAt(readings: readonly ClockReading[], at: number): number | null {
  let before: ClockReading | undefined;
  let after: ClockReading | undefined;
  for (const reading of readings) {
    if (reading.at <= at) before = before === undefined || reading.at > before.at ? reading : before;
    else after = after === undefined || reading.at < after.at ? reading : after;
  }
  return (before ?? after)?.offsetMs ?? null;
}
