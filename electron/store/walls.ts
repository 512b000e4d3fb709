import { z } from "zod";
import type { WallId } from "../../shared/base/ids.ts";
import { fail, ok, type Result } from "../../shared/base/result.ts";
import { Wall } from "../../shared/model/layout.ts";
import type { ReadDb, WriteDb } from "./db.ts";
import { parseRow, parseRows } from "./rows.ts";

const WallRow = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    layout: z.string(),
    columns: z.int(),
    rows: z.int(),
    changed_at: z.int(),
  })
  .transform(({ changed_at: changedAt, ...row }) => ({ ...row, changedAt }));

const TileRow = z
  .strictObject({
    wall_id: z.string(),
    position: z.int(),
    grid_column: z.int(),
    grid_row: z.int(),
    column_span: z.int(),
    row_span: z.int(),
    channel_id: z.string().nullable(),
    mode: z.string(),
  })
  .transform((row) => ({
    wallId: row.wall_id,
    tile: {
      place: {
        column: row.grid_column,
        row: row.grid_row,
        columnSpan: row.column_span,
        rowSpan: row.row_span,
      },
      channelId: row.channel_id,
      mode: row.mode,
    },
  }));

function assemble(db: ReadDb, where: string, ...args: readonly (string | number)[]): Wall[] {
  const walls = parseRows(
    WallRow,
    "wall",
    db.prepare(`select * from wall where ${where} order by name, id limit 1000`).all(...args),
  );
  const tiles = db.prepare("select * from wall_tile where wall_id = ? order by position");
  return walls.map((wall) =>
    parseRow(Wall, "wall", {
      ...wall,
      tiles: parseRows(TileRow, "wall_tile", tiles.all(wall.id)).map(({ tile }) => tile),
    }),
  );
}

/** Every wall by name. */
export const listWalls = (db: ReadDb): Wall[] => assemble(db, "true");

/** One wall, or undefined. */
export const getWall = (db: ReadDb, id: WallId): Wall | undefined => assemble(db, "id = ?", id).at(0);

/**
 * Stores a wall, new or known by its id. Fails with `name-taken` when another has the name. A tile whose
 * camera is gone is kept empty.
 */
export function saveWall(db: WriteDb, wall: Wall): Result<Wall, { readonly kind: "name-taken" }> {
  const holder = db.prepare("select 1 from wall where name = ? and id <> ?").get(wall.name, wall.id);
  if (holder !== undefined) return fail({ kind: "name-taken" });
  db.prepare(
    `insert into wall (id, name, layout, columns, rows, changed_at)
     values (@id, @name, @layout, @columns, @rows, @changedAt)
     on conflict (id) do update set name = excluded.name, layout = excluded.layout,
       columns = excluded.columns, rows = excluded.rows, changed_at = excluded.changed_at`,
  ).run({ ...wall, tiles: null });
  db.prepare("delete from wall_tile where wall_id = ?").run(wall.id);
  const insert = db.prepare(
    `insert into wall_tile (wall_id, position, grid_column, grid_row, column_span, row_span, channel_id, mode)
     values (@wallId, @position, @column, @row, @columnSpan, @rowSpan,
       (select id from channel where id = @channelId), @mode)`,
  );
  for (const [position, { place, channelId, mode }] of wall.tiles.entries()) {
    insert.run({ ...place, wallId: wall.id, position, channelId, mode });
  }
  return ok(getWall(db, wall.id) ?? wall);
}

/** Removes a wall. False: there was none. */
export const removeWall = (db: WriteDb, id: WallId): boolean =>
  db.prepare("delete from wall where id = ?").run(id).changes > 0;
