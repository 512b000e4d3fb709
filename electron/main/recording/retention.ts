import { unlink } from "node:fs/promises";
import type { Clock } from "../../../shared/base/clock.ts";
import type { ChannelId } from "../../../shared/base/ids.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { LocationId } from "../../../shared/model/storage.ts";
import { insideRoot, OutsideRootError } from "../../drivers/recording-file/inside-root.ts";
import type { PlacedFile } from "../../store/recordings.ts";
import type { Store } from "../../store/store.ts";

export interface RetentionDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Where a location is; undefined: it was removed. */
  readonly rootOf: (id: LocationId) => string | undefined;
  readonly store: Pick<Store, "expireRecordings" | "expireRecordingGaps" | "forgetDoomed" | "listDoomed">;
}

/** What is to go of some channels or of one location. */
export interface RetentionLimit {
  readonly channelIds?: readonly ChannelId[];
  readonly locationId?: LocationId;
  /** Null: however old. */
  readonly keepDays: number | null;
  readonly excessBytes: number;
}

/** What a limit cost. */
export interface Retained {
  readonly freedBytes: number;
  /** The limit does not hold still: what is left is locked or being written. */
  readonly isExhausted: boolean;
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

  /** Files that left the index before, but not the disk: after a crash, or because it was away. */
  async finishEarlier(signal: AbortSignal): Promise<void> {
    for (;;) {
      const files = await this.#deps.store.listDoomed(stepFiles);
      const gone = await this.#delete(files);
      await this.#deps.store.forgetDoomed(gone);
      if (gone.length === 0 || signal.aborted) return;
      await this.#deps.clock.sleep(pauseMs, signal);
    }
  }

  /** Deletes until nothing is too old and the excess is gone, or only locked footage is left. */
  async run(limit: RetentionLimit, signal: AbortSignal): Promise<Retained> {
    const { clock, store, log } = this.#deps;
    const { keepDays, excessBytes, ...scope } = limit;
    let freed = 0;
    let files = 0;
    for (;;) {
      const now = clock.now();
      const step = await store.expireRecordings({
        ...scope,
        now,
        endedBefore: keepDays === null ? 0 : now - keepDays * dayMs,
        excessBytes: Math.max(0, excessBytes - freed),
        limit: stepFiles,
      });
      await store.forgetDoomed(await this.#delete(step.files));
      freed += step.bytes;
      files += step.files.length;
      if (step.files.length === 0 || signal.aborted) {
        if (files > 0)
          log.info("recordings deleted by retention", { files, megabytes: Math.round(freed / 1e6) });
        return { freedBytes: freed, isExhausted: step.isExhausted && freed < excessBytes };
      }
      await clock.sleep(pauseMs, signal);
    }
  }

  /** Gaps of these channels go with the footage around them. */
  async expireGaps(channelIds: readonly ChannelId[], keepDays: number, signal: AbortSignal): Promise<void> {
    const { clock, store } = this.#deps;
    const endedBefore = clock.now() - keepDays * dayMs;
    for (;;) {
      const taken = await store.expireRecordingGaps(channelIds, endedBefore, 500);
      if (taken < 500 || signal.aborted) return;
      await clock.sleep(pauseMs, signal);
    }
  }

  /** Which of them are gone from the disk now; one that cannot be deleted is tried again later. */
  async #delete(files: readonly PlacedFile[]): Promise<readonly PlacedFile[]> {
    const gone: PlacedFile[] = [];
    for (const one of files) {
      const root = this.#deps.rootOf(one.locationId);
      if (root === undefined) continue;
      try {
        await unlink(await insideRoot(root, one.path));
        gone.push(one);
      } catch (error) {
        const code = error instanceof Error && "code" in error ? error.code : undefined;
        // A link that leads out of the root is not followed: what lies behind it is not ours.
        if (code === "ENOENT" || error instanceof OutsideRootError) gone.push(one);
        else this.#deps.log.warn("recording not deleted", { file: one.path, why: String(code ?? error) });
      }
    }
    return gone;
  }
}
