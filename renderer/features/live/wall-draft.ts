import type { ChannelId, WallId } from "../../../shared/base/ids.ts";
import {
  layoutPlaces,
  type LayoutName,
  type TileMode,
  type TilePlace,
  type Wall,
} from "../../../shared/model/layout.ts";

/** A tile while it is on the screen: its id stays with its picture when it moves. */
export interface DraftTile {
  readonly id: string;
  readonly place: TilePlace;
  readonly channelId: ChannelId | null;
  readonly mode: TileMode;
}

/** A wall as it is being arranged. The tiles always cover the grid exactly. */
export interface WallDraft {
  readonly wallId: WallId | null;
  readonly name: string;
  readonly layout: LayoutName;
  readonly columns: number;
  readonly rows: number;
  /** In reading order. */
  readonly tiles: readonly DraftTile[];
  /** Cameras that found no room; the next free tile takes the first of them. */
  readonly parked: readonly ChannelId[];
  readonly nextId: number;
}

/** A new, unnamed wall with the cameras in reading order; what finds no room is parked. */
export function draftOfLayout(layout: LayoutName, channels: readonly ChannelId[]): WallDraft {
  const { columns, rows } = layoutPlaces(layout);
  const empty: WallDraft = {
    wallId: null,
    name: "",
    layout,
    columns,
    rows,
    tiles: [],
    parked: channels,
    nextId: 1,
  };
  return withLayout(empty, layout);
}

/** A saved wall, opened. Places that do not fit its own grid are dropped, holes are filled with empty tiles. */
export function draftOfWall(wall: Wall): WallDraft {
  const draft: WallDraft = {
    wallId: wall.id,
    name: wall.name,
    layout: wall.layout,
    columns: wall.columns,
    rows: wall.rows,
    tiles: [],
    parked: [],
    nextId: wall.tiles.length + 1,
  };
  const tiles: DraftTile[] = [];
  for (const [index, { place, channelId, mode }] of wall.tiles.entries()) {
    const fits = place.column + place.columnSpan <= wall.columns && place.row + place.rowSpan <= wall.rows;
    if (!fits || tiles.some((tile) => doOverlap(tile.place, place))) continue;
    tiles.push({ id: `t${index + 1}`, place, channelId, mode });
  }
  return withoutHoles({ ...draft, tiles });
}

/** The smallest plain layout with room for `count` cameras. */
export function layoutFor(count: number): LayoutName {
  const plain: readonly LayoutName[] = ["1", "4", "9", "16", "25", "36"];
  return plain.find((name) => Number(name) >= count) ?? "64";
}

/** Another layout: cameras keep their reading order and, where they stay, their picture. */
export function withLayout(draft: WallDraft, layout: LayoutName): WallDraft {
  const { columns, rows, places } = layoutPlaces(layout);
  const shown = draft.tiles.filter((tile) => tile.channelId !== null);
  const kept = shown.slice(0, places.length);
  const parked = [...shown.slice(places.length).flatMap((tile) => tile.channelId ?? []), ...draft.parked];
  const tiles = kept.flatMap((tile, index) => {
    const place = places[index];
    return place === undefined ? [] : [{ ...tile, place }];
  });
  // Places that stay free are made one by one, because those of the named layouts may be larger than a cell.
  let next: WallDraft = { ...draft, layout, columns, rows, tiles, parked };
  for (const place of places.slice(kept.length)) next = withNewTile(next, place);
  return sorted(next);
}

/** Shows a camera in a tile; what the tile showed before goes. */
export function withChannel(draft: WallDraft, tileId: string, channelId: ChannelId | null): WallDraft {
  const parked = draft.parked.filter((id) => id !== channelId);
  const tiles = draft.tiles.map((tile) => (tile.id === tileId ? { ...tile, channelId } : tile));
  return { ...draft, tiles, parked };
}

export function withMode(draft: WallDraft, tileId: string, mode: TileMode): WallDraft {
  const tiles = draft.tiles.map((tile) => (tile.id === tileId ? { ...tile, mode } : tile));
  return { ...draft, tiles };
}

