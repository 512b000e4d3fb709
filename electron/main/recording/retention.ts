import { unlink } from "node:fs/promises";
import path from "node:path";
import type { Clock } from "../../../shared/base/clock.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { LocationId } from "../../../shared/model/storage.ts";
import type { PlacedFile } from "../../store/recordings.ts";
import type { Store } from "../../store/store.ts";

export interface RetentionDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Where a location is; undefined: it was removed. */
  readonly rootOf: (id: LocationId) => string | undefined;
  readonly store: Pick<Store, "expireRecordings" | "forgetDoomed" | "listDoomed">;
}

const stepFiles = 50;
const pauseMs = 50;
const dayMs = 86_400_000;

/** Deletes recordings by age and quota, oldest first, in small steps; what a lock holds is never taken. */
export class Retention {
  readonly #deps: RetentionDeps;

  constructor(deps: RetentionDeps) {
    this.#deps = deps;
  }

  /** Files that left the index before the console ended, but not the disk. */
  async finishEarlier(signal: AbortSignal): Promise<void> {
    for (;;) {
      const files = await this.#deps.store.listDoomed(stepFiles);
      const gone = await this.#delete(files);
      await this.#deps.store.forgetDoomed(gone);
      // What cannot be deleted now, on a disk that is away, is tried again at the next start.
      if (gone.length === 0 || signal.aborted) return;
      await this.#deps.clock.sleep(pauseMs, signal);
    }
  }

  /** Deletes until nothing is too old and the excess is gone, or only locked footage is left. Answers the bytes. */
  async run(keepDays: number, excessBytes: number, signal: AbortSignal): Promise<number> {
    const { clock, store, log } = this.#deps;
    let freed = 0;
    let files = 0;
    for (;;) {
      const now = clock.now();
      const step = await store.expireRecordings({
        now,
        endedBefore: now - keepDays * dayMs,
        excessBytes: Math.max(0, excessBytes - freed),
        limit: stepFiles,
      });
      await store.forgetDoomed(await this.#delete(step.files));
      freed += step.bytes;
      files += step.files.length;
      if (step.files.length === 0 || signal.aborted) break;
      await clock.sleep(pauseMs, signal);
    }
    if (files > 0) log.info("recordings deleted by retention", { files, megabytes: Math.round(freed / 1e6) });
    return freed;
  }

  /** Which of them are gone from the disk now; one that cannot be deleted is tried again at the next start. */
  async #delete(files: readonly PlacedFile[]): Promise<readonly PlacedFile[]> {
    const gone: PlacedFile[] = [];
    for (const one of files) {
      const root = this.#deps.rootOf(one.locationId);
      if (root === undefined) continue;
      try {
        await unlink(path.join(root, one.path));
        gone.push(one);
      } catch (error) {
        const code = error instanceof Error && "code" in error ? error.code : undefined;
        if (code === "ENOENT") gone.push(one);
        else this.#deps.log.warn("recording not deleted", { file: one.path, why: String(code ?? error) });
      }
    }
    return gone;
  }
}
