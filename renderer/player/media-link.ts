import type { ChannelId, PlaybackId } from "../../shared/base/ids.ts";
import type { MediaMessage } from "../../shared/contract/media-port.ts";
import type { StreamRole } from "../../shared/model/stream.ts";

/** What a feed asks the media process for. */
export interface MediaOrder {
  readonly channelId: ChannelId;
  readonly role: StreamRole;
  readonly mode: "low-latency" | "standard";
  readonly audio: boolean;
  /** Low latency: begin with the next keyframe, not with the group of pictures at hand. */
  readonly isFresh?: boolean | undefined;
}

/** What comes back for one order. `reset`: the media process started anew, its timeline begins again. */
export type MediaNews =
  Extract<MediaMessage, { type: "status" | "init" | "fragment" }> | { readonly type: "reset" };

export interface MediaResponse {
  readonly status: number;
  readonly contentType: string;
  readonly bytes: Uint8Array | null;
}

/** One open order. */
export interface MediaSubscription {
  appended(sequence: number): void;
  /** Asks for a playlist, part, segment or init of standard mode; rejects when the signal aborts. */
  get(path: string, signal: AbortSignal): Promise<MediaResponse>;
  close(): void;
}

/** The window's way to the media process, as the player sees it; `renderer/bridge` provides it. */
export interface MediaLink {
  open(order: MediaOrder, onNews: (news: MediaNews) => void): MediaSubscription;
  /** One recorded channel of a playback that main has allowed; `onLost`: main has to be asked anew. */
  openPlayback(
    order: { readonly playback: PlaybackId; readonly channelId: ChannelId },
    onLost: () => void,
  ): Pick<MediaSubscription, "get" | "close">;
  /** The last half minute of a channel that is shown live, as the media process remembers it now. */
  openReplay(channelId: ChannelId): Pick<MediaSubscription, "get" | "close">;
}
