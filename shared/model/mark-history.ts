import { z } from "zod";
import { Bookmark, EvidenceLock } from "./recording.ts";

/** What a mark was before a deed, as far as the deed changed it. */
const Before = z.strictObject({
  ...Bookmark.pick({
    channels: true,
    from: true,
    to: true,
    title: true,
    note: true,
    tags: true,
    colour: true,
  }).partial().shape,
  ...EvidenceLock.pick({ until: true }).partial().shape,
});

/** One line of a bookmark's or a lock's history: who did what, when. */
export const MarkDeed = z.strictObject({
  at: z.int(),
  by: z.string().max(64),
  deed: z.enum(["made", "changed", "removed", "restored", "lifted", "prolonged"]),
  before: Before,
});
export type MarkDeed = z.infer<typeof MarkDeed>;
