import { z } from "zod";
import { JobId } from "../base/ids.ts";

/** What a job does; the message catalogue has a sentence for each, or the window does not compile. */
export const JobTitle = z.enum([
  "job.adopt",
  "job.compare-recordings",
  "job.export-events",
  "job.login",
  "job.motion",
  "job.move-recordings",
  "job.refresh",
  "job.sweep",
]);
export type JobTitle = z.infer<typeof JobTitle>;

/** Long work that the whole application shows in one list. */
export const Job = z.strictObject({
  id: JobId,
  title: JobTitle,
  /** What it is doing right now, in plain words. */
  step: z.string().max(300),
  /** 0 to 1; null when it cannot be known. */
  progress: z.number().min(0).max(1).nullable(),
  startedAt: z.int(),
  endedAt: z.int().nullable(),
  state: z.enum(["running", "cancelling", "done", "cancelled", "failed"]),
  /** In plain words, when failed. */
  failure: z.string().max(500).nullable(),
  cancellable: z.boolean(),
});
export type Job = z.infer<typeof Job>;
