import type { BookmarkColour } from "../../../shared/model/recording.ts";

/** Colours of the drawing, read from the tokens. */
export interface TimelineColours {
  readonly surface: string;
  readonly line: string;
  readonly text: string;
  readonly strongText: string;
  readonly recorded: string;
  readonly broken: string;
  readonly gap: string;
  readonly future: string;
  readonly playhead: string;
  readonly select: string;
  readonly event: string;
  readonly lock: string;
  readonly bookmark: Readonly<Record<BookmarkColour, string>>;
  readonly font: string;
}

/** What the drawing needs of a canvas: the 2D context, and tests' own recorder. */
export type Drawing = Pick<
  CanvasRenderingContext2D,
  | "fillRect"
  | "strokeRect"
  | "fillText"
  | "measureText"
  | "beginPath"
  | "moveTo"
  | "lineTo"
  | "stroke"
  | "fill"
  | "closePath"
  | "save"
  | "restore"
  | "rect"
  | "clip"
> & {
  fillStyle: CanvasRenderingContext2D["fillStyle"];
  strokeStyle: CanvasRenderingContext2D["strokeStyle"];
  lineWidth: number;
  globalAlpha: number;
  font: string;
  textBaseline: CanvasTextBaseline;
};
