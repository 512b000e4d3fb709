import { randomUUID } from "node:crypto";
import { realpath } from "node:fs/promises";
import path from "node:path";
import type { Clock } from "../../../shared/base/clock.ts";
import { fail, ok, type Result } from "../../../shared/base/result.ts";
import type { Log } from "../../../shared/model/log.ts";
import {
  GroupId,
  type LocationId,
  type RecordingGroup,
  type StorageLocation,
} from "../../../shared/model/storage.ts";
import type { StorageMove } from "../../store/storage-moves.ts";
import type { Store } from "../../store/store.ts";
import { checkNewFolder, markFolder } from "./disk-look.ts";
import type { JobRunner } from "./job-runner.ts";
import { diskMoveFiles } from "./move-files.ts";
import { StorageMover } from "./storage-mover.ts";
import type { StorageService } from "./storage-service.ts";

export interface StorageSetupDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Store;
  readonly storage: StorageService;
  readonly runJob: JobRunner;
}

/** What a person changes of storage: locations, groups, and moving recordings between locations. */
export class StorageSetup {
  readonly #deps: StorageSetupDeps;
  readonly #mover: StorageMover;
  #isStopping = false;

  constructor(deps: StorageSetupDeps) {
    this.#deps = deps;
    this.#mover = new StorageMover({ ...deps, files: diskMoveFiles, rootOf: deps.storage.rootOf });
  }

  /** Goes on with what a crash or the end of the last run cut off. */
  async start(): Promise<void> {
    this.#isStopping = false;
    await this.#deps.storage.look();
    await this.#mover.recover();
    for (const move of await this.#deps.store.listStorageMoves()) this.#carryOut(move);
  }

  /** A move that runs is not called off by this: it goes on at the next start. */
  stop(): void {
    this.#isStopping = true;
  }

  async addLocation(root: string): Promise<Result<null, string>> {
    const { store, storage, log } = this.#deps;
    if (!path.isAbsolute(root)) return fail("the folder must be given with its whole path");
    const site = await store.readSiteMark();
    const bad = await checkNewFolder(root, site);
    if (bad !== undefined) return fail(bad);
    const folder = await realpath(root);
    for (const place of storage.places) {
      const other = await realpath(place.folder).catch(() => place.folder);
      if (overlap(folder, other)) return fail(`it lies in or around another location (${place.folder})`);
    }
    const added = await store.addStorageLocation(folder);
    if (added === undefined) return fail("it is a location already");
    await markFolder(folder, site, added.id);
    log.info("storage location added", { folder });
    await storage.look();
    return ok(null);
  }

  async saveLocation(location: Omit<StorageLocation, "root">): Promise<Result<null, string>> {
    if (!(await this.#deps.store.saveStorageLocation(location))) return fail("there is no such location");
    await this.#deps.storage.look();
    return ok(null);
  }

  async orderLocations(ids: readonly LocationId[]): Promise<void> {
    await this.#deps.store.orderStorageLocations(ids);
    await this.#deps.storage.look();
  }

  async removeLocation(id: LocationId): Promise<Result<null, string>> {
    const { store, storage, log } = this.#deps;
    if (!(await store.removeStorageLocation(id)))
      return fail("it holds recordings: move them to another location first");
    log.info("storage location removed", { location: id });
    await storage.look();
    return ok(null);
  }

  /** Resolves when the move has begun. */
  async move(move: StorageMove): Promise<Result<null, string>> {
    const { store, storage, clock } = this.#deps;
    if (move.fromId === move.toId) return fail("that is the same location");
    for (const id of [move.fromId, move.toId]) {
      if (storage.rootOf(id) === undefined) return fail("its disk does not answer");
    }
    if (!(await store.beginStorageMove(move, clock.now())))
      return fail("recordings are being moved from or to there already");
    await storage.look();
    this.#carryOut(move);
    return ok(null);
  }

  async saveGroup(group: Omit<RecordingGroup, "id"> & { id: GroupId | null }): Promise<Result<null, string>> {
    const { store, storage } = this.#deps;
    const id = group.id ?? GroupId.parse(randomUUID());
    if (!(await store.saveRecordingGroup({ ...group, id }))) return fail("another group has this name");
    await storage.look();
    return ok(null);
  }

  async removeGroup(id: GroupId): Promise<boolean> {
    const isRemoved = await this.#deps.store.removeRecordingGroup(id);
    await this.#deps.storage.look();
    return isRemoved;
  }

  #carryOut(move: StorageMove): void {
    const { store, storage, log, runJob } = this.#deps;
    const done = runJob("job.move-recordings", { cancellable: true }, async (job, signal) => {
      const { failed } = await this.#mover.run(move, job, signal);
      if (failed > 0) throw new Error(`${failed} recordings could not be moved and stay where they are`);
    });
    const end = async (): Promise<void> => {
      // When the console stops, the order stays and is carried out at the next start.
      if (!this.#isStopping) await store.endStorageMove(move.fromId);
      await storage.look();
    };
    done.then(end, end).catch((error: unknown) => {
      log.warn("a move of recordings did not end cleanly", { why: String(error) });
    });
  }
}

const overlap = (a: string, b: string): boolean => isWithin(a, b) || isWithin(b, a);

function isWithin(inner: string, outer: string): boolean {
  const way = path.relative(outer, inner);
  return way === "" || !(way === ".." || way.startsWith(`..${path.sep}`) || path.isAbsolute(way));
}
