import type { Clock } from "../../shared/base/clock.ts";
import type { SourceStatus } from "../../shared/model/stream-status.ts";
import { HlsOrigin, type HlsResponse } from "../drivers/hls/hls-origin.ts";
import type { StreamEpoch, StreamFragment } from "./fragment-stream.ts";
import type { Viewer } from "./viewer.ts";

export interface StandardViewerDeps {
  readonly clock: Clock;
  readonly wantsSound: boolean;
  readonly partTargetS: number;
  readonly onStatus: (status: SourceStatus) => void;
}

/** Feeds one HLS origin, which all subscriptions of a source in standard mode share. */
export class StandardViewer implements Viewer {
  readonly wantsSound: boolean;
  readonly #deps: StandardViewerDeps;
  readonly #origin: HlsOrigin;
  #source: StreamEpoch | undefined;
  #sent: { readonly source: StreamEpoch; readonly hasSound: boolean } | undefined;
  #epoch = 0;

  constructor(deps: StandardViewerDeps) {
    this.#deps = deps;
    this.wantsSound = deps.wantsSound;
    this.#origin = new HlsOrigin({ clock: deps.clock, partTargetS: deps.partTargetS });
  }

  get bytes(): number {
    return this.#origin.bytes;
  }

  get(path: string, signal: AbortSignal): Promise<HlsResponse> {
    return this.#origin.get(path, signal);
  }

  onStatus(status: SourceStatus): void {
    this.#deps.onStatus(status);
  }

  onEpoch(epoch: StreamEpoch): void {
    this.#source = epoch;
  }

  onFragment(fragment: StreamFragment, isSounding: boolean): void {
    const source = this.#source;
    if (source === undefined || source.epoch !== fragment.epoch) return;
    if (fragment.isKeyframe) {
      const hasSound = this.wantsSound && isSounding && source.soundInit !== undefined;
      if (this.#sent?.source !== source || this.#sent.hasSound !== hasSound) {
        this.#sent = { source, hasSound };
        this.#epoch += 1;
        const init = hasSound ? source.soundInit : undefined;
        this.#origin.beginEpoch(this.#epoch, init ?? source.videoInit, hasSound);
      }
    }
    if (this.#sent?.source !== source) return;
    if (fragment.track === "audio" && !this.#sent.hasSound) return;
    const { track, bytes, isKeyframe, presentationS, durationS, capturedAt } = fragment;
    this.#origin.push({ track, bytes, isKeyframe, startS: presentationS, durationS, capturedAt });
  }
}
