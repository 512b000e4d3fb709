import { useRef } from "react";
import { useSay } from "../../messages/messages-context.tsx";
import { TileFrame } from "./TileFrame.tsx";
import type { DraftTile } from "./wall-draft.ts";
import styles from "./live.module.css";

export interface EmptyTileProps {
  readonly tile: DraftTile;
  readonly position: number;
}

/** A tile without a camera says how to fill it; one whose camera was removed says that. */
export function EmptyTile({ tile, position }: EmptyTileProps) {
  const say = useSay();
  const frame = useRef<HTMLDivElement>(null);
  return (
    <TileFrame tile={tile} label={say("live.tile.emptyLabel", { number: position })} frame={frame}>
      <div className={styles.empty} data-gone={tile.channelId !== null}>
        <p>{say(tile.channelId === null ? "live.tile.empty" : "live.tile.gone")}</p>
      </div>
    </TileFrame>
  );
}
