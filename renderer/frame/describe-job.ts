import { assertNever } from "../../shared/base/result.ts";
import type { Job } from "../../shared/model/job.ts";
import type { Severity } from "../design/StateMark.tsx";
import { duration } from "../messages/format.ts";
import type { Say } from "../messages/messages.ts";

/** How a job reads in the list. */
export interface JobWords {
  readonly severity: Severity;
  readonly words: string;
  /** From the pace so far; null while nothing can be said. */
  readonly remainingMs: number | null;
}

/** The words of a job as it stands at `now`. */
export function describeJob(job: Job, now: number, say: Say): JobWords {
  const took = duration(say, (job.endedAt ?? now) - job.startedAt);
  switch (job.state) {
    case "running":
      return { severity: "quiet", words: job.step, remainingMs: remaining(job, now) };
    case "cancelling":
      return { severity: "quiet", words: say("jobs.cancelling"), remainingMs: null };
    case "done":
      return { severity: "quiet", words: say("jobs.done", { duration: took }), remainingMs: null };
    case "cancelled":
      return { severity: "quiet", words: say("jobs.cancelled", { duration: took }), remainingMs: null };
    case "failed":
      return {
        severity: "serious",
        words: say("jobs.failed", { failure: job.failure ?? "" }),
        remainingMs: null,
      };
    default:
      return assertNever(job.state);
  }
}

/** Only after 3 s and 5 %: an estimate from less is a guess. */
function remaining(job: Job, now: number): number | null {
  const elapsed = now - job.startedAt;
  if (job.progress === null || job.progress < 0.05 || elapsed < 3_000) return null;
  return (elapsed / job.progress) * (1 - job.progress);
}
