import { randomUUID } from "node:crypto";
import type { Clock } from "../../../shared/base/clock.ts";
import { JobId } from "../../../shared/base/ids.ts";
import { Topic } from "../../../shared/base/topic.ts";
import type { Job, JobTitle } from "../../../shared/model/job.ts";
import type { Log } from "../../../shared/model/log.ts";

/** What the work says about itself while it runs. */
export interface JobProgress {
  /** What it is doing right now, in plain words. */
  step(text: string): void;
  /** 0 to 1; null when it cannot be known. */
  progress(share: number | null): void;
}

export interface JobsServiceDeps {
  readonly clock: Clock;
  readonly log: Log;
}

/** Ended jobs that stay in the list for the session. */
const keptEnded = 200;

interface Running {
  job: Job;
  readonly ends: AbortController;
}

/** Long work that the whole application shows in one list, with progress and cancel. */
export class JobsService {
  readonly #deps: JobsServiceDeps;
  /** Each job as it is after each change. */
  readonly changed = new Topic<Job>();
  readonly #running = new Map<JobId, Running>();
  readonly #ended: Job[] = [];
  readonly #settled = new Set<Promise<unknown>>();

  constructor(deps: JobsServiceDeps) {
    this.#deps = deps;
  }

  /** Cancels what runs and waits until it has ended. */
  async stop(): Promise<void> {
    for (const { ends } of this.#running.values()) ends.abort(new Error("the console stops"));
    await Promise.allSettled(this.#settled);
  }

  /** Running jobs, then ended ones, newest first in each. */
  list(): Job[] {
    const running = [...this.#running.values()].map(({ job }) => job);
    return [...running.reverse(), ...this.#ended.toReversed()];
  }

  get runningCount(): number {
    return this.#running.size;
  }

  /**
   * Runs `work` as a job; resolves and rejects as it does.
   *
   * @param work gets the signal that cancels it: it should stop and throw the signal's reason.
   */
  run<T>(
    title: JobTitle,
    options: { readonly cancellable: boolean },
    work: (job: JobProgress, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const running: Running = {
      ends: new AbortController(),
      job: {
        id: JobId.parse(randomUUID()),
        title,
        step: "",
        progress: null,
        startedAt: this.#deps.clock.now(),
        endedAt: null,
        state: "running",
        failure: null,
        cancellable: options.cancellable,
      },
    };
    this.#running.set(running.job.id, running);
    this.changed.publish(running.job);
    const done = this.#carryOut(running, work);
    this.#settled.add(done);
    const forget = (): void => void this.#settled.delete(done);
    done.then(forget, forget);
    return done;
  }

  /** Asks a job to stop. False: it does not run, or it cannot be cancelled. */
  cancel(id: JobId): boolean {
    const running = this.#running.get(id);
    if (running === undefined || !running.job.cancellable) return false;
    this.#change(running, { state: "cancelling" });
    running.ends.abort(new Error("cancelled"));
    return true;
  }

  async #carryOut<T>(
    running: Running,
    work: (job: JobProgress, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { signal } = running.ends;
    const tell: JobProgress = {
      step: (text) => this.#change(running, { step: text.slice(0, 300) }),
      progress: (share) =>
        this.#change(running, { progress: share === null ? null : Math.min(1, Math.max(0, share)) }),
    };
    try {
      const value = await work(tell, signal);
      this.#end(running, signal.aborted ? "cancelled" : "done", null);
      return value;
    } catch (error) {
      if (signal.aborted) this.#end(running, "cancelled", null);
      else {
        const why = error instanceof Error ? error.message : String(error);
        this.#deps.log.warn("job failed", { job: running.job.id, title: running.job.title, why });
        this.#end(running, "failed", why.slice(0, 500));
      }
      throw error;
    }
  }

  #change(running: Running, change: Partial<Job>): void {
    if (!this.#running.has(running.job.id)) return;
    running.job = { ...running.job, ...change };
    this.changed.publish(running.job);
  }

  #end(running: Running, state: "done" | "cancelled" | "failed", failure: string | null): void {
    const progress = state === "done" ? 1 : running.job.progress;
    this.#running.delete(running.job.id);
    running.job = { ...running.job, state, failure, progress, endedAt: this.#deps.clock.now() };
    this.#ended.push(running.job);
    if (this.#ended.length > keptEnded) this.#ended.shift();
    this.changed.publish(running.job);
  }
}