/** Exchanges the places of two tiles; both pictures go on running. */
export function withSwap(draft: WallDraft, a: string, b: string): WallDraft {
  const first = draft.tiles.find((tile) => tile.id === a);
  const second = draft.tiles.find((tile) => tile.id === b);
  if (first === undefined || second === undefined || first === second) return draft;
  const tiles = draft.tiles.map((tile) => {
    if (tile === first) return { ...tile, place: second.place };
    return tile === second ? { ...tile, place: first.place } : tile;
  });
  return sorted({ ...draft, tiles });
}

/**
 * Makes a tile span so many cells from its top left, at most to the edge of the grid.
 *
 * Cameras it covers are parked and come back when room is made again.
 */
export function withSpan(draft: WallDraft, tileId: string, columnSpan: number, rowSpan: number): WallDraft {
  const target = draft.tiles.find((tile) => tile.id === tileId);
  if (target === undefined) return draft;
  const place: TilePlace = {
    ...target.place,
    columnSpan: within(columnSpan, 1, draft.columns - target.place.column),
    rowSpan: within(rowSpan, 1, draft.rows - target.place.row),
  };
  const covered = draft.tiles.filter((tile) => tile !== target && doOverlap(tile.place, place));
  const tiles = draft.tiles
    .filter((tile) => !covered.includes(tile))
    .map((tile) => (tile === target ? { ...tile, place } : tile));
  const parked = [...covered.flatMap((tile) => tile.channelId ?? []), ...draft.parked];
  return withoutHoles({ ...draft, tiles, parked });
}

/** Puts further cameras into free tiles, in a larger plain layout if there are too few. */
export function withFurther(draft: WallDraft, channels: readonly ChannelId[]): WallDraft {
  const shown = draft.tiles.flatMap((tile) => tile.channelId ?? []);
  const further = channels.filter((id) => !shown.includes(id) && !draft.parked.includes(id));
  const roomy = draft.tiles.length - shown.length >= further.length;
  const next = roomy ? draft : withLayout(draft, layoutFor(shown.length + further.length));
  let left = further;
  const tiles = next.tiles.map((tile) => {
    const [first, ...rest] = left;
    if (tile.channelId !== null || first === undefined) return tile;
    left = rest;
    return { ...tile, channelId: first };
  });
  return { ...next, tiles, parked: [...next.parked, ...left] };
}

/** Whether the draft differs from the wall it was opened from. */
export function isChanged(draft: WallDraft, wall: Wall | undefined): boolean {
  if (wall === undefined) return draft.tiles.some((tile) => tile.channelId !== null);
  return JSON.stringify(comparable(draft)) !== JSON.stringify(comparable(draftOfWall(wall)));
}

function comparable({ columns, rows, tiles }: WallDraft): unknown {
  return {
    columns,
    rows,
    tiles: tiles.map(({ place, channelId, mode }) => [placeKey(place), channelId, mode]),
  };
}

const placeKey = ({ column, row, columnSpan, rowSpan }: TilePlace): string =>
  `${column},${row},${columnSpan},${rowSpan}`;

/** Fills every cell that no tile covers with a tile of its own. */
function withoutHoles(draft: WallDraft): WallDraft {
  let next = draft;
  for (let row = 0; row < draft.rows; row++) {
    for (let column = 0; column < draft.columns; column++) {
      const cell: TilePlace = { column, row, columnSpan: 1, rowSpan: 1 };
      if (!next.tiles.some((tile) => doOverlap(tile.place, cell))) next = withNewTile(next, cell);
    }
  }
  return sorted(next);
}

function withNewTile(draft: WallDraft, place: TilePlace): WallDraft {
  const [channelId = null, ...parked] = draft.parked;
  const tile: DraftTile = { id: `t${draft.nextId}`, place, channelId, mode: "auto" };
  return { ...draft, tiles: [...draft.tiles, tile], parked, nextId: draft.nextId + 1 };
}

function sorted(draft: WallDraft): WallDraft {
  const tiles = [...draft.tiles].sort((a, b) => a.place.row - b.place.row || a.place.column - b.place.column);
  return { ...draft, tiles };
}

/** Whether two places share a cell. */
export function doOverlap(a: TilePlace, b: TilePlace): boolean {
  return (
    a.column < b.column + b.columnSpan &&
    b.column < a.column + a.columnSpan &&
    a.row < b.row + b.rowSpan &&
    b.row < a.row + a.rowSpan
  );
}

const within = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(most, Math.round(value)));
