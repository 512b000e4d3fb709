import type { TilePlace } from "../../../shared/model/layout.ts";
import type { WallDraft } from "./wall-draft.ts";

export type Direction = "left" | "right" | "up" | "down";

const middle = (place: TilePlace): { readonly x: number; readonly y: number } => ({
  x: place.column + place.columnSpan / 2,
  y: place.row + place.rowSpan / 2,
});

/** The tile an arrow key leads to, or undefined at the edge. Left and right go on in the next row. */
export function neighbourOf(draft: WallDraft, tileId: string, direction: Direction): string | undefined {
  const index = draft.tiles.findIndex((tile) => tile.id === tileId);
  const from = draft.tiles[index];
  if (from === undefined) return draft.tiles[0]?.id;
  const here = middle(from.place);
  const isAhead = (place: TilePlace): boolean => {
    switch (direction) {
      case "left":
        return place.column + place.columnSpan <= from.place.column;
      case "right":
        return place.column >= from.place.column + from.place.columnSpan;
      case "up":
        return place.row + place.rowSpan <= from.place.row;
      case "down":
        return place.row >= from.place.row + from.place.rowSpan;
    }
  };
  const isAcross = direction === "left" || direction === "right";
  const distance = (place: TilePlace): number => {
    const there = middle(place);
    const along = isAcross ? Math.abs(there.x - here.x) : Math.abs(there.y - here.y);
    const aside = isAcross ? Math.abs(there.y - here.y) : Math.abs(there.x - here.x);
    return along + 3 * aside;
  };
  const sharesLine = (place: TilePlace): boolean =>
    isAcross
      ? place.row < from.place.row + from.place.rowSpan && from.place.row < place.row + place.rowSpan
      : place.column < from.place.column + from.place.columnSpan &&
        from.place.column < place.column + place.columnSpan;
  const ahead = draft.tiles.filter((tile) => isAhead(tile.place) && sharesLine(tile.place));
  const [nearest] = ahead.sort((a, b) => distance(a.place) - distance(b.place));
  if (nearest !== undefined || !isAcross) return nearest?.id;
  return draft.tiles[direction === "right" ? index + 1 : index - 1]?.id;
}
