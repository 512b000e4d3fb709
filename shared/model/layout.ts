import { z } from "zod";
import { ChannelId, WallId } from "../base/ids.ts";

export const LayoutName = z.enum(["1", "4", "9", "16", "25", "36", "64", "1+5", "1+7", "2+8"]);
export type LayoutName = z.infer<typeof LayoutName>;

/** A tile's place in the grid, in cells from the top left. */
export const TilePlace = z.strictObject({
  column: z.int().min(0).max(15),
  row: z.int().min(0).max(15),
  columnSpan: z.int().min(1).max(16),
  rowSpan: z.int().min(1).max(16),
});
export type TilePlace = z.infer<typeof TilePlace>;

/** How a tile is fed: `auto` chooses and says which it chose. */
export const TileMode = z.enum(["auto", "low-latency", "standard"]);
export type TileMode = z.infer<typeof TileMode>;

export const Tile = z.strictObject({
  place: TilePlace,
  channelId: ChannelId.nullable(),
  mode: TileMode,
});
export type Tile = z.infer<typeof Tile>;

export const WallName = z.string().trim().min(1).max(64);

/** A saved arrangement for one window. */
export const Wall = z.strictObject({
  id: WallId,
  name: WallName,
  /** The layout it was made from; the tiles may have been spanned since. */
  layout: LayoutName,
  columns: z.int().min(1).max(16),
  rows: z.int().min(1).max(16),
  tiles: z.array(Tile).min(1).max(64),
  changedAt: z.int(),
});
export type Wall = z.infer<typeof Wall>;

interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Large tiles first: column, row, columnSpan, rowSpan; the rest of the grid is filled with single cells. */
  readonly large: readonly (readonly [number, number, number, number])[];
}

const grids: Readonly<Record<LayoutName, Grid>> = {
  "1": { columns: 1, rows: 1, large: [] },
  "4": { columns: 2, rows: 2, large: [] },
  "9": { columns: 3, rows: 3, large: [] },
  "16": { columns: 4, rows: 4, large: [] },
  "25": { columns: 5, rows: 5, large: [] },
  "36": { columns: 6, rows: 6, large: [] },
  "64": { columns: 8, rows: 8, large: [] },
  "1+5": { columns: 3, rows: 3, large: [[0, 0, 2, 2]] },
  "1+7": { columns: 4, rows: 4, large: [[0, 0, 3, 3]] },
  "2+8": {
    columns: 4,
    rows: 4,
    large: [
      [0, 0, 2, 2],
      [2, 0, 2, 2],
    ],
  },
};

/** The grid and places of a named layout; places in reading order with the large tiles first. */
export function layoutPlaces(name: LayoutName): {
  readonly columns: number;
  readonly rows: number;
  readonly places: readonly TilePlace[];
} {
  const { columns, rows, large } = grids[name];
  const places: TilePlace[] = large.map(([column, row, columnSpan, rowSpan]) => ({
    column,
    row,
    columnSpan,
    rowSpan,
  }));
  const isCovered = (column: number, row: number): boolean =>
    large.some(([c, r, w, h]) => column >= c && column < c + w && row >= r && row < r + h);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (!isCovered(column, row)) places.push({ column, row, columnSpan: 1, rowSpan: 1 });
    }
  }
  return { columns, rows, places };
}
