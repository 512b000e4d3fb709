import type { SourceStatus } from "../../shared/model/stream-status.ts";
import type { PresentedFrame } from "../../shared/model/tile-state.ts";
import type { MediaOrder } from "./media-link.ts";

/** What a feed tells its driver. */
export interface FeedEvents {
  readonly onStatus: (status: SourceStatus) => void;
  /** This window cannot decode what the camera sends. */
  readonly onUnsupported: (codecs: string) => void;
  /** The feed cannot go on; it has to be built again. */
  readonly onBroken: (error: Error) => void;
}

/** What a feed knows of its pictures' encoding; from the initialisation segment or the playlist. */
export interface FeedFormat {
  readonly codecs: string;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
}

/** One way of filling one `<video>`: by single frames, or by hls.js. */
export interface Feed {
  readonly order: MediaOrder;
  readonly format: FeedFormat | undefined;
  start(): void;
  /** Frees everything; the video element can be used again afterwards. */
  stop(): void;
  /** Live-edge control that does not wait for data; several times a second. */
  tick(monotonicMs: number): void;
  /** When the frame shown at `mediaTimeS` was captured, or undefined when that is not known. */
  captured(mediaTimeS: number, presentedMs: number): PresentedFrame | undefined;
}
