import fc from "fast-check";
import { expect, test } from "vitest";
import { mergeLanes } from "../../../electron/main/recording/merge-lanes.ts";
import type { RecordingSpan } from "../../../shared/model/recording.ts";

/** A lane as the store answers one: in order, nothing overlaps. */
const lane = fc
  .array(fc.record({ pause: fc.nat(3), length: fc.integer({ min: 1, max: 6 }), kind: fc.nat(2) }), {
    maxLength: 8,
  })
  .map((parts) => {
    let at = 0;
    return parts.map(({ pause, length, kind }): RecordingSpan => {
      const from = at + pause;
      at = from + length;
      if (kind === 0) return { kind: "recorded", from, to: at, isBroken: false };
      return { kind: "gap", from, to: at, cause: kind === 1 ? "no-event" : "offline" };
    });
  });
const spanAt = (spans: readonly RecordingSpan[], at: number): RecordingSpan | undefined =>
  spans.find(({ from, to }) => from <= at && at < to);

test("of every instant the merged lane says recorded if either was, and else why the first one was not", () => {
  fc.assert(
    fc.property(lane, lane, (first, second) => {
      const merged = mergeLanes(first, second);
      for (const [index, span] of merged.entries()) {
        expect(span.to).toBeGreaterThan(span.from);
        expect(span.from).toBeGreaterThanOrEqual(merged[index - 1]?.to ?? 0);
      }
      for (let at = 0; at < 80; at += 1) {
        const both = [spanAt(first, at), spanAt(second, at)];
        const expected = both.find((span) => span?.kind === "recorded") ?? both[0] ?? both[1];
        const found = spanAt(merged, at);
        expect(found?.kind).toBe(expected?.kind);
        if (expected?.kind === "gap") expect(found).toMatchObject({ cause: expected.cause });
      }
    }),
  );
});
