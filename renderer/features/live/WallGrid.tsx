import { useEffect, useRef, useState } from "react";
import { EmptyTile } from "./EmptyTile.tsx";
import { streamSizes, type StreamSize } from "./stream-size.ts";
import { useWall, useWallScope } from "./wall-context.tsx";
import { WallTile } from "./WallTile.tsx";
import tiles from "../../design/picture-tile.module.css";

const pictureRatio = 9 / 16;

/** The tiles. A maximised one stands alone; the others leave the screen and release their players. */
export function WallGrid() {
  const { channels } = useWallScope();
  const draft = useWall((wall) => wall.draft);
  const maximisedId = useWall((wall) => wall.maximisedId);
  const grid = useRef<HTMLDivElement>(null);
  const sizes = useStreamSizes(grid);
  const shown = draft.tiles.filter((tile) => maximisedId === null || tile.id === maximisedId);
  return (
    <div
      ref={grid}
      data-wall
      className={tiles.grid}
      style={{
        gridTemplateColumns: `repeat(${draft.columns}, minmax(0, 1fr))`,
        gridTemplateRows: `repeat(${draft.rows}, minmax(0, 1fr))`,
      }}
    >
      {shown.map((tile) => {
        const channel = tile.channelId === null ? undefined : channels.get(tile.channelId);
        const position = draft.tiles.indexOf(tile) + 1;
        return channel === undefined ? (
          <EmptyTile key={tile.id} tile={tile} position={position} />
        ) : (
          <WallTile
            key={tile.id}
            tile={tile}
            channel={channel}
            position={position}
            size={sizes.get(tile.id) ?? "small"}
          />
        );
      })}
    </div>
  );
}

/** Small or large stream for each tile, by what it measures on the screen. */
function useStreamSizes(grid: React.RefObject<HTMLDivElement | null>): ReadonlyMap<string, StreamSize> {
  const { channels } = useWallScope();
  const draft = useWall((wall) => wall.draft);
  const maximisedId = useWall((wall) => wall.maximisedId);
  const zooms = useWall((wall) => wall.zooms);
  const [area, setArea] = useState({ width: 0, height: 0 });
  const [sizes, setSizes] = useState<ReadonlyMap<string, StreamSize>>(new Map());
  useEffect(() => {
    const element = grid.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setArea({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [grid]);
  useEffect(() => {
    if (area.width === 0) return;
    // Each size depends on the one before it (hysteresis), so it cannot be derived while rendering.
    // oxlint-disable-next-line react/set-state-in-effect
    setSizes((before) =>
      streamSizes(
        draft.tiles
          .filter((tile) => tile.channelId !== null && (maximisedId === null || tile.id === maximisedId))
          .map((tile) => {
            const isAlone = tile.id === maximisedId;
            const width = area.width * (isAlone ? 1 : tile.place.columnSpan / draft.columns);
            const height = area.height * (isAlone ? 1 : tile.place.rowSpan / draft.rows);
            const channel = tile.channelId === null ? undefined : channels.get(tile.channelId);
            const sub = channel?.streams.find((stream) => stream.role === "sub");
            return {
              id: tile.id,
              pictureHeightPx:
                Math.min(height, width * pictureRatio) * devicePixelRatio * (zooms.get(tile.id) ?? 1),
              subHeightPx: sub?.height ?? 0,
              before: before.get(tile.id) ?? "small",
            };
          }),
      ),
    );
  }, [area, draft, maximisedId, zooms, channels]);
  return sizes;
}
