/**
 * The machine-readable stamp burnt into every simulated picture: which scene, and the capture time within the minute.
 *
 * Geometry (docs/design/scenes.md): one row of 32 square cells along the bottom edge, starting at the left edge.
 * A cell is 1/45 of the picture's height: 8 px at 360 lines, 16 px at 720; a multiple of the codec's 8×8 transform,
 * so a cell survives strong compression as one flat block. Cells, left to right:
 *
 *     0      bright reference      2–17   milliseconds of the minute, 16 bits, most significant first
 *     1      dark reference        18–21  scene number, 4 bits
 *     31     dark reference        22–29  CRC-8 (polynomial 0x07) over the 20 bits before it
 *     30     bright reference
 */
export interface FrameStamp {
  /** When the picture was taken: 0 … 59 999 ms after the full UTC minute. */
  readonly msOfMinute: number;
  /** Number of the scene, 0 … 15 (`sceneNames`). */
  readonly scene: number;
}

/** Cells in the row. */
export const stampCells = 32;
/** Luma of a bright and of a dark cell as drawn; readers compare with the reference cells instead. */
export const stampBrightLuma = 168;
export const stampDarkLuma = 32;

const minuteMs = 60_000;
/** Below this distance of the reference cells there is no stamp in the picture. */
const smallestContrast = 40;

/** Side of one cell in pixels for a picture of this height. */
export function stampCellSize(height: number): number {
  return height / 45;
}

/**
 * The 32 cells of a stamp, true = bright.
 *
 * @throws {RangeError} when a number does not fit its bits.
 */
export function encodeFrameStamp(stamp: FrameStamp): readonly boolean[] {
  const { msOfMinute, scene } = stamp;
  if (!Number.isInteger(msOfMinute) || msOfMinute < 0 || msOfMinute >= minuteMs) {
    throw new RangeError(`milliseconds of the minute out of range: ${msOfMinute}`);
  }
  if (!Number.isInteger(scene) || scene < 0 || scene > 15) {
    throw new RangeError(`scene number out of range: ${scene}`);
  }
  const payload = msOfMinute * 16 + scene;
  const cells = [true, false];
  for (let bit = 19; bit >= 0; bit -= 1) cells.push(((payload >>> bit) & 1) === 1);
  const check = crc8(payload);
  for (let bit = 7; bit >= 0; bit -= 1) cells.push(((check >>> bit) & 1) === 1);
  cells.push(true, false);
  return cells;
}

/** Brightness of one pixel, any linear scale with a range of about 255. */
export type LumaAt = (x: number, y: number) => number;

/**
 * Reads the stamp of a decoded picture of any size, or undefined when there is none (or it is damaged).
 *
 * Samples the middle of each cell, so scaling by the decoder or a canvas does no harm down to about 180 lines.
 */
export function decodeFrameStamp(lumaAt: LumaAt, width: number, height: number): FrameStamp | undefined {
  const cell = stampCellSize(height);
  if (cell < 2 || cell * stampCells > width) return undefined;
  const cells: number[] = [];
  for (let index = 0; index < stampCells; index += 1) cells.push(cellLuma(lumaAt, index, cell, height));
  const [bright = 0, dark = 0] = cells;
  const brightEnd = cells[stampCells - 2] ?? 0;
  const darkEnd = cells[stampCells - 1] ?? 0;
  const contrast = Math.min(bright, brightEnd) - Math.max(dark, darkEnd);
  if (contrast < smallestContrast) return undefined;
  const threshold = (bright + brightEnd + dark + darkEnd) / 4;
  const payload = bitsOf(cells.slice(2, 22), threshold);
  if (bitsOf(cells.slice(22, 30), threshold) !== crc8(payload)) return undefined;
  const msOfMinute = payload >>> 4;
  return msOfMinute < minuteMs ? { msOfMinute, scene: payload & 15 } : undefined;
}

/** The same from RGBA bytes as a canvas's `getImageData` or a WebCodecs copy gives them. */
export function decodeFrameStampRgba(image: {
  readonly data: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
}): FrameStamp | undefined {
  const { data, width, height } = image;
  const lumaAt: LumaAt = (x, y) => {
    const at = (y * width + x) * 4;
    return 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
  };
  return decodeFrameStamp(lumaAt, width, height);
}

/**
 * The capture time a stamp stands for: of all times with these milliseconds of the minute, the one nearest to `now`.
 *
 * Right for pictures up to 30 s old or 30 s early.
 *
 * @param now ms UTC
 * @returns ms UTC
 */
export function captureTimeNear(msOfMinute: number, now: number): number {
  const distance = msOfMinute - (((now % minuteMs) + minuteMs) % minuteMs);
  const half = minuteMs / 2;
  if (distance > half) return now + distance - minuteMs;
  if (distance <= -half) return now + distance + minuteMs;
  return now + distance;
}

function cellLuma(lumaAt: LumaAt, index: number, cell: number, height: number): number {
  const middleX = (index + 0.5) * cell;
  const middleY = height - cell / 2;
  const reach = cell / 8;
  let sum = 0;
  for (const [dx, dy] of [
    [0, 0],
    [-1, -1],
    [1, -1],
    [-1, 1],
    [1, 1],
  ] as const) {
    sum += lumaAt(Math.floor(middleX + dx * reach), Math.floor(middleY + dy * reach));
  }
  return sum / 5;
}

function bitsOf(cells: readonly number[], threshold: number): number {
  return cells.reduce((value, luma) => value * 2 + (luma > threshold ? 1 : 0), 0);
}

/** CRC-8, polynomial x⁸+x²+x+1, start 0xFF, over the 20 payload bits as three bytes. */
function crc8(payload: number): number {
  let crc = 0xff;
  for (const shift of [16, 8, 0]) {
    crc ^= (payload >>> shift) & 0xff;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : (crc << 1) & 0xff;
  }
  return crc;
}
