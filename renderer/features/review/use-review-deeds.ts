import { useToasts, useFrame } from "../../frame/frame-context.tsx";
import { clockTime } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";
import type { Bookmark, EvidenceLock } from "../../../shared/model/recording.ts";
import { useReviewScope } from "./review-context.tsx";
import { markedSpan } from "./review-store.ts";

interface Span {
  readonly from: number;
  readonly to: number;
}
type LockOrder = Pick<EvidenceLock, "channels" | "from" | "to" | "reason" | "until">;
type Draft = Omit<Bookmark, "id" | "madeAt" | "madeBy" | "changedAt">;

/** What a person does with recordings, each with its word of success or failure. */
export interface ReviewDeeds {
  /** Keeps a span, the marked one, or the moment that is shown; opens it for a title. */
  readonly bookmark: (span?: Span) => Promise<void>;
  /** True when it was saved. */
  readonly changeBookmark: (bookmark: Bookmark, change: Partial<Draft>) => Promise<boolean>;
  readonly removeBookmark: (bookmark: Bookmark) => Promise<void>;
  readonly lock: (order: LockOrder) => Promise<boolean>;
  readonly liftLock: (lock: EvidenceLock, reason: string) => Promise<boolean>;
  readonly prolongLock: (lock: EvidenceLock, until: number | null) => Promise<boolean>;
  /** Goes to an instant and brings it into the ruler. */
  readonly jump: (at: number) => void;
  /** Shows the wall with the selected camera. */
  readonly goLive: () => void;
}

/** The deeds of the review, for keys, buttons and menus alike. */
export function useReviewDeeds(): ReviewDeeds {
  const say = useSay();
  const toasts = useToasts();
  const { client } = useConsole();
  const { store, deck, zone } = useReviewScope();
  const goTo = useFrame((frame) => frame.goTo);
  const failed = (title: string, error: unknown): void =>
    toasts.show({
      severity: "serious",
      title,
      detail: error instanceof Error ? error.message : String(error),
    });
  const remove = async (bookmark: Bookmark): Promise<void> => {
    try {
      await client.bookmarks.remove({ id: bookmark.id });
    } catch (error) {
      failed(say("review.bookmark.removeFailed"), error);
      return;
    }
    const { drawer, open } = store.getState();
    if (drawer.kind === "bookmark" && drawer.bookmark.id === bookmark.id) open({ kind: "bookmarks" });
    toasts.show({
      severity: "normal",
      title: say("review.bookmark.removed", { title: bookmark.title }),
      action: {
        label: say("review.undo"),
        run: () =>
          void client.bookmarks
            .restore({ id: bookmark.id })
            .catch((error: unknown) => failed(say("review.bookmark.failed"), error)),
      },
    });
  };
  return {
    bookmark: async (span) => {
      const { channels, marks, open } = store.getState();
      const at = Math.round(deck.at);
      const { from, to } = span ?? markedSpan(marks) ?? { from: at, to: at };
      if (channels.length === 0) return;
      const time = clockTime(from, zone.name);
      const title = say("review.bookmark.name", { time });
      const draft: Draft = { channels: [...channels], from, to, title, note: "", tags: [], colour: "blue" };
      try {
        const made = await client.bookmarks.save({ ...draft, id: null });
        open({ kind: "bookmark", bookmark: made });
        toasts.show({
          severity: "normal",
          title: say("review.bookmark.made", { time }),
          action: { label: say("review.undo"), run: () => void remove(made) },
        });
      } catch (error) {
        failed(say("review.bookmark.failed"), error);
      }
    },
    changeBookmark: async (bookmark, change) => {
      try {
        const saved = await client.bookmarks.save({ ...draftOf(bookmark), ...change, id: bookmark.id });
        toasts.show({ severity: "normal", title: say("review.bookmark.saved", { title: saved.title }) });
        return true;
      } catch (error) {
        failed(say("review.bookmark.failed"), error);
        return false;
      }
    },
    removeBookmark: remove,
    lock: async (order) => {
      try {
        await client.locks.add(order);
        const count = order.channels.length;
        toasts.show({ severity: "normal", title: say("review.lock.added", { count }) });
        return true;
      } catch (error) {
        failed(say("review.lock.failed"), error);
        return false;
      }
    },
    liftLock: async (lock, why) => {
      try {
        await client.locks.lift({ id: lock.id, reason: why });
      } catch (error) {
        failed(say("review.lock.liftFailed"), error);
        return false;
      }
      const { channels, from, to, reason, until } = lock;
      toasts.show({
        severity: "normal",
        title: say("review.lock.lifted", { reason }),
        action: {
          label: say("review.undo"),
          run: () =>
            void client.locks
              .add({ channels, from, to, reason, until })
              .catch((error: unknown) => failed(say("review.lock.failed"), error)),
        },
      });
      return true;
    },
    prolongLock: async ({ id, reason }, until) => {
      try {
        await client.locks.prolong({ id, until });
        toasts.show({ severity: "normal", title: say("marks.lock.prolonged", { reason }) });
        return true;
      } catch (error) {
        failed(say("marks.lock.prolongFailed"), error);
        return false;
      }
    },
    jump: (at) => {
      deck.seek(at);
      store.getState().follow(at);
    },
    goLive: () => {
      const { selectedId } = store.getState();
      if (selectedId === null) goTo("live");
      else goTo("live", { kind: "camera", id: selectedId });
    },
  };
}

function draftOf({ channels, from, to, title, note, tags, colour }: Bookmark): Draft {
  return { channels, from, to, title, note, tags, colour };
}
