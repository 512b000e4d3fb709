/** Digital zoom of a picture: `scale` times, with its middle moved by a share of the tile's width and height. */
export interface Zoom {
  readonly scale: number;
  /** −0.5 to 0.5 of the picture, 0 is the middle. */
  readonly x: number;
  readonly y: number;
}

export const noZoom: Zoom = { scale: 1, x: 0, y: 0 };
const mostScale = 16;

/**
 * Zooms by `factor` so that the point under the pointer stays where it is.
 *
 * @param at the pointer in the tile, 0 to 1 from the top left
 */
export function zoomAt(zoom: Zoom, factor: number, at: { readonly x: number; readonly y: number }): Zoom {
  const scale = Math.max(1, Math.min(mostScale, zoom.scale * factor));
  const keep = (center: number, pointer: number): number =>
    center + (pointer - 0.5) / zoom.scale - (pointer - 0.5) / scale;
  return bounded({ scale, x: keep(zoom.x, at.x), y: keep(zoom.y, at.y) });
}

/** Moves the picture by a share of the tile, as a drag does. */
export function moveBy(zoom: Zoom, dx: number, dy: number): Zoom {
  return bounded({ ...zoom, x: zoom.x - dx / zoom.scale, y: zoom.y - dy / zoom.scale });
}

/** The CSS transform that shows it. */
export function zoomTransform({ scale, x, y }: Zoom): string {
  return scale === 1 ? "" : `scale(${scale}) translate(${-x * 100}%, ${-y * 100}%)`;
}

function bounded({ scale, x, y }: Zoom): Zoom {
  const most = 0.5 - 0.5 / scale;
  const within = (value: number): number => Math.max(-most, Math.min(most, value)) + 0;
  return { scale, x: within(x), y: within(y) };
}
