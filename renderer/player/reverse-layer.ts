import type { PlaybackId } from "../../shared/base/ids.ts";
import type { DecoderPort } from "./group-decoder.ts";
import type { PlaybackSource } from "./playback-feed.ts";
import { ReverseFeed } from "./reverse-feed.ts";

export interface ReverseLayerDeps {
  readonly openSource: (playback: PlaybackId) => PlaybackSource;
  readonly decoders: DecoderPort;
  readonly budgetBytes: () => number;
}

interface Laid {
  readonly playback: PlaybackId;
  readonly feed: ReverseFeed;
  readonly canvas: HTMLCanvasElement;
}

/**
 * Pictures played backwards over the `<video>` of a tile. The next stretch is prepared behind the picture; once it is
 * broken, the tile goes back by seeking its video instead.
 */
export class ReverseLayer {
  readonly #deps: ReverseLayerDeps;
  #host: HTMLElement | null = null;
  #front: Laid | undefined;
  #back: Laid | undefined;
  #brokenPlayback: PlaybackId | undefined;

  constructor(deps: ReverseLayerDeps) {
    this.#deps = deps;
  }

  /** A picture of it is on the screen. */
  get isShown(): boolean {
    return this.#front?.feed.shownAt !== undefined;
  }

  /** When the picture on the screen was captured, ms UTC. */
  get shownAt(): number | undefined {
    return this.#front?.feed.shownAt;
  }

  /** Whether this playback can be played backwards picture by picture, as far as is known. */
  canPlay(playback: PlaybackId): boolean {
    return this.#brokenPlayback !== playback;
  }

  attach(host: HTMLElement | null): void {
    this.#host = host;
    for (const laid of [this.#back, this.#front]) if (laid !== undefined) host?.append(laid.canvas);
  }

  /** Shows the picture of this instant; false while it is not there. */
  follow(playback: PlaybackId, at: number): boolean {
    const newest = this.#back ?? this.#front;
    if (newest?.playback !== playback) {
      this.#drop(this.#back);
      this.#back = this.#lay(playback);
    }
    for (const laid of [this.#front, this.#back]) laid?.feed.follow(at);
    if (this.#back?.feed.isReady(at) === true) {
      this.#drop(this.#front);
      this.#front = this.#back;
      this.#back = undefined;
      this.#host?.append(this.#front.canvas);
    }
    return this.#front?.feed.isReady(at) === true;
  }

  /** The video below shows again. */
  hide(): void {
    this.#drop(this.#front);
    this.#drop(this.#back);
    this.#front = undefined;
    this.#back = undefined;
  }

  #lay(playback: PlaybackId): Laid {
    const { openSource, decoders, budgetBytes } = this.#deps;
    const canvas = document.createElement("canvas");
    canvas.setAttribute("aria-hidden", "true");
    canvas.dataset["layer"] = "front";
    const feed = new ReverseFeed({
      canvas,
      decoders,
      source: openSource(playback),
      budgetBytes: budgetBytes(),
      onFailed: () => {
        this.#brokenPlayback = playback;
        this.hide();
      },
    });
    return { playback, feed, canvas };
  }

  #drop(laid: Laid | undefined): void {
    laid?.feed.stop();
  }
}
