import { useRef, useState, type PointerEvent } from "react";
import { useSay } from "../../messages/messages-context.tsx";
import { useWall, useWallScope } from "./wall-context.tsx";
import { withSpan, type DraftTile } from "./wall-draft.ts";
import styles from "./live.module.css";

interface Span {
  readonly columns: number;
  readonly rows: number;
}

/** The tile's lower right corner: dragged, it makes the tile span more or fewer cells. Shift+arrows do the same. */
export function SpanHandle({ tile }: { readonly tile: DraftTile }) {
  const say = useSay();
  const { store } = useWallScope();
  const { columns, rows } = useWall((wall) => wall.draft);
  const [span, setSpan] = useState<Span>();
  const grid = useRef<DOMRect>(undefined);
  const at = (event: PointerEvent): Span | undefined => {
    const box = grid.current;
    if (box === undefined) return undefined;
    const cells = (from: number, size: number, count: number, start: number): number =>
      Math.max(1, Math.min(count - start, Math.ceil(((from - 1) / size) * count) - start));
    return {
      columns: cells(event.clientX - box.left, box.width, columns, tile.place.column),
      rows: cells(event.clientY - box.top, box.height, rows, tile.place.row),
    };
  };
  const { columnSpan, rowSpan } = tile.place;
  return (
    <>
      {span !== undefined && (
        <div
          className={styles.spanPreview}
          style={{
            width: `${(span.columns / columnSpan) * 100}%`,
            height: `${(span.rows / rowSpan) * 100}%`,
          }}
        />
      )}
      <div
        className={styles.spanHandle}
        title={say("live.tool.span")}
        aria-hidden
        draggable
        onDragStart={(event) => {
          event.preventDefault();
          event.stopPropagation();
        }}
        onPointerDown={(event) => {
          event.stopPropagation();
          grid.current = event.currentTarget.closest("[data-wall]")?.getBoundingClientRect();
          event.currentTarget.setPointerCapture(event.pointerId);
          setSpan({ columns: columnSpan, rows: rowSpan });
        }}
        onPointerMove={(event) => {
          if (span !== undefined) setSpan(at(event) ?? span);
        }}
        onPointerUp={(event) => {
          const chosen = at(event);
          setSpan(undefined);
          if (span === undefined || chosen === undefined) return;
          store.getState().change((draft) => withSpan(draft, tile.id, chosen.columns, chosen.rows));
        }}
        onPointerCancel={() => setSpan(undefined)}
      />
    </>
  );
}
