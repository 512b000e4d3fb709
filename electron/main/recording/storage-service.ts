import type { Clock } from "../../../shared/base/clock.ts";
import type { ChannelId } from "../../../shared/base/ids.ts";
import { Topic } from "../../../shared/base/topic.ts";
import type { Notice, NoticeMessage } from "../../../shared/contract/app.ts";
import type { MediaReport } from "../../../shared/contract/media-port.ts";
import type { ConsoleFact } from "../../../shared/model/event.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { GapCause, StorageStatus } from "../../../shared/model/recording.ts";
import type { Settings } from "../../../shared/model/settings.ts";
import type { DiskTrouble, GroupId, LocationId, StorageView } from "../../../shared/model/storage.ts";
import type { RecordingUsage } from "../../store/recording-usage.ts";
import type { Store } from "../../store/store.ts";
import { DiskFacts } from "./disk-facts.ts";
import { lookAtDisk, type LookedAtPlace } from "./disk-look.ts";
import { groupScopes, groupStatus, limitOf } from "./group-limits.ts";
import { GrowthBook } from "./growth-book.ts";
import { LocationWatch } from "./location-watch.ts";
import { RateMeter } from "./rate-meter.ts";
import type { Retention } from "./retention.ts";
import { overallStatus } from "./storage-overall.ts";
import type { StorageLimits } from "./storage-rule.ts";

export interface StorageServiceDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Pick<
    Store,
    | "listRecordingGroups"
    | "listRecordingUsage"
    | "listStorageLocations"
    | "listStorageMoves"
    | "readSiteMark"
  >;
  readonly settings: { readonly current: Settings };
  /** The console's own folder. */
  readonly root: string;
  readonly limits: StorageLimits;
  readonly say: (severity: Notice["severity"], message: NoticeMessage, detail: string) => void;
  readonly note: (facts: readonly ConsoleFact[]) => void;
}

const diskCauses: ReadonlyMap<GapCause, DiskTrouble> = new Map([
  ["disk-full", "full"],
  ["disk-error", "failed"],
  ["disk-slow", "slow"],
]);
/** Excess that one beat of retention may leave. */
const slackBytes = 64_000_000;

/**
 * The storage locations: which of them takes the recordings of which channel now, what retention is to delete, and
 * how long the disks last. A location that fails is left at once and taken again when it was well for a while.
 */
export class StorageService {
  readonly #deps: StorageServiceDeps;
  /** The whole view, after a look or a change of places. */
  readonly changed = new Topic<StorageView>();
  /** A channel's recordings go elsewhere from now on, or nowhere. */
  readonly placesChanged = new Topic<null>();
  readonly #growth = new GrowthBook();
  readonly #facts = new DiskFacts();
  readonly #groupRates = new Map<GroupId | null, RateMeter>();
  readonly #lockedOut = new Set<GroupId | null>();
  /** Recordings do not go to the first location. */
  #isElsewhere = false;
  #watches: readonly LocationWatch[] = [];
  #groups: StorageView["groups"] = [];
  #moves: ReadonlyMap<LocationId, LocationId> = new Map();
  #usage: readonly RecordingUsage[] = [];
  #site = "";
  #told = "";
  #hasLooked = false;

  constructor(deps: StorageServiceDeps) {
    this.#deps = deps;
  }

  /** Where a location is, when its disk answers; undefined otherwise. */
  readonly rootOf = (id: LocationId): string | undefined => {
    const watch = this.#watches.find(({ place }) => place.id === id);
    return watch?.isThere === true ? watch.place.folder : undefined;
  };

  /** The folders of all locations by number, whether their disks answer or not. */
  get places(): readonly LookedAtPlace[] {
    return this.#watches.map(({ place }) => place);
  }

