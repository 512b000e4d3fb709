import { z } from "zod";
import { assertNever } from "../base/result.ts";
import { FailureReason } from "./device.ts";
import type { SourceStatus } from "./stream-status.ts";

/** What a tile shows; the table in docs/design/live-tiles.md. A picture is proven live or it says so. */
export const TileState = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("connecting"), since: z.int() }),
  z.strictObject({ kind: z.literal("live"), ageMs: z.number() }),
  z.strictObject({ kind: z.literal("delayed"), ageMs: z.number() }),
  z.strictObject({
    kind: z.literal("stale"),
    lastFrameAt: z.int(),
    forMs: z.number(),
    isUrgent: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal("lost"),
    reason: FailureReason,
    detail: z.string(),
    /** Next try, ms UTC; null: a try is under way. */
    retryAt: z.int().nullable(),
    lastFrameAt: z.int().nullable(),
  }),
  z.strictObject({ kind: z.literal("denied"), reason: FailureReason, detail: z.string() }),
  z.strictObject({ kind: z.literal("unsupported"), detail: z.string() }),
]);
export type TileState = z.infer<typeof TileState>;

/** One instant on both of this computer's clocks: `wallMs` for words, `monotonicMs` for every duration. */
export interface Moment {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** The newest frame that was decoded and put on the screen. */
export interface PresentedFrame {
  /** Capture time, ms UTC: for words, never for durations. */
  readonly capturedAt: number;
  /**
   * The same moment on the monotonic clock, fixed when the frame's bytes arrived: from then on a step of this
   * computer's clock changes no age. Never later than the arrival, whatever a camera's clock claims.
   */
  readonly capturedMs: number;
  readonly presentedMs: number;
}

/** What the player has seen with its own eyes; all times monotonic ms. */
export interface PictureEvidence {
  /** When the tile began to wait for a picture. */
  readonly openedMs: number;
  /**
   * Frames presented before this prove nothing: the window was hidden, the computer slept, or its clock was set.
   */
  readonly watchedFromMs: number;
  readonly frame: PresentedFrame | undefined;
  /** Expected distance of frames (measured, or 1000 / fps). */
  readonly frameIntervalMs: number;
}

type Waiting = Extract<SourceStatus, { kind: "waiting" }>;

/** What the media process says of the source, and the failure from which it has not yet recovered. */
export interface SourceEvidence {
  readonly status: SourceStatus;
  readonly failure: Waiting | undefined;
}

/** Takes in a status: a failure stays in force through further attempts until the source plays again. */
export function withStatus(source: SourceEvidence, status: SourceStatus): SourceEvidence {
  switch (status.kind) {
    case "waiting":
      return { status, failure: status };
    case "idle":
    case "connecting":
      return { status, failure: source.failure };
    case "playing":
      return { status, failure: undefined };
    default:
      return assertNever(status);
  }
}

export const delayedAfterMs = 2_000;
export const urgentAfterMs = 10_000;
const slowestFrameIntervalMs = 10_000;

/** After this long without a new frame the picture is stale: two frame intervals and two seconds. */
export function staleAfterMs(frameIntervalMs: number): number {
  const interval = Number.isFinite(frameIntervalMs) ? frameIntervalMs : 1_000;
  return 2 * Math.min(slowestFrameIntervalMs, Math.max(0, interval)) + 2_000;
}

/**
 * The one rule for what a tile may claim.
 *
 * Only a newly *presented* frame makes a picture live; its age counts from capture, never from arrival.
 * A source that is known to be gone is `lost` at once, however fresh the last picture is; one that answers but
 * sends no pictures (`stalled`) stays `stale`, so that the tile does not flicker with every attempt.
 */
export function tileState(picture: PictureEvidence, source: SourceEvidence, now: Moment): TileState {
  const { failure } = source;
  if (failure === undefined) return byPicture(picture, now);
  const { reason, detail } = failure;
  if (failure.retryAt === null && source.status.kind === "waiting") {
    return reason === "unsupported-codec"
      ? { kind: "unsupported", detail }
      : { kind: "denied", reason, detail };
  }
  if (reason === "stalled" && picture.frame !== undefined) return stale(picture.frame, now);
  return {
    kind: "lost",
    reason,
    detail,
    retryAt: source.status.kind === "waiting" ? failure.retryAt : null,
    lastFrameAt: picture.frame === undefined ? failure.lastFrameAt : Math.round(picture.frame.capturedAt),
  };
}

function byPicture(picture: PictureEvidence, now: Moment): TileState {
  const { frame, openedMs, watchedFromMs } = picture;
  if (frame === undefined) {
    return { kind: "connecting", since: Math.round(now.wallMs - (now.monotonicMs - openedMs)) };
  }
  const limitMs = staleAfterMs(picture.frameIntervalMs);
  if (frame.presentedMs < watchedFromMs) {
    const watchedMs = now.monotonicMs - watchedFromMs;
    if (watchedMs > limitMs) return stale(frame, now);
    return { kind: "connecting", since: Math.round(now.wallMs - watchedMs) };
  }
  const forMs = now.monotonicMs - frame.presentedMs;
  if (forMs > limitMs || forMs < 0) return stale(frame, now);
  const ageMs = now.monotonicMs - Math.min(frame.capturedMs, frame.presentedMs);
  return ageMs > delayedAfterMs ? { kind: "delayed", ageMs } : { kind: "live", ageMs };
}

function stale(frame: PresentedFrame, now: Moment): TileState {
  const forMs = Math.max(0, now.monotonicMs - frame.presentedMs);
  return {
    kind: "stale",
    lastFrameAt: Math.round(frame.capturedAt),
    forMs,
    isUrgent: forMs > urgentAfterMs,
  };
}

/** What a live or delayed picture may say of itself; ms, `endsMs` on the monotonic clock. */
export interface Claim {
  readonly ageMs: number;
  /** When it stops being true if nothing more is ever seen. */
  readonly endsMs: number;
}

/**
 * The claim of a state that calls its picture moving: `live` while the picture is young, `delayed` until it would be
 * stale. Undefined for states that claim nothing.
 */
export function claimOf({ frame, frameIntervalMs }: PictureEvidence, state: TileState): Claim | undefined {
  if (frame === undefined || (state.kind !== "live" && state.kind !== "delayed")) return undefined;
  const { kind, ageMs } = state;
  const staleMs = frame.presentedMs + staleAfterMs(frameIntervalMs);
  const oldMs = Math.min(frame.capturedMs, frame.presentedMs) + delayedAfterMs;
  return { ageMs, endsMs: kind === "live" ? Math.min(oldMs, staleMs) : staleMs };
}

/**
 * How far wall-clock and monotonic time went apart between two moments, ms.
 *
 * Beyond a second it means that the clock was set or that the computer slept: what was seen before proves
 * nothing about now.
 */
export function clockStepMs(before: Moment, after: Moment): number {
  return after.wallMs - before.wallMs - (after.monotonicMs - before.monotonicMs);
}
