import { z } from "zod";
import { JobId } from "../base/ids.ts";

/** Long work that the whole application shows in one list. */
export const Job = z.strictObject({
  id: JobId,
  /** Message-catalogue key of what is being done, e.g. `job.discovery`. */
  title: z.string().max(200),
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
