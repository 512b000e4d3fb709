import { Bookmark, ChevronFirst, ChevronLast, Lock, Play } from "lucide-react";
import type { MenuEntry } from "../../design/menu-entry.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useReview, useReviewScope } from "./review-context.tsx";
import { markedSpan } from "./review-store.ts";
import type { ReviewDeeds } from "./use-review-deeds.ts";

/** What the right mouse button offers at an instant of the ruler. */
export function useRulerMenu(deeds: ReviewDeeds): (at: number) => readonly MenuEntry[] {
  const say = useSay();
  const { deck, store } = useReviewScope();
  const marks = useReview((review) => review.marks);
  return (at) => [
    {
      id: "play",
      label: say("review.menu.play"),
      icon: Play,
      run: () => {
        deck.seek(at);
        deck.setPlaying(true);
      },
    },
    {
      id: "in",
      label: say("review.menu.in"),
      icon: ChevronFirst,
      keys: "[",
      run: () => store.getState().markIn(at),
    },
    {
      id: "out",
      label: say("review.menu.out"),
      icon: ChevronLast,
      keys: "]",
      run: () => store.getState().markOut(at),
    },
    {
      id: "bookmark",
      label: say("review.menu.bookmark"),
      icon: Bookmark,
      keys: "B",
      run: () => void deeds.bookmark({ from: Math.round(at), to: Math.round(at) }),
    },
    {
      id: "lock",
      label: say("review.menu.lock"),
      icon: Lock,
      keys: "O",
      isDisabled: markedSpan(marks) === null,
      run: () => store.getState().open({ kind: "new-lock" }),
    },
  ];
}
