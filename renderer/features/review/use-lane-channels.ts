import { useMemo } from "react";
import type { ChannelId } from "../../../shared/base/ids.ts";
import { useReview, useReviewScope, type ReviewScope } from "./review-context.tsx";
import type { ReviewState } from "./review-store.ts";

/** Most lanes of a ruler: one question for a screen may name no more. */
const mostLanes = 64;

/** The cameras with a lane on the ruler: those that play, then the others of the site where all are wanted. */
export function laneChannels(
  { channels: shown, lanes }: Pick<ReviewState, "channels" | "lanes">,
  channels: ReviewScope["channels"],
): readonly ChannelId[] {
  return lanes === "shown" ? shown : [...new Set([...shown, ...channels.keys()])].slice(0, mostLanes);
}

/** The cameras with a lane on the ruler, the same list until it changes. */
export function useLaneChannels(): readonly ChannelId[] {
  const { channels } = useReviewScope();
  const shown = useReview((review) => review.channels);
  const lanes = useReview((review) => review.lanes);
  return useMemo(() => laneChannels({ channels: shown, lanes }, channels), [shown, lanes, channels]);
}
