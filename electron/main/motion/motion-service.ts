import { randomUUID } from "node:crypto";
import { JobId } from "../../../shared/base/ids.ts";
import type { MotionOrder } from "../../../shared/contract/motion.ts";
import type { JobTitle } from "../../../shared/model/job.ts";

/** What a running job may say of itself. */
interface JobProgress {
  step(text: string): void;
  progress(share: number | null): void;
}

export interface MotionServiceDeps {
  readonly runJob: (
    title: JobTitle,
    options: { readonly cancellable: boolean },
    work: (job: JobProgress, signal: AbortSignal) => Promise<void>,
  ) => Promise<void>;
}

interface Search {
  readonly windowId: number;
  readonly job: JobProgress;
  readonly end: (failure: string | null) => void;
}

/** Searches that run in windows, as jobs of the one list: what they say goes there, a cancel goes back. */
export class MotionService {
  readonly #deps: MotionServiceDeps;
  readonly #searches = new Map<JobId, Search>();

  constructor(deps: MotionServiceDeps) {
    this.#deps = deps;
  }

  /** A search in a window that listens until `signal` aborts; ends with `cancelled`, or when the search has ended. */
  async *begin(windowId: number, signal: AbortSignal | undefined): AsyncGenerator<MotionOrder, void> {
    const id = JobId.parse(randomUUID());
    const gone = (): void => this.end(windowId, id, "its window was closed or loaded anew");
    signal?.addEventListener("abort", gone, { once: true });
    const outcome = this.#run(windowId, id);
    try {
      yield { type: "listed", jobId: id };
      if ((await outcome) === "cancelled") yield { type: "cancelled" };
    } finally {
      signal?.removeEventListener("abort", gone);
      gone();
      this.#searches.delete(id);
    }
  }

  #run(windowId: number, id: JobId): Promise<"cancelled" | "ended"> {
    return new Promise((tell) => {
      const ended = (): void => tell("ended");
      const work = (job: JobProgress, cancels: AbortSignal): Promise<void> =>
        new Promise((resolve, reject) => {
          const cancel = (): void => {
            tell("cancelled");
            reject(cancels.reason);
          };
          cancels.addEventListener("abort", cancel, { once: true });
          const end = (failure: string | null): void =>
            failure === null ? resolve() : reject(new Error(failure));
          this.#searches.set(id, { windowId, job, end });
        });
      // Why it failed stands in the job list.
      this.#deps.runJob("job.motion", { cancellable: true }, work).then(ended, ended);
    });
  }

  /** What a window says of its own search. */
  report(windowId: number, id: JobId, share: number, step: string): void {
    const search = this.#own(windowId, id);
    search?.job.step(step);
    search?.job.progress(share);
  }

  end(windowId: number, id: JobId, failure: string | null): void {
    this.#own(windowId, id)?.end(failure);
  }

  #own(windowId: number, id: JobId): Search | undefined {
    const search = this.#searches.get(id);
    return search?.windowId === windowId ? search : undefined;
  }
}
