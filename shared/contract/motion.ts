import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { JobId } from "../base/ids.ts";

/** What main says to the window that searches. */
export const MotionOrder = z.discriminatedUnion("type", [
  /** The search stands in the job list under this number. */
  z.strictObject({ type: z.literal("listed"), jobId: JobId }),
  /** Somebody cancelled it in the job list: stop. */
  z.strictObject({ type: z.literal("cancelled") }),
]);
export type MotionOrder = z.infer<typeof MotionOrder>;

/** Motion search: pictures are decoded and compared in a window; the job list is main's. */
export const motion = {
  /**
   * Puts a search into the job list for as long as the window listens: first `listed`, then perhaps `cancelled`.
   * A window that goes away before `end` fails its search.
   */
  begin: oc.output(eventIterator(MotionOrder)),
  /** How far it is; unknown and ended searches are passed over. */
  report: oc
    .input(z.strictObject({ jobId: JobId, share: z.number().min(0).max(1), step: z.string().max(300) }))
    .output(z.null()),
  /** It ended: by itself, or with a failure in plain words. */
  end: oc
    .input(z.strictObject({ jobId: JobId, failure: z.string().min(1).max(500).nullable() }))
    .output(z.null()),
};