  /** Where a channel is to be recorded now; undefined: nowhere, and `status` says why. */
  placeOf(channelId: ChannelId): { readonly locationId: LocationId; readonly root: string } | undefined {
    const group = this.#groups.find(({ channels }) => channels.includes(channelId));
    if (this.#lockedOut.has(group?.id ?? null)) return undefined;
    const first = this.#watches.filter(({ place }) => place.id === group?.locationId);
    const chain = [...first, ...this.#watches.filter((watch) => !first.includes(watch))];
    // What is being moved away gets nothing new, as long as there is another place.
    const staying = chain.filter(({ place }) => !this.#moves.has(place.id));
    const watch =
      staying.find((one) => one.isUsable) ??
      chain.find((one) => one.isUsable) ??
      chain.find((one) => one.isAnswering);
    return watch === undefined ? undefined : { locationId: watch.place.id, root: watch.place.folder };
  }

  /** Everything in one, for the status bar. */
  get status(): StorageStatus {
    const { settings, root } = this.#deps;
    return overallStatus(this.view.locations, settings.current, root);
  }

  get view(): StorageView {
    const { recordingKeepDays: keepDays } = this.#deps.settings.current;
    const first = this.#watches.find(({ isUsable }) => isUsable);
    const wanted = new Set(this.#groups.map(({ locationId }) => locationId));
    const locations = this.#watches.map((watch) => {
      const { id } = watch.place;
      return watch.status(watch === first || wanted.has(id), keepDays, this.#moves.get(id) ?? null);
    });
    const perDay = locations.reduce((sum, { bytesPerDay }) => sum + (bytesPerDay ?? 0), 0);
    const room = locations.reduce((sum, { limitBytes }) => sum + limitBytes, 0);
    const siteDaysHeld = perDay > 0 ? room / perDay : null;
    const groupStatuses = groupScopes(this.#groups, this.#usage, keepDays).map((scope) => {
      const bytesPerDay = this.#groupRates.get(scope.id)?.bytesPerDay ?? null;
      return groupStatus(scope, this.#usage, { bytesPerDay, siteDaysHeld }, this.#lockedOut.has(scope.id));
    });
    return { locations, groups: [...this.#groups], groupStatus: groupStatuses };
  }

  /** Takes what the media process says: growth, and disks that cannot be written. */
  hear(report: MediaReport): void {
    for (const { channelId, locationId, bytes } of this.#growth.hear(report)) {
      this.#watches.find(({ place }) => place.id === locationId)?.grew(bytes);
      this.#rateOf(this.#groupOf(channelId)).add(bytes);
    }
    if (report.type !== "recording-gap") return;
    const trouble = diskCauses.get(report.cause);
    const watch = this.#watches.find(({ place }) => place.id === report.locationId);
    if (trouble === undefined || watch === undefined) return;
    watch.failed(trouble, report.detail, this.#deps.clock.now());
    this.#tellPlaces();
  }

  /** Reads the settings anew and looks at every disk; who writes where may be another afterwards. */
  async look(): Promise<void> {
    const { store, clock } = this.#deps;
    const [site, usage] = [await store.readSiteMark(), await store.listRecordingUsage()];
    this.#site = site;
    this.#usage = usage;
    this.#groups = await store.listRecordingGroups();
    this.#moves = new Map((await store.listStorageMoves()).map(({ fromId, toId }) => [fromId, toId]));
    await this.#readLocations();
    for (const scope of [...this.#groups.map(({ id }) => id), null]) {
      this.#rateOf(scope).sample(clock.monotonicMs());
    }
    await Promise.all(this.#watches.map((watch) => this.#lookAt(watch)));
    this.#hasLooked = true;
    this.#tellPlaces();
    this.changed.publish(this.view);
  }

  /** One beat of retention: by age and quota of each group, then by the room of each location. */
  async retain(retention: Retention, signal: AbortSignal): Promise<void> {
    const { recordingKeepDays } = this.#deps.settings.current;
    let freed = 0;
    for (const scope of groupScopes(this.#groups, this.#usage, recordingKeepDays)) {
      const limit = limitOf(scope, this.#usage);
      const { isExhausted, freedBytes } = await retention.run(limit, signal);
      await retention.expireGaps(scope.channels, scope.keepDays, signal);
      if (signal.aborted) return;
      freed += freedBytes;
      const isOut = isExhausted && limit.excessBytes - freedBytes > slackBytes;
      if (isOut && !this.#lockedOut.has(scope.id)) this.#sayLockedOut();
      if (isOut) this.#lockedOut.add(scope.id);
      else this.#lockedOut.delete(scope.id);
    }
    // What went for the groups is room on the disks: it must not be made a second time.
    if (freed > 0) await this.look();
    for (const watch of this.#watches) {
      const { excessBytes, place } = watch;
      if (excessBytes === 0) continue;
      const limit = { locationId: place.id, keepDays: null, excessBytes };
      const { isExhausted, freedBytes } = await retention.run(limit, signal);
      if (signal.aborted) return;
      const hadRoom = watch.hasRoom;
      watch.lockedUp(isExhausted ? excessBytes - freedBytes : 0);
      if (hadRoom && !watch.hasRoom) this.#sayLockedOut();
    }
    this.#tellPlaces();
  }

  #sayLockedOut(): void {
    const detail = "what a lock holds is never deleted: lift locks, move recordings or raise the limit";
    this.#deps.say("error", "notice.recording-locked-out", detail);
  }

  async #readLocations(): Promise<void> {
    const { store, root, limits, clock } = this.#deps;
    const known = new Map(this.#watches.map((watch) => [watch.place.id, watch]));
    this.#watches = (await store.listStorageLocations()).map((setting) => {
      const watch = known.get(setting.id) ?? new LocationWatch(setting, root, limits, clock.now());
      watch.change(setting);
      watch.takes(this.#usage.filter(({ locationId }) => locationId === setting.id));
      watch.sample(clock.monotonicMs());
      return watch;
    });
  }

  async #lookAt(watch: LocationWatch): Promise<void> {
    if (watch.isBusy) return;
    watch.isBusy = true;
    try {
      watch.looked(await lookAtDisk(watch.place, this.#site, this.#deps.clock), this.#deps.clock.now());
    } finally {
      watch.isBusy = false;
    }
  }

  /** Notes what begins and ends to keep recordings from a place, or those of a group from every place. */
  #noteTroubles(): void {
    const troubles = new Map<string, string>();
    for (const watch of this.#watches) if (!watch.isUsable) troubles.set(watch.place.folder, watch.detail);
    for (const id of this.#lockedOut) {
      const name = this.#groups.find((group) => group.id === id)?.name ?? "cameras in no group";
      troubles.set(name, "only locked recordings are left, and they take all the room");
    }
    const facts = this.#facts.compare(troubles);
    if (facts.length > 0) this.#deps.note(facts);
  }

  /** Says it when recordings go elsewhere than a moment ago. */
  #tellPlaces(): void {
    this.#noteTroubles();
    const chosen = this.#watches.find(({ isUsable }) => isUsable);
    const first = this.#watches[0];
    const key = this.#watches
      .map((watch) => {
        const { id } = watch.place;
        return `${id}:${watch.isUsable}:${watch.isAnswering}:${this.#moves.has(id)}`;
      })
      .concat([...this.#lockedOut].map(String))
      .join();
    if (key === this.#told) return;
    this.#told = key;
    this.#say(chosen, first);
    this.placesChanged.publish(null);
  }

  #say(chosen: LocationWatch | undefined, first: LocationWatch | undefined): void {
    const { say, log } = this.#deps;
    if (first === undefined || !this.#hasLooked) return;
    const detail = `${first.detail} (${first.place.folder})`;
    const wasElsewhere = this.#isElsewhere;
    this.#isElsewhere = chosen !== first;
    if (chosen === undefined && !this.#watches.some(({ isAnswering }) => isAnswering)) {
      const message = first.hasRoom ? "notice.recording-failed" : "notice.recording-no-space";
      log.error("recording has no location", { detail });
      say("error", message, detail);
    } else if (chosen === undefined) {
      // The recorder tries again and again by itself, and has said why it could not write.
      log.warn("recordings stay where they were tried", { detail });
    } else if (chosen !== first) {
      log.warn("recordings go elsewhere", { to: chosen.place.folder, detail });
      say("warning", "notice.recording-elsewhere", `${chosen.place.folder}, because ${detail}`);
    } else if (wasElsewhere) {
      log.info("recordings go to their usual location", { to: first.place.folder });
      if (this.#watches.length > 1) say("info", "notice.recording-back", first.place.folder);
    }
  }

  #groupOf(channelId: ChannelId): GroupId | null {
    return this.#groups.find(({ channels }) => channels.includes(channelId))?.id ?? null;
  }

  #rateOf(id: GroupId | null): RateMeter {
    const rate = this.#groupRates.get(id) ?? new RateMeter();
    this.#groupRates.set(id, rate);
    return rate;
  }
}
