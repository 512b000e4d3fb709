import type { JobTitle } from "../../../shared/model/job.ts";

/** How a job is shown; the job list gives it. */
export type RunJob = <T>(
  title: JobTitle,
  options: { readonly cancellable: boolean },
  work: (
    job: { step(text: string): void; progress(share: number | null): void },
    signal: AbortSignal,
  ) => Promise<T>,
) => Promise<T>;
