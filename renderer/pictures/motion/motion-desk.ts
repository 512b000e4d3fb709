import { createStore, type StoreApi } from "zustand/vanilla";
import type { Clock } from "../../../shared/base/clock.ts";
import type { JobId } from "../../../shared/base/ids.ts";
import type { ConsoleClient } from "../../read-model/console-context.tsx";
import type { MotionProgress, MotionQuestion } from "./motion-search.ts";

/** The window's search: the one that runs, or what the last one found. */
export type MotionState =
  | { readonly kind: "none" }
  | {
      readonly kind: "running" | "done" | "cancelled";
      readonly question: MotionQuestion;
      readonly progress: MotionProgress;
      /** How long it has taken so far. */
      readonly tookMs: number;
    }
  | {
      readonly kind: "failed";
      readonly question: MotionQuestion;
      readonly progress: MotionProgress;
      readonly error: unknown;
    };

export interface MotionDeskDeps {
  readonly clock: Clock;
  readonly client: Pick<ConsoleClient, "jobs" | "motion">;
  readonly search: (
    question: MotionQuestion,
    onProgress: (progress: MotionProgress) => void,
    signal: AbortSignal,
  ) => Promise<MotionProgress>;
  readonly onFault: (error: unknown) => void;
}

/** How often the job list hears of it. */
const reportMs = 500;
const nothing: MotionProgress = { share: 0, moments: [], pictures: 0, damaged: 0, unlisted: 0 };

/**
 * One motion search of the window at a time, beyond the pages: it goes on when its page is left, stands in the job
 * list, and can be cancelled there as well. What it found stays until the next one or the window's end.
 */
export class MotionDesk {
  readonly store: StoreApi<MotionState> = createStore<MotionState>(() => ({ kind: "none" }));
  readonly #deps: MotionDeskDeps;
  #ends: AbortController | undefined;

  constructor(deps: MotionDeskDeps) {
    this.#deps = deps;
  }

  /** Begins a search; one that runs is cancelled first. `words` says in the job list what was found so far. */
  start(question: MotionQuestion, words: (progress: MotionProgress) => string): void {
    this.cancel();
    const ends = new AbortController();
    this.#ends = ends;
    void this.#run(question, words, ends);
  }

  /** What was found until then stays. */
  cancel(): void {
    this.#ends?.abort(new Error("cancelled"));
  }

  async #run(
    question: MotionQuestion,
    words: (progress: MotionProgress) => string,
    ends: AbortController,
  ): Promise<void> {
    const { clock, search } = this.#deps;
    const startedMs = clock.monotonicMs();
    let progress = nothing;
    let saidMs = Number.NEGATIVE_INFINITY;
    const isCurrent = (): boolean => this.#ends === ends;
    const tookMs = (): number => clock.monotonicMs() - startedMs;
    const show = (kind: "running" | "done" | "cancelled"): void => {
      if (isCurrent()) this.store.setState({ kind, question, progress, tookMs: tookMs() }, true);
    };
    show("running");
    const listed = this.#list(ends);
    try {
      progress = await search(
        question,
        (now) => {
          progress = now;
          show("running");
          if (clock.monotonicMs() - saidMs < reportMs) return;
          saidMs = clock.monotonicMs();
          void this.#tell(listed, (jobId) =>
            this.#deps.client.motion.report({ jobId, share: now.share, step: words(now) }),
          );
        },
        ends.signal,
      );
      void this.#tell(listed, (jobId) =>
        this.#deps.client.motion
          .report({ jobId, share: 1, step: words(progress) })
          .then(() => this.#deps.client.motion.end({ jobId, failure: null })),
      );
      show("done");
    } catch (error) {
      const isCancelled = ends.signal.aborted;
      const failure = (error instanceof Error ? error.message : String(error)).slice(0, 500);
      void this.#tell(listed, (jobId) =>
        isCancelled
          ? this.#deps.client.jobs.cancel({ id: jobId })
          : this.#deps.client.motion.end({ jobId, failure: failure || "failed" }),
      );
      if (isCancelled) show("cancelled");
      else if (isCurrent()) this.store.setState({ kind: "failed", question, progress, error }, true);
    }
  }

  /** Its place in the job list, held by listening; undefined when main did not answer: the search goes on. */
  async #list(ends: AbortController): Promise<JobId | undefined> {
    try {
      const orders = await this.#deps.client.motion.begin();
      const first = await orders.next();
      if (first.done === true || first.value.type !== "listed") return undefined;
      void this.#listen(orders, ends);
      return first.value.jobId;
    } catch (error) {
      this.#deps.onFault(error);
      return undefined;
    }
  }

  async #listen(orders: AsyncIterable<{ readonly type: string }>, ends: AbortController): Promise<void> {
    try {
      for await (const { type } of orders) if (type === "cancelled") ends.abort(new Error("cancelled"));
    } catch (error) {
      this.#deps.onFault(error);
    }
  }

  async #tell(listed: Promise<JobId | undefined>, say: (jobId: JobId) => Promise<unknown>): Promise<void> {
    const jobId = await listed;
    if (jobId === undefined) return;
    await say(jobId).catch(this.#deps.onFault);
  }
}
