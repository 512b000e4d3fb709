/** A point of a picture: 0 to 1 from the left and from the top, whatever its size. */
export interface PicturePoint {
  readonly x: number;
  readonly y: number;
}

/** An area of the picture by its corners, three at least; a rectangle has four. */
export type Region = readonly PicturePoint[];

/** Most corners of an area, and most areas: more cannot be told apart on a tile. */
export const mostCorners = 32;
export const mostRegions = 8;
/** Areas smaller than this share of the picture's width or height are slips of the hand. */
const leastSide = 0.01;

const within = (value: number): number => Math.min(1, Math.max(0, value));

/** The rectangle between two opposite corners; undefined when it is too small to be meant. */
export function rectangleBetween(a: PicturePoint, b: PicturePoint): Region | undefined {
  const [left, right] = [within(Math.min(a.x, b.x)), within(Math.max(a.x, b.x))];
  const [top, bottom] = [within(Math.min(a.y, b.y)), within(Math.max(a.y, b.y))];
  if (right - left < leastSide || bottom - top < leastSide) return undefined;
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ];
}

/** Is the point inside? By the number of edges to its right (even-odd rule). */
export function isInside(region: Region, { x, y }: PicturePoint): boolean {
  let isIn = false;
  for (const [index, a] of region.entries()) {
    const b = region[(index + 1) % region.length] ?? a;
    const crosses = a.y > y !== b.y > y;
    if (crosses && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) isIn = !isIn;
  }
  return isIn;
}

/**
 * Which blocks of a grid belong to the areas: those whose middle lies in one, and the one around an area's middle
 * however small it is. Without any area all do.
 */
export function maskOf(regions: readonly Region[], columns: number, rows: number): Uint8Array {
  const mask = new Uint8Array(columns * rows);
  if (regions.length === 0) return mask.fill(1);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const middle = { x: (column + 0.5) / columns, y: (row + 0.5) / rows };
      if (regions.some((region) => isInside(region, middle))) mask[row * columns + column] = 1;
    }
  }
  for (const region of regions) {
    const { x, y } = middleOf(region);
    const column = Math.min(columns - 1, Math.floor(x * columns));
    const row = Math.min(rows - 1, Math.floor(y * rows));
    mask[row * columns + column] = 1;
  }
  return mask;
}

function middleOf(region: Region): PicturePoint {
  const sum = region.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 });
  const count = Math.max(1, region.length);
  return { x: within(sum.x / count), y: within(sum.y / count) };
}
