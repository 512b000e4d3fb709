import { useMemo, useRef, useState } from "react";
import { ContextMenu, type MenuPoint } from "../../design/ContextMenu.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { LivePicture } from "../../player/LivePicture.tsx";
import { usePlayer, usePlayerView } from "../../player/player-context.tsx";
import type { PlayWish } from "../../player/player-state.ts";
import { ReplayPicture } from "../../player/ReplayPicture.tsx";
import { StatsOverlay } from "../../player/StatsOverlay.tsx";
import { useSettings } from "../../read-model/use-settings.ts";
import type { Channel } from "../../../shared/model/channel.ts";
import { PtzControls } from "./PtzControls.tsx";
import { SpanHandle } from "./SpanHandle.tsx";
import { tileCommands, tileMenu, type TileCondition, type TileDeeds } from "./tile-commands.ts";
import { TileFrame } from "./TileFrame.tsx";
import { TileToolbar } from "./TileToolbar.tsx";
import type { StreamSize } from "./stream-size.ts";
import { useRemoveCamera } from "./use-remove-camera.ts";
import { useRecordNow } from "../../recording-rule/use-record-now.ts";
import { useTileHandle } from "./use-tile-handle.ts";
import { useWall, useWallScope } from "./wall-context.tsx";
import { withMode, type DraftTile } from "./wall-draft.ts";

export interface WallTileProps {
  readonly tile: DraftTile;
  readonly channel: Channel;
  /** Its place in reading order, from 1. */
  readonly position: number;
  readonly size: StreamSize;
}

/** States that hide whatever picture there was: nothing can be done to it. */
const withoutPicture: ReadonlySet<string> = new Set(["lost", "denied", "unsupported"]);

/** A tile with a camera: its picture and everything that can be done to it. */
export function WallTile({ tile, channel, position, size }: WallTileProps) {
  const say = useSay();
  const removeCamera = useRemoveCamera();
  const { store } = useWallScope();
  const autoMode = useSettings().liveMode;
  const isHeard = useWall((wall) => wall.soundId === tile.id);
  const isSteered = useWall((wall) => wall.ptzId === tile.id);
  const isMaximised = useWall((wall) => wall.maximisedId === tile.id);
  const isReplayed = useWall((wall) => wall.replayId === tile.id);
  const hasStats = useWall((wall) => wall.statsIds.has(tile.id));
  const isZoomed = useWall((wall) => wall.zooms.has(tile.id));
  const [menuAt, setMenuAt] = useState<MenuPoint | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const sound = isHeard ? "on" : "off";
  const wish = useMemo<PlayWish>(
    () => ({ streams: channel.streams, size, mode: tile.mode, autoMode, sound }),
    [channel.streams, size, tile.mode, autoMode, sound],
  );
  const driver = usePlayer(channel.id, wish);
  const view = usePlayerView(driver);
  const recordNow = useRecordNow(channel.id);
  const handle = useTileHandle({ tileId: tile.id, channel, driver, frame });
  const condition: TileCondition = {
    hasPicture: view.hasPicture && !isReplayed && !withoutPicture.has(view.state.kind),
    isReplayed,
    hasSound: view.hasSound || channel.streams.some((stream) => stream.audioCodec !== null),
    canRetry: ["lost", "denied", "unsupported", "stale"].includes(view.state.kind),
    canMove: channel.ptz,
    isSteered,
    isZoomed,
    isHeard,
    isMaximised,
    hasStats,
    recordedFor: recordNow.recordedFor,
    mode: tile.mode,
  };
  const deeds: TileDeeds = {
    ...handle,
    record: recordNow.toggle,
    steer: () => store.getState().steer(isSteered ? null : tile.id),
    zoom: () => (handle.isZoomed() ? handle.resetZoom() : handle.zoomBy(2)),
    stats: () => store.getState().toggleStats(tile.id),
    replay: () => store.getState().replay(isReplayed ? null : tile.id),
    sound: () => store.getState().listenTo(isHeard ? null : tile.id),
    maximise: () => store.getState().maximise(isMaximised ? null : tile.id),
    setMode: (mode) => store.getState().change((draft) => withMode(draft, tile.id, mode)),
    remove: () => removeCamera(tile.id),
  };
  const label = say("live.tile.label", { number: position, camera: channel.number, name: channel.name });
  return (
    <TileFrame tile={tile} label={label} frame={frame} onMenu={setMenuAt}>
      <LivePicture
        channel={channel}
        driver={driver}
        mode={tile.mode}
        cover={
          isReplayed ? (
            <ReplayPicture key={channel.id} channel={channel} onLive={() => store.getState().replay(null)} />
          ) : undefined
        }
      >
        {hasStats && driver !== undefined && <StatsOverlay driver={driver} mode={tile.mode} />}
        {isSteered && channel.ptz && (
          <PtzControls
            key={channel.id}
            channel={channel}
            frame={frame}
            onLeave={() => store.getState().steer(null)}
          />
        )}
        <TileToolbar name={channel.name} commands={tileCommands(condition, deeds, say)} onMore={setMenuAt} />
      </LivePicture>
      {!isMaximised && <SpanHandle tile={tile} />}
      <ContextMenu
        label={label}
        at={menuAt}
        entries={tileMenu(condition, deeds, recordNow.entries, say)}
        onClose={() => setMenuAt(null)}
      />
    </TileFrame>
  );
}
