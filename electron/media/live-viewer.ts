import type { Clock } from "../../shared/base/clock.ts";
import type { MediaMessage } from "../../shared/contract/media-port.ts";
import type { SourceStatus } from "../../shared/model/stream-status.ts";
import type { StreamEpoch, StreamFragment } from "./fragment-stream.ts";
import type { Viewer } from "./viewer.ts";

export interface LiveViewerDeps {
  readonly subscription: number;
  readonly wantsSound: boolean;
  readonly clock: Clock;
  readonly post: (message: MediaMessage) => void;
}

/** A window that has not taken a fragment for this long is sent nothing more until it caught up. */
const behindLimitMs = 3_000;

/**
 * A low-latency subscription: an init, then a fragment a frame.
 *
 * Sound is in the init only while it flows, for a declared track without data stops the player. When
 * that changes, the next keyframe brings a new init under a new epoch number.
 */
export class LiveViewer implements Viewer {
  readonly wantsSound: boolean;
  readonly #deps: LiveViewerDeps;
  #source: StreamEpoch | undefined;
  /** What the window was last told to expect. */
  #sent: { readonly source: StreamEpoch; readonly hasSound: boolean } | undefined;
  #epoch = 0;
  #sequence = 0;
  #untaken: { readonly sequence: number; readonly sentMs: number }[] = [];
  #isPaused = false;
  #skipped = 0;

  constructor(deps: LiveViewerDeps) {
    this.#deps = deps;
    this.wantsSound = deps.wantsSound;
  }

  /** Fragments left out because the window was behind. */
  get skippedFragments(): number {
    return this.#skipped;
  }

  /** The window has taken everything up to this sequence number. */
  appended(sequence: number): void {
    while ((this.#untaken[0]?.sequence ?? Number.POSITIVE_INFINITY) <= sequence) this.#untaken.shift();
  }

  onStatus(status: SourceStatus): void {
    this.#deps.post({ type: "status", subscription: this.#deps.subscription, status });
  }

  onEpoch(epoch: StreamEpoch): void {
    this.#source = epoch;
  }

  onFragment(fragment: StreamFragment, isSounding: boolean): void {
    const source = this.#source;
    if (source === undefined || source.epoch !== fragment.epoch) return;
    if (fragment.track === "audio") {
      if (this.#isPaused || this.#sent?.source !== source || !this.#sent.hasSound) return;
      this.#post(fragment, []);
      return;
    }
    if (this.#isBehind(fragment)) {
      this.#skipped += 1;
      return;
    }
    if (fragment.isKeyframe)
      this.#begin(source, this.wantsSound && isSounding && source.soundInit !== undefined);
    if (this.#sent?.source !== source) return;
    this.#post(fragment, [{ presentationS: fragment.presentationS, capturedAt: fragment.capturedAt }]);
  }

  #isBehind(fragment: StreamFragment): boolean {
    const oldest = this.#untaken[0];
    if (this.#isPaused) {
      this.#isPaused = oldest !== undefined || !fragment.isKeyframe;
    } else {
      this.#isPaused = oldest !== undefined && this.#deps.clock.monotonicMs() - oldest.sentMs > behindLimitMs;
    }
    return this.#isPaused;
  }

  #begin(source: StreamEpoch, hasSound: boolean): void {
    if (this.#sent?.source === source && this.#sent.hasSound === hasSound) return;
    this.#sent = { source, hasSound };
    this.#epoch += 1;
    const init = hasSound ? source.soundInit : source.videoInit;
    this.#deps.post({
      type: "init",
      subscription: this.#deps.subscription,
      epoch: this.#epoch,
      codecs: (hasSound ? source.soundCodecs : undefined) ?? source.videoCodecs,
      width: source.width,
      height: source.height,
      fps: source.fps,
      bytes: init ?? source.videoInit,
    });
  }

  #post(
    fragment: StreamFragment,
    frames: { readonly presentationS: number; readonly capturedAt: number }[],
  ): void {
    this.#sequence += 1;
    this.#untaken.push({ sequence: this.#sequence, sentMs: this.#deps.clock.monotonicMs() });
    this.#deps.post({
      type: "fragment",
      subscription: this.#deps.subscription,
      epoch: this.#epoch,
      sequence: this.#sequence,
      isKeyframe: fragment.isKeyframe,
      bytes: fragment.bytes,
      frames,
    });
  }
}
