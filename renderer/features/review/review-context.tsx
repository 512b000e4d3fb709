import { createContext, useContext, useSyncExternalStore, type ReactNode } from "react";
import { useStore } from "zustand";
import type { ChannelId } from "../../../shared/base/ids.ts";
import type { Channel } from "../../../shared/model/channel.ts";
import type { PlaybackDeck, PlaybackDeckView } from "../../player/playback-deck.ts";
import type { ReviewActions, ReviewState, ReviewStore } from "./review-store.ts";
import type { PenStore } from "./region-pen.ts";
import type { SiteZone } from "./site-zone.ts";

export interface ReviewScope {
  readonly store: ReviewStore;
  readonly deck: PlaybackDeck;
  readonly zone: SiteZone;
  /** Draws areas for the motion search. */
  readonly pen: PenStore;
  /** Every channel of the site by its id, in the order of their numbers. */
  readonly channels: ReadonlyMap<ChannelId, Channel>;
}

const ReviewContext = createContext<ReviewScope | null>(null);

/** Gives everything below it the review. */
export function ReviewProvider(props: { readonly scope: ReviewScope; readonly children: ReactNode }) {
  return <ReviewContext.Provider value={props.scope}>{props.children}</ReviewContext.Provider>;
}

/** The review's store, players, time zone and cameras; only below a ReviewProvider. */
export function useReviewScope(): ReviewScope {
  const scope = useContext(ReviewContext);
  if (scope === null) throw new Error("no ReviewProvider above this component");
  return scope;
}

/** `const marks = useReview((review) => review.marks)`. */
export function useReview<T>(select: (review: ReviewState & ReviewActions) => T): T {
  return useStore(useReviewScope().store, select);
}

/** What the players do: playing, speed, waiting, failure. */
export function useDeckView(): PlaybackDeckView {
  const { deck } = useReviewScope();
  return useSyncExternalStore(deck.subscribe, () => deck.view);
}
