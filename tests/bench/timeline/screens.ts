import type { ChannelId } from "../../../shared/base/ids.ts";
import type { TimeView } from "../../../renderer/features/review/time-view.ts";
import { timelineQuestion } from "../../../renderer/features/review/timeline-question.ts";

const minuteMs = 60_000;
const spansMs = [1, 10, 60, 6 * 60, 24 * 60, 7 * 24 * 60, 30 * 24 * 60, 366 * 24 * 60].map(
  (minutes) => minutes * minuteMs,
);

/** One screen of the ruler, as the page asks for it. */
export interface Screen {
  readonly channels: readonly ChannelId[];
  readonly spanMs: number;
  readonly from: number;
  readonly to: number;
  readonly resolutionMs: number;
}

/** Numbers from 0 to 1, the same ones every time. */
export function steadyRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** So many screens of every width from a minute to a year, of 1, 16 and 64 cameras, anywhere in what is recorded. */
export function screens(
  channels: readonly ChannelId[],
  recorded: { readonly from: number; readonly to: number },
  each: number,
): readonly Screen[] {
  const random = steadyRandom(7);
  return spansMs.flatMap((spanMs) =>
    [1, 16, 64].flatMap((lanes) =>
      Array.from({ length: each }, () => {
        const middle = recorded.from + random() * (recorded.to - recorded.from);
        const view: TimeView = { startAt: middle - spanMs / 2, endAt: middle + spanMs / 2 };
        const first = Math.floor(random() * channels.length);
        const shown = Array.from(
          { length: lanes },
          (_, index) => channels[(first + index) % channels.length],
        );
        return {
          channels: [...new Set(shown.filter((id) => id !== undefined))],
          spanMs,
          ...timelineQuestion(view),
        };
      }),
    ),
  );
}
