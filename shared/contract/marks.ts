import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { BookmarkId, ChannelId, LockId } from "../base/ids.ts";
import { MarkDeed } from "../model/mark-history.ts";
import { Bookmark, BookmarkColour, EvidenceLock } from "../model/recording.ts";

const instant = z.int().min(0).max(8_640_000_000_000_000);
const channels = z.array(ChannelId).min(1).max(64);
const isForward = ({ from, to }: { readonly from: number; readonly to: number }): boolean => from <= to;
const forward = { error: "`to` lies before `from`" };

/** Where a page of marks ended: the next one begins behind it. */
export const MarkCursor = z.strictObject({ from: instant, id: z.string().max(64) });
export type MarkCursor = z.infer<typeof MarkCursor>;

/** What every search of marks may be narrowed by; `channels: null`: whatever camera they are on. */
const narrowed = z.strictObject({
  channels: channels.nullable(),
  from: instant,
  to: instant,
  /** Only those that hold this in any of their words. */
  text: z.string().max(80),
  limit: z.int().min(1).max(200),
  after: MarkCursor.nullable(),
});

/** Bookmarks wanted in a list. */
export const BookmarkSearch = narrowed.extend({
  tag: z.string().max(32).nullable(),
  colour: BookmarkColour.nullable(),
});
export type BookmarkSearch = z.infer<typeof BookmarkSearch>;

/** Locks wanted in a list. */
export const LockSearch = narrowed.extend({ state: z.enum(["holding", "ended", "all"]) });
export type LockSearch = z.infer<typeof LockSearch>;

/** A page, newest `from` first, and where the next one begins; null: this was the last. */
export const BookmarkPage = z.strictObject({ items: z.array(Bookmark), next: MarkCursor.nullable() });
export type BookmarkPage = z.infer<typeof BookmarkPage>;
export const LockPage = z.strictObject({ items: z.array(EvidenceLock), next: MarkCursor.nullable() });
export type LockPage = z.infer<typeof LockPage>;

const draft = Bookmark.omit({ id: true, madeAt: true, madeBy: true, changedAt: true });
const onRuler = z.strictObject({ channels, from: instant, to: instant, limit: z.int().min(1).max(500) });

export const bookmarks = {
  /** For the ruler: those that touch the span on any of the channels, newest `from` first. */
  list: oc.input(onRuler).output(z.array(Bookmark)),
  search: oc.input(BookmarkSearch).output(BookmarkPage),
  /** The tags in use, most used first, at most 200. */
  tags: oc.output(z.array(z.string())),
  /** `id: null` makes a new one. */
  save: oc
    .errors({ NOT_FOUND: {} })
    .input(draft.extend({ id: BookmarkId.nullable() }).refine(isForward, forward))
    .output(Bookmark),
  remove: oc
    .errors({ NOT_FOUND: {} })
    .input(z.strictObject({ id: BookmarkId }))
    .output(z.null()),
  /** Brings a removed one back as it was, with its history. */
  restore: oc
    .errors({ NOT_FOUND: {} })
    .input(z.strictObject({ id: BookmarkId }))
    .output(Bookmark),
  /** Who made, changed, removed or restored it, newest first, at most 200. */
  history: oc.input(z.strictObject({ id: BookmarkId })).output(z.array(MarkDeed)),
  /** A bookmark was saved or removed: read the visible ones again. */
  changed: oc.output(eventIterator(z.strictObject({ sequence: z.int() }))),
};

export const locks = {
  /** For the ruler: those that hold and touch the span on any of the channels, newest first. */
  list: oc.input(onRuler).output(z.array(EvidenceLock)),
  search: oc.input(LockSearch).output(LockPage),
  add: oc
    .input(
      EvidenceLock.pick({ channels: true, from: true, to: true, reason: true, until: true }).refine(
        ({ from, to }) => from < to,
        forward,
      ),
    )
    .output(EvidenceLock),
  /** Ends it; it stays in the list of ended ones with who, when and why. */
  lift: oc
    .errors({ NOT_FOUND: {} })
    .input(z.strictObject({ id: LockId, reason: z.string().trim().min(1).max(500) }))
    .output(EvidenceLock),
  /** Another end for a lock that still holds; null: only a person ends it. */
  prolong: oc
    .errors({ NOT_FOUND: {} })
    .input(z.strictObject({ id: LockId, until: instant.nullable() }))
    .output(EvidenceLock),
  /** Who made, prolonged or lifted it, newest first, at most 200. */
  history: oc.input(z.strictObject({ id: LockId })).output(z.array(MarkDeed)),
  changed: oc.output(eventIterator(z.strictObject({ sequence: z.int() }))),
};
