import type { Clock } from "../../../shared/base/clock.ts";
import type { ChannelId } from "../../../shared/base/ids.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { PlacedFile } from "../../store/recordings.ts";
import type { Store } from "../../store/store.ts";
import type { JobRunner } from "./job-runner.ts";
import type { MediaLink } from "./media-ask.ts";
import { MediaMender } from "./media-mender.ts";
import { Reconcile } from "./reconcile.ts";
import { Retention } from "./retention.ts";
import type { StorageService } from "./storage-service.ts";

export interface RecordingTidyDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Store;
  readonly media: MediaLink;
  readonly storage: StorageService;
  readonly runJob: JobRunner;
  /** Channels whose folders are ours: another database's are left alone. */
  readonly isKnown: (channelId: ChannelId) => boolean;
}

/** Fewer files than this are compared in a moment: nobody needs to see it. */
const worthShowing = 2_000;

/** Keeps disks and index in step: mends what a crash left, compares both ways, and lets retention delete. */
export class RecordingTidy {
  readonly #deps: RecordingTidyDeps;
  readonly #retention: Retention;
  readonly #reconcile: Reconcile;

  constructor(deps: RecordingTidyDeps) {
    this.#deps = deps;
    const { clock, log, store, storage, isKnown } = deps;
    const mender = new MediaMender({ ...deps, site: () => store.readSiteMark() });
    this.#retention = new Retention({ clock, log, rootOf: storage.rootOf, store });
    this.#reconcile = new Reconcile({
      clock,
      log,
      store,
      isKnown,
      mend: (root, paths, signal) => mender.mend(root, paths, signal),
    });
  }

  /** Files that were being written when the console or its media process ended. */
  async closeOpen(files: readonly PlacedFile[], signal: AbortSignal): Promise<void> {
    for (const { id, folder } of this.#deps.storage.places) {
      const paths = files.filter(({ locationId }) => locationId === id).map(({ path }) => path);
      // On a disk that is away they stay open until it is back.
      if (paths.length === 0 || this.#deps.storage.rootOf(id) === undefined) continue;
      await this.#reconcile.closeOpen(folder, paths, signal);
    }
  }

  /** One beat of retention. */
  async retain(signal: AbortSignal): Promise<void> {
    await this.#deps.storage.retain(this.#retention, signal);
    await this.#retention.finishEarlier(signal);
  }

  /** The disks against the index, as a job that can be watched and cancelled; disks that are away are left out. */
  async compare(signal: AbortSignal): Promise<void> {
    const { storage, store, runJob } = this.#deps;
    const places = storage.places.filter(({ id }) => storage.rootOf(id) !== undefined);
    const { files } = await store.readRecordingTotal();
    if (files < worthShowing) {
      for (const place of places) await this.#reconcile.run(place, signal);
      return;
    }
    await runJob("job.compare-recordings", { cancellable: true }, async (job, cancelled) => {
      const either = AbortSignal.any([signal, cancelled]);
      for (const [index, place] of places.entries()) {
        job.step(place.folder);
        await this.#reconcile.run(place, either, (share) => job.progress((index + share) / places.length));
      }
    });
  }
}
