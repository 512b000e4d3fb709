import { z } from "zod";
import { WindowState } from "../../shared/contract/live.ts";
import type { ReadDb, WriteDb } from "./db.ts";
import { parseRow, parseRows } from "./rows.ts";

/** Where a window stood, in device-independent pixels, and what it showed. */
export const WindowPlace = z.strictObject({
  /** 0 is the first window. */
  slot: z.int().min(0).max(31),
  x: z.int(),
  y: z.int(),
  width: z.int().min(1),
  height: z.int().min(1),
  /** The system's number of the monitor it stood on. */
  displayId: z.int(),
  mode: z.enum(["normal", "maximised", "full-screen"]),
  state: WindowState,
});
export type WindowPlace = z.infer<typeof WindowPlace>;

const WindowRow = z
  .strictObject({
    slot: z.int(),
    x: z.int(),
    y: z.int(),
    width: z.int(),
    height: z.int(),
    display_id: z.int(),
    mode: z.string(),
    page: z.string(),
    wall_id: z.string().nullable(),
  })
  .transform(({ display_id: displayId, page, wall_id: wallId, ...row }) => ({
    ...row,
    displayId,
    state: { page, wallId },
  }));

/** Every remembered window, the first one first. */
export const listWindowPlaces = (db: ReadDb): WindowPlace[] =>
  parseRows(
    WindowRow,
    "window_place",
    db.prepare("select * from window_place order by slot limit 32").all(),
  ).map((row) => parseRow(WindowPlace, "window_place", row));

/** Remembers a window; a wall that is gone is forgotten with it. */
export function saveWindowPlace(db: WriteDb, place: WindowPlace): void {
  db.prepare(
    `insert into window_place (slot, x, y, width, height, display_id, mode, page, wall_id)
     values (@slot, @x, @y, @width, @height, @displayId, @mode, @page, (select id from wall where id = @wallId))
     on conflict (slot) do update set x = excluded.x, y = excluded.y, width = excluded.width,
       height = excluded.height, display_id = excluded.display_id, mode = excluded.mode,
       page = excluded.page, wall_id = excluded.wall_id`,
  ).run({
    slot: place.slot,
    x: place.x,
    y: place.y,
    width: place.width,
    height: place.height,
    displayId: place.displayId,
    mode: place.mode,
    page: place.state.page,
    wallId: place.state.wallId,
  });
}

/** Forgets a window that a person closed. */
export function removeWindowPlace(db: WriteDb, slot: number): void {
  db.prepare("delete from window_place where slot = ?").run(slot);
}
