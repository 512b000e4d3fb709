import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SourceStatus } from "../../../shared/model/stream-status.ts";
import {
  claimOf,
  clockStepMs,
  delayedAfterMs,
  staleAfterMs,
  tileState,
  withStatus,
  type PictureEvidence,
  type SourceEvidence,
} from "../../../shared/model/tile-state.ts";

const wallMs = 1_700_000_000_000;
const now = { wallMs, monotonicMs: 100_000 };
const playing: SourceStatus = {
  kind: "playing",
  since: wallMs - 60_000,
  codec: "H264",
  width: 640,
  height: 360,
  fps: 10,
  bitrateKbps: 500,
  audio: null,
  transport: "tcp",
  lostPackets: 0,
  malformedPackets: 0,
  reconnects: 0,
  arrivalTime: false,
};
const waiting = (
  reason: "timeout" | "stalled" | "unauthorised" | "unsupported-codec",
  retryAt: number | null,
) =>
  ({
    kind: "waiting",
    reason,
    detail: "said by the camera",
    since: wallMs - 5_000,
    attempt: 2,
    retryAt,
    lastFrameAt: wallMs - 9_000,
  }) satisfies SourceStatus;
const connecting: SourceStatus = { kind: "connecting", attempt: 3, since: wallMs - 100 };
const idle: SourceEvidence = { status: { kind: "idle" }, failure: undefined };
const source = (...statuses: SourceStatus[]): SourceEvidence => statuses.reduce(withStatus, idle);

const picture = (
  over: Partial<PictureEvidence> & { agoMs?: number; latencyMs?: number } = {},
): PictureEvidence => {
  const { agoMs = 50, latencyMs = 150, ...rest } = over;
  const presentedMs = now.monotonicMs - agoMs;
  return {
    openedMs: 40_000,
    watchedFromMs: 0,
    frameIntervalMs: 100,
    frame: {
      capturedAt: wallMs - agoMs - latencyMs,
      capturedMs: presentedMs - latencyMs,
      presentedMs,
    },
    ...rest,
  };
};

describe("what a tile may claim", () => {
  it.each([
    ["no frame yet", picture({ frame: undefined }), source(connecting), "connecting"],
    ["a frame just presented", picture(), source(playing), "live"],
    ["a frame at the very limit", picture({ agoMs: 1_800 }), source(playing), "live"],
    ["a picture older than two seconds", picture({ latencyMs: 3_100 }), source(playing), "delayed"],
    ["no new frame for two intervals and 2 s", picture({ agoMs: 2_201 }), source(playing), "stale"],
    [
      "frames that come every 5 s",
      picture({ agoMs: 4_900, frameIntervalMs: 5_000 }),
      source(playing),
      "delayed",
    ],
    [
      "an interval that cannot be known",
      picture({ agoMs: 4_100, frameIntervalMs: Number.NaN }),
      source(playing),
      "stale",
    ],
    ["a fresh picture whose source is gone", picture(), source(waiting("timeout", wallMs + 900)), "lost"],
    [
      "a further attempt after a loss",
      picture({ agoMs: 9_000 }),
      source(waiting("timeout", 1), connecting),
      "lost",
    ],
    [
      "a source that plays again without a frame yet",
      picture({ agoMs: 9_000 }),
      source(waiting("timeout", 1), playing),
      "stale",
    ],
    [
      "a camera that answers but sends nothing",
      picture({ agoMs: 6_000 }),
      source(waiting("stalled", 1)),
      "stale",
    ],
    ["the attempt after that", picture({ agoMs: 8_000 }), source(waiting("stalled", 1), connecting), "stale"],
    [
      "a stalled source that never had a picture",
      picture({ frame: undefined }),
      source(waiting("stalled", 1)),
      "lost",
    ],
    ["a refused password", picture(), source(waiting("unauthorised", null)), "denied"],
    [
      "a codec nobody decodes",
      picture({ frame: undefined }),
      source(waiting("unsupported-codec", null)),
      "unsupported",
    ],
    [
      "a frame from before the window was hidden",
      picture({ agoMs: 900, watchedFromMs: 99_900 }),
      source(playing),
      "connecting",
    ],
    [
      "still none 3 s after the window came back",
      picture({ agoMs: 9_000, watchedFromMs: 97_000 }),
      source(playing),
      "stale",
    ],
    ["a frame presented in the future", picture({ agoMs: -500 }), source(playing), "stale"],
  ] as const)("%s is %#", (_name, seen, from, kind) => {
    expect(tileState(seen, from, now).kind).toBe(kind);
  });

  it("turns urgent after ten seconds without a picture", () => {
    expect(tileState(picture({ agoMs: 9_999 }), source(playing), now)).toMatchObject({ isUrgent: false });
    expect(tileState(picture({ agoMs: 10_001 }), source(playing), now)).toMatchObject({ isUrgent: true });
  });

  it("says when the next attempt comes, and that one is under way", () => {
    const retryAt = wallMs + 900;
    expect(tileState(picture(), source(waiting("timeout", retryAt)), now)).toMatchObject({ retryAt });
    expect(tileState(picture(), source(waiting("timeout", retryAt), connecting), now)).toMatchObject({
      retryAt: null,
      reason: "timeout",
    });
  });

  it("counts ages and durations the same when this computer's clock is set by a year", () => {
    const seen = picture({ agoMs: 3_000 });
    const year = { wallMs: wallMs - 365 * 86_400_000, monotonicMs: now.monotonicMs };
    expect(tileState(seen, source(playing), year)).toMatchObject({ kind: "stale", forMs: 3_000 });
    expect(tileState(picture(), source(playing), year)).toEqual(tileState(picture(), source(playing), now));
  });

  it("measures how far the clocks went apart", () => {
    expect(clockStepMs(now, { wallMs: wallMs + 250, monotonicMs: now.monotonicMs + 250 })).toBe(0);
    expect(clockStepMs(now, { wallMs: wallMs - 3_600_000, monotonicMs: now.monotonicMs + 250 })).toBe(
      -3_600_250,
    );
  });
});

