import { dateTime } from "../../messages/format.ts";
import type { PlaybackDeck } from "../../player/playback-deck.ts";
import { drawTimeline } from "./draw-timeline.ts";
import type { TimelineColours } from "./drawing.ts";
import { timelineColours } from "./timeline-colours.ts";
import type { TimelineScene, TimelineSize } from "./timeline-scene.ts";

export interface TimelineCanvasDeps {
  readonly canvas: HTMLCanvasElement;
  readonly deck: PlaybackDeck;
  readonly zoneName: string;
}

interface Shown {
  readonly scene: Omit<TimelineScene, "playheadAt">;
  readonly size: TimelineSize;
}

/**
 * Draws on one canvas whenever the scene or the common time changes, at most once a frame, and says the time to
 * readers. The canvas keeps its pixels and its colours from drawing to drawing: both are dear to get.
 */
export class TimelineCanvas {
  readonly #deps: TimelineCanvasDeps;
  #shown: Shown | undefined;
  #unsubscribe: (() => void) | undefined;
  #frame: number | undefined;
  #colours: TimelineColours | undefined;

  constructor(deps: TimelineCanvasDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#unsubscribe = this.#deps.deck.subscribeTime((at) => this.#timeMoved(at));
  }

  stop(): void {
    this.#unsubscribe?.();
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }

  /** Shows another scene from the next frame on; at once where the canvas gets another size, which empties it. */
  show(scene: Shown["scene"], size: TimelineSize): void {
    const { canvas } = this.#deps;
    this.#shown = { scene, size };
    const width = Math.round(size.width * window.devicePixelRatio);
    const height = Math.round(size.height * window.devicePixelRatio);
    if (canvas.width === width && canvas.height === height) {
      this.#drawSoon();
      return;
    }
    canvas.width = width;
    canvas.height = height;
    canvas.style.height = `${size.height}px`;
    this.#draw();
  }

  #timeMoved(at: number): void {
    const { canvas, zoneName } = this.#deps;
    canvas.setAttribute("aria-valuenow", String(Math.round(at)));
    canvas.setAttribute("aria-valuetext", dateTime(at, zoneName));
    this.#drawSoon();
  }

  #drawSoon(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#draw();
    });
  }

  #draw(): void {
    const { canvas, deck } = this.#deps;
    const drawing = canvas.getContext("2d");
    const host = canvas.parentElement;
    if (drawing === null || host === null || this.#shown === undefined) return;
    const { scene, size } = this.#shown;
    const scale = canvas.width / Math.max(1, size.width);
    drawing.setTransform(scale, 0, 0, scale, 0, 0);
    this.#colours ??= timelineColours(host);
    drawTimeline(drawing, { ...scene, playheadAt: deck.at }, size, this.#colours);
  }
}
