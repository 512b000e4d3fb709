import type { RecordingSpan } from "../../../shared/model/recording.ts";
import { clockTime, dateTime } from "../../messages/format.ts";
import type { Say } from "../../messages/messages.ts";
import { spanAt } from "./timeline-scene.ts";

/** Why nothing is recorded, in a few words; without a known gap nothing was to be recorded. */
export function causeWords(span: RecordingSpan | null, say: Say): string {
  if (span?.kind !== "gap") return say("review.cause.never");
  return span.by === undefined
    ? say(`review.cause.${span.cause}`)
    : say("review.cause.off-by", { name: span.by });
}

export interface GapQuestion {
  readonly say: Say;
  readonly zone: string;
  readonly now: number;
}

/** What a tile says where nothing is recorded: why, from when to when. */
export function gapWords(
  spans: readonly RecordingSpan[],
  at: number,
  { say, zone, now }: GapQuestion,
): string {
  const span = spanAt(spans, at);
  const last = spans.at(-1);
  if (span?.kind !== "gap") {
    const isNewest = last === undefined || at >= last.to;
    return isNewest && at > now - 60_000 ? say("review.tile.future") : say("review.cause.never");
  }
  const cause = causeWords(span, say);
  const isOver = span.to < now - 10_000;
  const isShort = span.to - span.from < 86_400_000;
  const from = isShort ? clockTime(span.from, zone) : dateTime(span.from, zone);
  if (!isOver) return say("review.tile.since", { cause, from });
  return say("review.tile.until", {
    cause,
    from,
    to: isShort ? clockTime(span.to, zone) : dateTime(span.to, zone),
  });
}

/** The cause of a stretch that every camera missed; the first that any of them names. */
export function causeOfCrossing(
  lanes: readonly { readonly spans: readonly RecordingSpan[] }[],
  at: number,
  say: Say,
): string {
  const gaps = lanes.map(({ spans }) => spanAt(spans, at));
  return causeWords(gaps.find((span) => span?.kind === "gap") ?? null, say);
}
