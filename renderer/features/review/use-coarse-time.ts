import { useCallback, useSyncExternalStore } from "react";
import { useReviewScope } from "./review-context.tsx";

const quarterHourMs = 900_000;

/** The common time by the quarter hour: renders rarely, however fast it runs. */
export function useCoarseTime(): number {
  const { deck } = useReviewScope();
  const subscribe = useCallback((listener: () => void) => deck.subscribeTime(listener), [deck]);
  return useSyncExternalStore(subscribe, () => Math.floor(deck.at / quarterHourMs) * quarterHourMs);
}
