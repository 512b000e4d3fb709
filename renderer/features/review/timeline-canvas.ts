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
  readonly scene: Omit<TimelineScene, "playheadAt">;
  readonly size: TimelineSize;
}

/** Draws one scene on the canvas whenever the common time moves, at most once a frame, and says the time to readers. */
export class TimelineCanvas {
  readonly #deps: TimelineCanvasDeps;
  #unsubscribe: (() => void) | undefined;
  #frame: number | undefined;
  #colours: TimelineColours | undefined;

  constructor(deps: TimelineCanvasDeps) {
    this.#deps = deps;
  }

  start(): void {
    const { canvas, deck, size } = this.#deps;
    const scale = window.devicePixelRatio;
    canvas.width = Math.round(size.width * scale);
    canvas.height = Math.round(size.height * scale);
    canvas.style.height = `${size.height}px`;
    this.#draw();
    this.#unsubscribe = deck.subscribeTime((at) => this.#timeMoved(at));
  }

  stop(): void {
    this.#unsubscribe?.();
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }

  #timeMoved(at: number): void {
    const { canvas, zoneName } = this.#deps;
    canvas.setAttribute("aria-valuenow", String(Math.round(at)));
    canvas.setAttribute("aria-valuetext", dateTime(at, zoneName));
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#draw();
    });
  }

  #draw(): void {
    const { canvas, deck, scene, size } = this.#deps;
    const drawing = canvas.getContext("2d");
    const host = canvas.parentElement;
    if (drawing === null || host === null) return;
    const scale = canvas.width / Math.max(1, size.width);
    drawing.setTransform(scale, 0, 0, scale, 0, 0);
    this.#colours ??= timelineColours(host);
    drawTimeline(drawing, { ...scene, playheadAt: deck.at }, size, this.#colours);
  }
}
