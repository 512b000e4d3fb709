import type { DiskTrouble, LocationStatus, StorageLocation } from "../../../shared/model/storage.ts";
import type { RecordingUsage } from "../../store/recording-usage.ts";
import type { DiskLook, LookedAtPlace } from "./disk-look.ts";
import { afterLook, afterTrouble, newHealth, type LocationHealth } from "./location-health.ts";
import { RateMeter } from "./rate-meter.ts";
import { ruleStorage, type StorageLimits, type StorageRuling } from "./storage-rule.ts";

/** Excess that the last step of retention may leave. */
const slackBytes = 64_000_000;

/** One storage location: its setting, its disk as of the last look, and whether recordings may go there. */
export class LocationWatch {
  readonly #limits: StorageLimits;
  readonly #rate = new RateMeter();
  readonly #ownFolder: string;
  #setting: StorageLocation;
  #health: LocationHealth;
  #freeBytes = 0;
  /** Until the first look it is taken to be there. */
  #looksGood = true;
  #usage: readonly RecordingUsage[] = [];
  #ruling: StorageRuling | undefined;
  /** Only locked recordings are left, and they are too many. */
  #isLockedOut = false;
  /** A look is under way: one that hangs is not begun again. */
  isBusy = false;

  constructor(setting: StorageLocation, ownFolder: string, limits: StorageLimits, now: number) {
    this.#setting = setting;
    this.#ownFolder = ownFolder;
    this.#limits = limits;
    this.#health = newHealth(now);
  }

  get place(): LookedAtPlace {
    const { id, root } = this.#setting;
    return { id, folder: root ?? this.#ownFolder, isOwn: root === null };
  }
  get health(): LocationHealth {
    return this.#health;
  }
  /** Recordings may go there. */
  get isUsable(): boolean {
    return this.#health.kind === "well" && this.hasRoom;
  }
  /** The last look was good, though the disk has yet to prove itself: better than none. */
  get isAnswering(): boolean {
    return this.hasRoom && this.#looksGood;
  }
  /** The disk can be read and changed, whether there is room on it or not. */
  get isThere(): boolean {
    return this.#looksGood;
  }
  get hasRoom(): boolean {
    return this.#ruling?.state !== "no-space" && !this.#isLockedOut;
  }
  /** So many bytes of recordings are to be deleted. */
  get excessBytes(): number {
    return this.#looksGood ? (this.#ruling?.excessBytes ?? 0) : 0;
  }
  get usedBytes(): number {
    return this.#usage.reduce((sum, { bytes }) => sum + bytes, 0);
  }
  get bytesPerDay(): number | null {
    return this.#rate.bytesPerDay ?? null;
  }
  /** Why not, in plain words; empty when recordings may go there. */
  get detail(): string {
    if (this.#health.kind === "ill") return this.#health.detail;
    if (this.#isLockedOut) return "only locked recordings are left, and they take all the room";
    return this.#ruling?.detail ?? "";
  }

  change(setting: StorageLocation): void {
    this.#setting = setting;
  }
  grew(bytes: number): void {
    this.#rate.add(bytes);
  }
  sample(nowMs: number): void {
    this.#rate.sample(nowMs);
  }
  /** The recorder could not write there. */
  failed(trouble: DiskTrouble, detail: string, now: number): void {
    this.#health = afterTrouble(this.#health, trouble, detail, now);
  }
  /** What its files take, as the index says. */
  takes(usage: readonly RecordingUsage[]): void {
    this.#usage = usage;
  }
  /** After retention: so much is too much still, and all of it is locked. */
  lockedUp(excessBytes: number): void {
    this.#isLockedOut = excessBytes > slackBytes;
  }

  looked(look: DiskLook, now: number): void {
    this.#health = afterLook(this.#health, look, now);
    this.#looksGood = look.kind === "well";
    if (look.kind !== "well") return;
    this.#freeBytes = look.freeBytes;
    const { quotaBytes, reserveBytes } = this.#setting;
    const limits = reserveBytes > 0 ? { ...this.#limits, floorBytes: reserveBytes } : this.#limits;
    const disk = { freeBytes: look.freeBytes, usedBytes: this.usedBytes };
    this.#ruling = ruleStorage(disk, quotaBytes, limits, this.hasRoom);
    if (this.#ruling.excessBytes === 0) this.#isLockedOut = false;
  }

  status(isUsed: boolean, keepDays: number, movesTo: LocationStatus["movesTo"]): LocationStatus {
    const { bytesPerDay } = this;
    const limitBytes = this.#ruling?.quotaBytes ?? 0;
    const oldest = this.#usage.reduce((first, { oldestAt }) => Math.min(first, oldestAt), Infinity);
    return {
      ...this.#setting,
      folder: this.place.folder,
      state: this.#state(isUsed),
      detail: this.detail.slice(0, 500),
      usedBytes: this.usedBytes,
      files: this.#usage.reduce((sum, { files }) => sum + files, 0),
      freeBytes: this.#freeBytes,
      limitBytes,
      bytesPerDay,
      daysHeld: bytesPerDay ? Math.min(keepDays, limitBytes / bytesPerDay) : null,
      oldestAt: Number.isFinite(oldest) ? oldest : null,
      movesTo,
    };
  }

  #state(isUsed: boolean): LocationStatus["state"] {
    if (this.#health.kind === "ill") return this.#health.goodSince === null ? "failed" : "recovering";
    if (!this.hasRoom) return "full";
    return isUsed ? "used" : "ready";
  }
}
