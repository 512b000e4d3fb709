import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { JobId } from "../base/ids.ts";
import { Job } from "../model/job.ts";

export const jobs = {
  list: oc.output(z.array(Job)),
  cancel: oc
    .errors({ NOT_FOUND: {} })
    .input(z.strictObject({ id: JobId }))
    .output(z.null()),
  /** Each running job that changed; ended jobs are kept for the session. */
  changed: oc.output(eventIterator(Job)),
};
