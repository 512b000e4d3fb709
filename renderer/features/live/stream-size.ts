export type StreamSize = "small" | "large";

/** One tile, as large as it is on the screen. */
export interface SizedTile {
  readonly id: string;
  /** Height of the picture in device pixels, digital zoom included. */
  readonly pictureHeightPx: number;
  /** Height of the sub stream; 0 when it is not known. */
  readonly subHeightPx: number;
  readonly before: StreamSize;
}

const growAbove = 1.35;
const shrinkBelow = 1.1;
const usualSubHeightPx = 360;
/** Main streams one window decodes at most; the largest tiles have them. */
export const mostLarge = 6;

/**
 * Which tiles deserve the main stream: those drawn clearly larger than the sub stream, the largest first.
 *
 * Between 1.1 and 1.35 times the sub stream's height a tile keeps what it has, so that dragging a window's
 * edge does not switch streams back and forth.
 */
export function streamSizes(
  tiles: readonly SizedTile[],
  budget = mostLarge,
): ReadonlyMap<string, StreamSize> {
  const factor = ({ pictureHeightPx, subHeightPx }: SizedTile): number =>
    pictureHeightPx / (subHeightPx > 0 ? subHeightPx : usualSubHeightPx);
  const wanting = tiles
    .filter((tile) => factor(tile) > (tile.before === "large" ? shrinkBelow : growAbove))
    .sort((a, b) => factor(b) - factor(a) || Number(b.before === "large") - Number(a.before === "large"));
  const large = new Set(wanting.slice(0, budget).map((tile) => tile.id));
  return new Map(tiles.map((tile) => [tile.id, large.has(tile.id) ? "large" : "small"]));
}
