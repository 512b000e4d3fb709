import type { LocationStatus } from "../../../shared/model/storage.ts";
import type { Severity } from "../../design/StateMark.tsx";
import type { Say } from "../../messages/messages.ts";

const gigabyte = 1_000_000_000;

/** A size of a disk: in gigabytes below a terabyte, in terabytes above. */
export function diskSize(say: Say, bytes: number): string {
  const gigabytes = bytes / gigabyte;
  if (gigabytes >= 1_000) return say("storage.terabytes", { size: (gigabytes / 1_000).toFixed(1) });
  return say("storage.gigabytes", { size: gigabytes < 10 ? gigabytes.toFixed(1) : Math.round(gigabytes) });
}

/** How abnormal a location's state is. */
export const severityOf: Readonly<Record<LocationStatus["state"], Severity>> = {
  used: "normal",
  ready: "quiet",
  recovering: "warning",
  full: "serious",
  failed: "serious",
};

/** How long it lasts at today's rate, in words. */
export const forecast = (say: Say, daysHeld: number | null): string =>
  daysHeld === null
    ? say("storage.forecastUnknown")
    : say("storage.forecast", { days: Math.floor(daysHeld) });

/** What a person calls a location. */
export const locationName = ({ name, folder }: Pick<LocationStatus, "name" | "folder">): string =>
  name === "" ? folder : name;

/** Bytes of a whole number of gigabytes in digits; NaN for anything else. */
export const bytesOf = (text: string): number =>
  /^\d{1,7}$/.test(text) ? Number(text) * gigabyte : Number.NaN;

/** The other way round, for a field. */
export const gigabytesOf = (bytes: number): string => String(Math.round(bytes / gigabyte));
