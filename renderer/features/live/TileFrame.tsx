import { useEffect, useRef, useState, type ReactNode, type RefObject } from "react";
import { classNames } from "../../design/class-names.ts";
import { dropped, isOurs, startDrag } from "./tile-drag.ts";
import { useWall, useWallScope } from "./wall-context.tsx";
import { withChannel, withSwap, type DraftTile } from "./wall-draft.ts";
import tiles from "../../design/picture-tile.module.css";
import styles from "./live.module.css";

export interface TileFrameProps {
  readonly tile: DraftTile;
  readonly label: string;
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly onMenu?: (at: { readonly x: number; readonly y: number }) => void;
  readonly children: ReactNode;
}

/** A tile's place in the grid: selection and focus, drag and drop, double click, context menu. */
export function TileFrame({ tile, label, frame, onMenu, children }: TileFrameProps) {
  const { store } = useWallScope();
  const isSelected = useWall((wall) => wall.selectedId === tile.id);
  const isMaximised = useWall((wall) => wall.maximisedId === tile.id);
  const isZoomed = useWall((wall) => wall.zooms.has(tile.id));
  const isSteered = useWall((wall) => wall.ptzId === tile.id);
  const isTarget = useDropTarget(frame, tile.id);
  const wasSelected = useRef(isSelected);
  useEffect(() => {
    // Selected from elsewhere (arrow key, number): the focus follows, unless it is in a text field or a list.
    const active = document.activeElement;
    const isFree = active === null || active === document.body || active.closest("[data-wall]") !== null;
    if (isSelected && !wasSelected.current && isFree && frame.current?.contains(active) !== true) {
      frame.current?.focus({ preventScroll: true });
    }
    wasSelected.current = isSelected;
  }, [isSelected, frame]);
  const { column, row, columnSpan, rowSpan } = tile.place;
  return (
    // The tile itself is what is focused, dragged and opened; its tools are buttons of their own.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-static-element-interactions
    <div
      ref={frame}
      role="group"
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={isSelected ? 0 : -1}
      className={classNames(tiles.tile, styles.tile)}
      data-tile={tile.id}
      data-selected={isSelected}
      data-target={isTarget}
      draggable={tile.channelId !== null && !isZoomed && !isMaximised && !isSteered}
      style={
        isMaximised
          ? { gridArea: "1 / 1 / -1 / -1" }
          : { gridArea: `${row + 1} / ${column + 1} / span ${rowSpan} / span ${columnSpan}` }
      }
      onFocus={() => store.getState().select(tile.id)}
      onPointerDown={() => store.getState().select(tile.id)}
      onDoubleClick={(event) => {
        if (event.target instanceof Element && event.target.closest("button") !== null) return;
        if (tile.channelId !== null) store.getState().maximise(isMaximised ? null : tile.id);
      }}
      onContextMenu={(event) => {
        if (onMenu === undefined) return;
        event.preventDefault();
        onMenu({ x: event.clientX, y: event.clientY });
      }}
      onDragStart={(event) => startDrag(event.dataTransfer, { kind: "tile", tileId: tile.id })}
    >
      {children}
    </div>
  );
}

function useDropTarget(frame: RefObject<HTMLDivElement | null>, tileId: string): boolean {
  const { store } = useWallScope();
  const [isTarget, setIsTarget] = useState(false);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const over = (event: DragEvent): void => {
      if (event.dataTransfer === null || !isOurs(event.dataTransfer)) return;
      event.preventDefault();
      setIsTarget(true);
    };
    const leave = (): void => setIsTarget(false);
    const drop = (event: DragEvent): void => {
      setIsTarget(false);
      const what = event.dataTransfer === null ? undefined : dropped(event.dataTransfer);
      if (what === undefined) return;
      event.preventDefault();
      const { change, select } = store.getState();
      change((draft) =>
        what.kind === "tile"
          ? withSwap(draft, what.tileId, tileId)
          : withChannel(draft, tileId, what.channelId),
      );
      select(what.kind === "tile" ? what.tileId : tileId);
    };
    element.addEventListener("dragover", over);
    element.addEventListener("dragleave", leave);
    element.addEventListener("drop", drop);
    return () => {
      element.removeEventListener("dragover", over);
      element.removeEventListener("dragleave", leave);
      element.removeEventListener("drop", drop);
    };
  }, [frame, store, tileId]);
  return isTarget;
}
