import { assertNever } from "../../shared/base/result.ts";
import type { FailureReason } from "../../shared/model/device.ts";
import type { TileMode } from "../../shared/model/layout.ts";
import type { Stream, StreamRole, VideoCodec } from "../../shared/model/stream.ts";
import type { TileState } from "../../shared/model/tile-state.ts";

export type FeedMode = "low-latency" | "standard";

/** Why a tile does not show what was asked for. */
export type PlanNote =
  | { readonly kind: "substitute"; readonly wanted: StreamRole; readonly codec: VideoCodec }
  | { readonly kind: "fallback" };

/** Which stream to play and how. */
export interface PlayPlan {
  readonly role: StreamRole;
  readonly mode: FeedMode;
  readonly audio: boolean;
  readonly note: PlanNote | undefined;
}

/** What a tile would like to show. */
export interface PlayWish {
  readonly streams: readonly Stream[];
  readonly size: "small" | "large";
  readonly mode: TileMode;
  /** Feed of tiles set to `auto`. */
  readonly autoMode: FeedMode;
  readonly sound: "on" | "off";
}

/** What was learnt by trying. */
export interface PlayKnowledge {
  readonly canDecode: (codec: VideoCodec) => boolean;
  /** Roles whose bytes turned out not to be decodable here. */
  readonly unplayable: ReadonlySet<StreamRole>;
  /** The low-latency feed broke again and again. */
  readonly prefersStandard: boolean;
}

/** The plan for a wish, or the codecs that stand in the way of any picture. */
export function planFor(
  wish: PlayWish,
  known: PlayKnowledge,
): PlayPlan | { readonly unsupported: readonly VideoCodec[] } {
  const mode = wish.mode === "auto" ? (known.prefersStandard ? "standard" : wish.autoMode) : wish.mode;
  const fellBack = wish.mode === "auto" && mode !== wish.autoMode;
  const audio = wish.sound === "on";
  const wanted = byRole(
    wish.streams,
    wish.size === "large" ? ["main", "sub", "other"] : ["sub", "main", "other"],
  );
  const [first] = wanted;
  // A device whose streams were never read is asked for its main stream; it will say what is wrong.
  if (first === undefined)
    return { role: "main", mode, audio, note: fellBack ? { kind: "fallback" } : undefined };
  const chosen = wanted.find(({ role, codec }) => known.canDecode(codec) && !known.unplayable.has(role));
  if (chosen === undefined) return { unsupported: [...new Set(wanted.map(({ codec }) => codec))] };
  const note: PlanNote | undefined =
    chosen === first
      ? fellBack
        ? { kind: "fallback" }
        : undefined
      : { kind: "substitute", wanted: first.role, codec: first.codec };
  return { role: chosen.role, mode, audio, note };
}

function byRole(streams: readonly Stream[], order: readonly StreamRole[]): readonly Stream[] {
  return order.flatMap((role) => streams.find((stream) => stream.role === role) ?? []);
}

/** Whether two plans need the same bytes in the same way. */
export function isSameFeed(a: PlayPlan, b: PlayPlan): boolean {
  return a.role === b.role && a.mode === b.mode && a.audio === b.audio;
}

/** What a tile's controls need to know; changes at most a few times a second. */
export interface PlayerView {
  readonly state: TileState;
  readonly plan: PlayPlan | undefined;
  /** Another stream is being prepared behind the picture. */
  readonly isPreparing: boolean;
  /** The element holds a picture, live or not. */
  readonly hasPicture: boolean;
  readonly hasSound: boolean;
  /** The failure the source has not yet recovered from. */
  readonly reason: FailureReason | undefined;
}

/** Whether two views look the same on a tile; a live age is written by the driver and does not count. */
export function isSameView(a: PlayerView, b: PlayerView): boolean {
  return (
    a.plan === b.plan &&
    a.isPreparing === b.isPreparing &&
    a.hasPicture === b.hasPicture &&
    a.hasSound === b.hasSound &&
    a.reason === b.reason &&
    isSameLook(a.state, b.state)
  );
}

function isSameLook(a: TileState, b: TileState): boolean {
  switch (a.kind) {
    case "connecting":
      return b.kind === a.kind;
    case "live":
      return b.kind === a.kind;
    case "delayed":
      return b.kind === a.kind && inTenths(a.ageMs) === inTenths(b.ageMs);
    case "stale":
      return b.kind === a.kind && inSeconds(a.forMs) === inSeconds(b.forMs) && a.isUrgent === b.isUrgent;
    case "lost":
      return b.kind === a.kind && a.reason === b.reason && a.detail === b.detail && a.retryAt === b.retryAt;
    case "denied":
      return b.kind === a.kind && a.reason === b.reason && a.detail === b.detail;
    case "unsupported":
      return b.kind === a.kind && a.detail === b.detail;
    default:
      return assertNever(a);
  }
}

const inSeconds = (ms: number): number => Math.floor(ms / 1_000);
const inTenths = (ms: number): number => Math.floor(ms / 500);

/** What the statistics overlay shows; units in the names. */
export interface PlayerStats {
  readonly codecs: string;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly bitrateKbps: number | undefined;
  /** Capture to screen, middle of the last frames. */
  readonly latencyMs: number | undefined;
  readonly bufferS: number;
  readonly lostPackets: number;
  readonly droppedFrames: number;
  readonly transport: "tcp" | "udp" | undefined;
  readonly reconnects: number;
  /** Capture times are arrival times, because the device's clock is unusable. */
  readonly isArrivalTime: boolean;
}

/** A picture to draw from, and what may be said about it. */
export interface Still {
  readonly video: HTMLVideoElement;
  readonly capturedAt: number;
  readonly state: TileState;
}
