import type { JobTitle } from "../../../shared/model/job.ts";

/** What work says about itself while it runs as a job. */
export interface TellJob {
  step(text: string): void;
  /** 0 to 1; null when it cannot be known. */
  progress(share: number | null): void;
}

/** Runs work as a job that the whole application shows; the signal cancels it. */
export type JobRunner = <T>(
  title: JobTitle,
  options: { readonly cancellable: boolean },
  work: (job: TellJob, signal: AbortSignal) => Promise<T>,
) => Promise<T>;