const status = fc.oneof(
  fc.constant<SourceStatus>({ kind: "idle" }),
  fc.constant<SourceStatus>(connecting),
  fc.constant<SourceStatus>(playing),
  fc
    .record({
      reason: fc.constantFrom("timeout", "stalled", "unauthorised", "unsupported-codec"),
      retryAt: fc.option(fc.integer({ min: 0, max: 2e12 })),
    })
    .map(({ reason, retryAt }): SourceStatus => waiting(reason, retryAt)),
);
const time = fc.double({ min: -1e7, max: 1e7, noNaN: true });
const evidence = fc.record({
  openedMs: time,
  watchedFromMs: time,
  frameIntervalMs: fc.oneof(fc.double(), fc.double({ min: 0, max: 2_000, noNaN: true })),
  frame: fc.option(fc.record({ capturedAt: time, capturedMs: time, presentedMs: time }), { nil: undefined }),
});

describe("for any evidence whatever", () => {
  it("a stale picture is never shown as live", () => {
    fc.assert(
      fc.property(
        evidence,
        fc.array(status, { maxLength: 6 }),
        time,
        time,
        (seen, statuses, wall, monotonicMs) => {
          const from = source(...statuses);
          const state = tileState(seen, from, { wallMs: wall, monotonicMs });
          if (state.kind !== "live" && state.kind !== "delayed") return;
          expect(from.failure).toBeUndefined();
          expect(seen.frame).toBeDefined();
          if (seen.frame === undefined) return;
          const sincePresentedMs = monotonicMs - seen.frame.presentedMs;
          expect(sincePresentedMs).toBeGreaterThanOrEqual(0);
          expect(sincePresentedMs).toBeLessThanOrEqual(staleAfterMs(seen.frameIntervalMs));
          expect(seen.frame.presentedMs).toBeGreaterThanOrEqual(seen.watchedFromMs);
          expect(state.ageMs).toBeGreaterThanOrEqual(sincePresentedMs);
          if (state.kind === "live")
            expect(monotonicMs - seen.frame.capturedMs).toBeLessThanOrEqual(delayedAfterMs);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("a tile is live again only by a newer frame: waiting never makes a picture better", () => {
    const rank = { live: 0, delayed: 1, stale: 2 };
    fc.assert(
      fc.property(
        evidence,
        time,
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        (seen, monotonicMs, laterMs) => {
          const from = source(playing);
          const before = tileState(seen, from, { wallMs, monotonicMs });
          const after = tileState(seen, from, { wallMs, monotonicMs: monotonicMs + laterMs });
          if (before.kind !== "delayed" && before.kind !== "live") return;
          expect(after.kind in rank).toBe(true);
          expect(rank[after.kind as keyof typeof rank]).toBeGreaterThanOrEqual(rank[before.kind]);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("a claim ends exactly when the same evidence no longer carries it", () => {
    fc.assert(
      fc.property(evidence, time, (seen, monotonicMs) => {
        const from = source(playing);
        const state = tileState(seen, from, { wallMs, monotonicMs });
        const claim = claimOf(seen, state);
        expect(claim !== undefined).toBe(state.kind === "live" || state.kind === "delayed");
        if (claim === undefined) return;
        expect(claim.endsMs).toBeGreaterThanOrEqual(monotonicMs);
        const kindAt = (atMs: number) => tileState(seen, from, { wallMs, monotonicMs: atMs }).kind;
        expect(kindAt(Math.max(monotonicMs, claim.endsMs - 0.01))).toBe(state.kind);
        expect(kindAt(claim.endsMs + 0.01)).not.toBe(state.kind);
      }),
      { numRuns: 2_000 },
    );
  });
});
