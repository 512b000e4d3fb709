import type { RecordingSpan } from "../../../shared/model/recording.ts";

/**
 * One lane of two streams of a channel: what either recorded is recorded; where neither did, the first one's cause
 * holds, then the other's. In order and without overlap, as each of the lanes is.
 */
export function mergeLanes(
  first: readonly RecordingSpan[],
  second: readonly RecordingSpan[],
): RecordingSpan[] {
  const ofKind = (spans: readonly RecordingSpan[], kind: RecordingSpan["kind"]) =>
    reader(spans.filter((span) => span.kind === kind));
  const ranked = [
    ofKind(first, "recorded"),
    ofKind(second, "recorded"),
    ofKind(first, "gap"),
    ofKind(second, "gap"),
  ];
  const all = [...first, ...second];
  const edges = [...new Set(all.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  const merged: RecordingSpan[] = [];
  for (const [index, from] of edges.entries()) {
    const to = edges[index + 1];
    const found = ranked.map((spanAt) => spanAt(from)).find((span) => span !== undefined);
    if (to === undefined || found === undefined) continue;
    const before = merged.at(-1);
    if (before !== undefined && before.to === from && isSame(before, found)) {
      const isBroken = [before, found].some((span) => span.kind === "recorded" && span.isBroken);
      merged[merged.length - 1] = before.kind === "gap" ? { ...before, to } : { ...before, to, isBroken };
    } else merged.push({ ...found, from, to });
  }
  return merged;
}

/** Finds the span of a list at instants that only go forward. */
function reader(spans: readonly RecordingSpan[]): (at: number) => RecordingSpan | undefined {
  let next = 0;
  return (at) => {
    while ((spans[next]?.to ?? Number.POSITIVE_INFINITY) <= at) next += 1;
    const span = spans[next];
    return span !== undefined && span.from <= at ? span : undefined;
  };
}

const isSame = (one: RecordingSpan, other: RecordingSpan): boolean =>
  one.kind === "gap"
    ? other.kind === "gap" && one.cause === other.cause && one.by === other.by
    : other.kind === "recorded";
