import { useSyncExternalStore } from "react";
import { systemClock } from "../../../shared/base/clock.ts";
import { assertNever } from "../../../shared/base/result.ts";
import { errorWords } from "../../messages/error-words.ts";
import type { Say } from "../../messages/messages.ts";
import type { MotionState } from "../../pictures/motion/motion-desk.ts";
import { longestSearchMs } from "../../pictures/motion/motion-search.ts";
import { PictureError } from "../../pictures/picture-work.ts";
import { useMotionDesk } from "../../pictures/Pictures.tsx";
import { useReview } from "./review-context.tsx";
import { markedSpan } from "./review-store.ts";

const none: MotionState = { kind: "none" };
const never = (): (() => void) => () => undefined;

/** The window's motion search as it stands. */
export function useMotionState(): MotionState {
  const store = useMotionDesk()?.store;
  return useSyncExternalStore(store?.subscribe ?? never, () => store?.getState() ?? none);
}

/** What would be searched, and why it cannot be. */
export interface MotionSpan {
  readonly from: number;
  readonly to: number;
  readonly source: "marked" | "visible";
  readonly refusal: "long" | "future" | null;
}

/** The marked stretch, else what the ruler shows; never later than now. */
export function useMotionSpan(): MotionSpan {
  const marks = useReview((review) => review.marks);
  const view = useReview((review) => review.view);
  const marked = markedSpan(marks);
  const { from, to } = marked ?? { from: view.startAt, to: view.endAt };
  const until = Math.min(Math.round(to), systemClock.now());
  const refusal = until <= from ? "future" : until - from > longestSearchMs ? "long" : null;
  return { from: Math.round(from), to: until, source: marked === null ? "visible" : "marked", refusal };
}

/** How a search stands, in words. */
export function motionWords(state: Exclude<MotionState, { kind: "none" }>, say: Say, took: string): string {
  const { progress } = state;
  const values = {
    count: progress.moments.length,
    share: Math.floor(progress.share * 100),
    pictures: progress.pictures,
    duration: took,
  };
  switch (state.kind) {
    case "running":
      return say("motion.found", values);
    case "done":
      return say("motion.done", values);
    case "cancelled":
      return say("motion.cancelled", values);
    case "failed":
      return say("motion.failed", { detail: failureWords(state.error, say) });
    default:
      return assertNever(state);
  }
}

function failureWords(error: unknown, say: Say): string {
  if (error instanceof PictureError && error.fault.kind === "unsupported") {
    return say("picture.unsupported", { codec: error.fault.codec });
  }
  return errorWords(say, error);
}
