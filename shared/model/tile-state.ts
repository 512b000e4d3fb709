import { z } from "zod";
import { assertNever } from "../base/result.ts";
import { FailureReason } from "./device.ts";
import type { SourceStatus } from "./stream-status.ts";

/** What a tile shows; the table in docs/design/domain.md. A picture is proven live or it says so. */
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
    retryAt: z.int().nullable(),
    lastFrameAt: z.int().nullable(),
  }),
  z.strictObject({ kind: z.literal("denied"), reason: FailureReason, detail: z.string() }),
  z.strictObject({ kind: z.literal("unsupported"), detail: z.string() }),
]);
export type TileState = z.infer<typeof TileState>;

/** What the player has seen with its own eyes; all times ms UTC on this computer's clock. */
export interface PictureEvidence {
  /** When the tile began to wait for a picture. */
  readonly openedAt: number;
  /** Capture time of the newest frame that was decoded and presented; undefined: none yet. */
  readonly capturedAt: number | undefined;
  /** When that frame was presented. */
  readonly presentedAt: number | undefined;
  /** Expected distance of frames, ms (measured, or 1000 / fps). */
  readonly frameIntervalMs: number;
}

export const delayedAfterMs = 2_000;
export const urgentAfterMs = 10_000;
/** After this long without a frame, a source that is known to be gone turns `stale` into `lost`. */
export const staleAfterMs = (frameIntervalMs: number): number => 2 * frameIntervalMs + 2_000;

/**
 * The one rule for what a tile may claim.
 *
 * Only a newly *presented* frame makes a picture live; its age counts from capture, never from arrival.
 * A source that is known to be gone is `lost` at once, however fresh the last picture is.
 */
export function tileState(picture: PictureEvidence, source: SourceStatus, now: number): TileState {
  switch (source.kind) {
    case "waiting":
      if (source.retryAt === null && source.reason === "unsupported-codec") {
        return { kind: "unsupported", detail: source.detail };
      }
      if (source.retryAt === null) return { kind: "denied", reason: source.reason, detail: source.detail };
      return {
        kind: "lost",
        reason: source.reason,
        detail: source.detail,
        retryAt: source.retryAt,
        lastFrameAt: picture.capturedAt ?? source.lastFrameAt,
      };
    case "idle":
    case "connecting":
    case "playing":
      break;
    default:
      return assertNever(source);
  }
  const { capturedAt, presentedAt, openedAt, frameIntervalMs } = picture;
  if (capturedAt === undefined || presentedAt === undefined) return { kind: "connecting", since: openedAt };
  const forMs = now - presentedAt;
  if (forMs > staleAfterMs(frameIntervalMs) || forMs < -staleAfterMs(frameIntervalMs)) {
    return { kind: "stale", lastFrameAt: capturedAt, forMs, isUrgent: Math.abs(forMs) > urgentAfterMs };
  }
  const ageMs = now - capturedAt;
  return ageMs > delayedAfterMs ? { kind: "delayed", ageMs } : { kind: "live", ageMs };
}
