import type { Clock } from "../../../shared/base/clock.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { LocationId } from "../../../shared/model/storage.ts";
import type { StorageMove } from "../../store/storage-moves.ts";
import type { Store } from "../../store/store.ts";
import type { TellJob } from "./job-runner.ts";
import type { MoveFiles } from "./move-files.ts";

export interface StorageMoverDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Pick<
    Store,
    | "beginStorageCopy"
    | "forgetDoomed"
    | "forgetStorageCopy"
    | "listMovableFiles"
    | "listRecordingUsage"
    | "listStorageCopies"
    | "switchStorageCopy"
  >;
  readonly files: MoveFiles;
  /** Where a location is, when its disk answers. */
  readonly rootOf: (id: LocationId) => string | undefined;
}

/** What came of a move. */
export interface Moved {
  readonly files: number;
  readonly bytes: number;
  /** Could not be moved and stay where they are. */
  readonly failed: number;
}

const atOnce = 50;
const pauseMs = 10;

/**
 * Moves recordings from one location to another, file by file. A file counts where it was until its copy is on the
 * disk and read back the same, then where it is: a crash at any step leaves one whole file that counts, and what is
 * too much is known and deleted.
 */
export class StorageMover {
  readonly #deps: StorageMoverDeps;

  constructor(deps: StorageMoverDeps) {
    this.#deps = deps;
  }

  /** Deletes what a crash left of copies that did not count yet; on a disk that is away, another time. */
  async recover(): Promise<void> {
    const { store, files, rootOf } = this.#deps;
    for (const { path, toId } of await store.listStorageCopies()) {
      const root = rootOf(toId);
      if (root === undefined) continue;
      await files.removeCopy(root, path);
      await store.forgetStorageCopy(path);
    }
  }

  /** Moves every closed file. Throws when a disk is away, and the signal's reason when it is called off. */
  async run({ fromId, toId }: StorageMove, job: TellJob, signal: AbortSignal): Promise<Moved> {
    const { store, log, clock } = this.#deps;
    const all = await store.listRecordingUsage();
    const total = all.reduce((sum, one) => sum + (one.locationId === fromId ? one.bytes : 0), 0);
    let done: Moved = { files: 0, bytes: 0, failed: 0 };
    for (;;) {
      const some = await store.listMovableFiles(fromId, done.failed, atOnce);
      if (some.length === 0) break;
      for (const { path, bytes } of some) {
        signal.throwIfAborted();
        const isMoved = await this.#moveOne({ path, fromId, toId }, signal);
        done = {
          files: done.files + (isMoved ? 1 : 0),
          bytes: done.bytes + bytes,
          failed: done.failed + (isMoved ? 0 : 1),
        };
        job.step(path);
        job.progress(total > 0 ? done.bytes / total : null);
        await clock.sleep(pauseMs, signal);
      }
    }
    log.info("recordings moved", { from: fromId, to: toId, ...done });
    return done;
  }

  /** False: it stays where it is. */
  async #moveOne(
    copy: { readonly path: string; readonly fromId: LocationId; readonly toId: LocationId },
    signal: AbortSignal,
  ): Promise<boolean> {
    const { store, files, rootOf, log } = this.#deps;
    const [from, to] = [rootOf(copy.fromId), rootOf(copy.toId)];
    if (from === undefined || to === undefined) throw new Error("a disk does not answer");
    if (!(await store.beginStorageCopy(copy))) return true;
    try {
      const hash = await files.copy(from, to, copy.path, signal);
      if ((await files.hashOfCopy(to, copy.path)) !== hash)
        throw new Error("the copy reads back differently");
      await files.place(to, copy.path);
      const counts = await store.switchStorageCopy(copy);
      const stale = counts ? copy.fromId : copy.toId;
      await files.remove(counts ? from : to, copy.path);
      await store.forgetDoomed([{ locationId: stale, path: copy.path }]);
      return true;
    } catch (error) {
      await files.removeCopy(to, copy.path);
      await store.forgetStorageCopy(copy.path);
      signal.throwIfAborted();
      // A full or failed target fails for every file: the move as a whole ends. One bad file is passed over.
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      if (["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM"].includes(code)) throw error;
      log.warn("recording not moved", { file: copy.path, why: code || String(error) });
      return false;
    }
  }
}
