import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { ChannelId, WallId } from "../base/ids.ts";
import { LayoutName, Tile, Wall, WallName } from "../model/layout.ts";
import { StreamStatus } from "../model/stream-status.ts";
import { TileState } from "../model/tile-state.ts";

export const walls = {
  list: oc.output(z.array(Wall)),
  changed: oc.output(eventIterator(z.strictObject({ sequence: z.int(), wallId: WallId }))),
  save: oc
    .errors({ NAME_TAKEN: {} })
    .input(
      z.strictObject({
        /** Null makes a new wall. */
        id: WallId.nullable(),
        name: WallName,
        layout: LayoutName,
        columns: z.int().min(1).max(16),
        rows: z.int().min(1).max(16),
        tiles: z.array(Tile).min(1).max(64),
      }),
    )
    .output(Wall),
  remove: oc
    .errors({ NOT_FOUND: {} })
    .input(z.strictObject({ id: WallId }))
    .output(z.null()),
};

/** What a window says about its own tiles; main adds the windows up and writes stale and lost as events. */
export const TileReport = z.strictObject({
  channelId: ChannelId,
  state: TileState,
  latencyMs: z.number().nullable(),
  dropped: z.int().min(0),
});
export type TileReport = z.infer<typeof TileReport>;

export const live = {
  statuses: oc.output(z.array(StreamStatus)),
  /** Source status of every stream that changed. */
  changed: oc.output(eventIterator(StreamStatus)),
  /** Once a second from each window. */
  reportTiles: oc.input(z.array(TileReport).max(64)).output(z.null()),
  /** Ends the wait of a source that is lost or refused and tries at once. */
  retry: oc
    .errors({ NOT_FOUND: {} })
    .input(z.strictObject({ channelId: ChannelId }))
    .output(z.null()),
  /** Saves a PNG or JPEG of a tile to the snapshot folder; the name holds channel, site time and UTC offset. */
  saveSnapshot: oc
    .errors({ NOT_FOUND: {}, NOT_SAVED: { data: z.strictObject({ detail: z.string() }) } })
    .input(
      z.strictObject({
        channelId: ChannelId,
        capturedAt: z.int(),
        /** Base64 of the PNG, at most 24 MB. */
        png: z.base64().max(32_000_000),
      }),
    )
    .output(z.strictObject({ path: z.string() })),
  /** The last picture known of a channel as a JPEG data URL with its capture time; null when there is none. */
  lastPicture: oc
    .input(z.strictObject({ channelId: ChannelId }))
    .output(z.strictObject({ capturedAt: z.int(), dataUrl: z.string() }).nullable()),
  /** A window keeps the last good picture of a tile (JPEG, at most 200 kB) for the next start. */
  keepPicture: oc
    .input(z.strictObject({ channelId: ChannelId, capturedAt: z.int(), jpeg: z.base64().max(280_000) }))
    .output(z.null()),
};

/** What each window was showing, kept over restarts. */
export const WindowState = z.strictObject({
  page: z.enum(["live", "alarms", "review", "events", "devices", "settings", "gallery"]),
  wallId: WallId.nullable(),
});
export type WindowState = z.infer<typeof WindowState>;

export const windows = {
  /** Opens a further window, on another monitor if there is one. */
  open: oc.input(WindowState).output(z.null()),
  /** Toggles full screen of the calling window. */
  setFullScreen: oc.input(z.strictObject({ on: z.boolean() })).output(z.null()),
  /** Whether the calling window is in full screen, however it came to that; the page itself cannot see it. */
  fullScreen: oc.output(z.strictObject({ on: z.boolean() })),
  state: oc.output(WindowState),
  keepState: oc.input(WindowState).output(z.null()),
  close: oc.output(z.null()),
};
