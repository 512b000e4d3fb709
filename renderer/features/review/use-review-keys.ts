import { useEffect } from "react";
import { systemClock } from "../../../shared/base/clock.ts";
import { useToasts } from "../../frame/frame-context.tsx";
import { useCommands, useNumberCall } from "../../keyboard/KeyboardProvider.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { reviewCommands } from "./review-commands.ts";
import { useReviewScope } from "./review-context.tsx";
import { useBookmarkList } from "./use-kept-lists.ts";
import type { ReviewDeeds } from "./use-review-deeds.ts";

/** Where the newest recording is looked at: this far back there is one. */
const newestBackMs = 5_000;

/** The keys of the page, cameras called by number, and a ruler that follows the time that plays. */
export function useReviewKeys(deeds: ReviewDeeds): void {
  const say = useSay();
  const toasts = useToasts();
  const scope = useReviewScope();
  const { store, deck, channels } = scope;
  const bookmarks = useBookmarkList("").data ?? [];
  useCommands(
    reviewCommands(scope, {
      ...deeds,
      jumpToNewest: () => {
        deck.seek(systemClock.now() - newestBackMs);
        store.getState().follow(deck.at);
      },
      jumpToBookmark: (direction) => {
        const starts = bookmarks.map(({ from }) => from).sort((a, b) => a - b);
        const next =
          direction === 1
            ? starts.find((from) => from > deck.at + 50)
            : starts.findLast((from) => from < deck.at - 50);
        if (next === undefined) return;
        deck.seek(next);
        store.getState().follow(next);
      },
    }),
  );
  useNumberCall((number) => {
    const called = [...channels.values()].find((channel) => channel.number === number);
    if (called === undefined)
      toasts.show({ severity: "warning", title: say("review.call.unknown", { number }) });
    else store.getState().showChannel(called.id);
  });
  useEffect(
    () =>
      deck.subscribeTime((at) => {
        if (deck.view.isPlaying) store.getState().follow(at);
      }),
    [deck, store],
  );
}
