/** The brightness of a picture, a byte a pixel, row after row. */
export interface Luma {
  readonly bytes: Uint8Array;
  /** Bytes from one row to the next. */
  readonly stride: number;
  readonly width: number;
  readonly height: number;
}

/** A picture in blocks: of each its mean brightness and how much it varies inside (standard deviation), 0 to 255. */
export interface LumaGrid {
  readonly columns: number;
  readonly rows: number;
  readonly means: Float32Array;
  readonly textures: Float32Array;
}

/** Blocks over the width of a picture: 20 pixels of 1280, 10 of 640. */
export const gridColumns = 64;
/** A block is looked at by this many pixels a side at most; more say nothing new. */
const mostSamples = 10;

/** As many rows that the blocks are about square. */
export function rowsFor(width: number, height: number): number {
  return Math.min(gridColumns * 2, Math.max(1, Math.round((gridColumns * height) / Math.max(1, width))));
}

/** Sums a picture up in blocks. */
export function gridOf({ bytes, stride, width, height }: Luma): LumaGrid {
  const columns = gridColumns;
  const rows = rowsFor(width, height);
  const means = new Float32Array(columns * rows);
  const textures = new Float32Array(columns * rows);
  const stepX = Math.max(1, Math.floor(width / columns / mostSamples));
  const stepY = Math.max(1, Math.floor(height / rows / mostSamples));
  for (let row = 0; row < rows; row += 1) {
    const top = Math.floor((row * height) / rows);
    const bottom = Math.max(top + 1, Math.floor(((row + 1) * height) / rows));
    for (let column = 0; column < columns; column += 1) {
      const left = Math.floor((column * width) / columns);
      const right = Math.max(left + 1, Math.floor(((column + 1) * width) / columns));
      let sum = 0;
      let squares = 0;
      let count = 0;
      for (let y = top; y < bottom; y += stepY) {
        for (let at = y * stride + left; at < y * stride + right; at += stepX) {
          const value = bytes[at] ?? 0;
          sum += value;
          squares += value * value;
          count += 1;
        }
      }
      const mean = sum / count;
      means[row * columns + column] = mean;
      textures[row * columns + column] = Math.sqrt(Math.max(0, squares / count - mean * mean));
    }
  }
  return { columns, rows, means, textures };
}
