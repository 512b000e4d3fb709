import type { StorageStatus } from "../../../shared/model/recording.ts";

/** How much of a disk recordings may take. */
export interface StorageLimits {
  /** Less than this is not worth recording into: then it is off, and it is said why. */
  readonly leastBytes: number;
  /** Never more than this; Infinity where only the disk bounds it. */
  readonly mostBytes: number;
  /** So much of the disk stays free for everything else. */
  readonly floorBytes: number;
}

const gigabyte = 1_000_000_000;

/** An ordinary site. */
export const siteLimits: StorageLimits = {
  leastBytes: 5 * gigabyte,
  mostBytes: Number.POSITIVE_INFINITY,
  floorBytes: gigabyte,
};
/** The demo's own profile folder: it shows how recording works and leaves the computer alone. */
export const demoLimits: StorageLimits = {
  leastBytes: 0.3 * gigabyte,
  mostBytes: 2 * gigabyte,
  floorBytes: 0.2 * gigabyte,
};

/** The part of the free space that recordings take when no quota is set. */
const share = 0.8;

/** What a disk allows. */
export interface StorageRuling {
  readonly quotaBytes: number;
  /** So many bytes of recordings are to be deleted. */
  readonly excessBytes: number;
  readonly state: Extract<StorageStatus["state"], "recording" | "no-space">;
  readonly detail: string;
}

const inGigabytes = (bytes: number): string => `${(Math.max(0, bytes) / gigabyte).toFixed(1)} GB`;

/**
 * Rules on a disk with so much free and so much taken by recordings. Recording stops when half of the floor is
 * reached although everything that may be deleted was, and goes on when the whole floor is free again.
 *
 * @param setBytes quota by setting; 0: four fifths of what is free.
 */
export function ruleStorage(
  disk: { readonly freeBytes: number; readonly usedBytes: number },
  setBytes: number,
  limits: StorageLimits,
  wasRecording: boolean,
): StorageRuling {
  const { freeBytes, usedBytes } = disk;
  const available = freeBytes + usedBytes;
  const wanted = setBytes > 0 ? Math.min(setBytes, available - limits.floorBytes) : available * share;
  const quotaBytes = Math.max(0, Math.floor(Math.min(wanted, limits.mostBytes)));
  const excessBytes = Math.max(0, usedBytes - quotaBytes, limits.floorBytes - freeBytes);
  const least = setBytes > 0 ? Math.min(setBytes, limits.leastBytes) : limits.leastBytes;
  if (quotaBytes < least) {
    const detail = `recordings need room for ${inGigabytes(least)}, and this disk has ${inGigabytes(quotaBytes)} for them`;
    return { quotaBytes, excessBytes, state: "no-space", detail };
  }
  const enough = wasRecording ? limits.floorBytes / 2 : limits.floorBytes;
  if (freeBytes < enough) {
    const detail = `only ${inGigabytes(freeBytes)} are free, and what is left is locked or too new to delete`;
    return { quotaBytes, excessBytes, state: "no-space", detail };
  }
  return { quotaBytes, excessBytes, state: "recording", detail: "" };
}
