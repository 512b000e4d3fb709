import { Pin } from "lucide-react";
import type { ReactNode } from "react";
import type { TileMode } from "../../shared/model/layout.ts";
import { useSay } from "../messages/messages-context.tsx";
import type { Channel } from "../../shared/model/channel.ts";
import type { PlayerDriver } from "./player-driver.ts";
import { usePlayerView } from "./player-context.tsx";
import { PlayerSurface } from "./PlayerSurface.tsx";
import { ProofVeil } from "./ProofVeil.tsx";
import { TileCaption } from "./TileCaption.tsx";
import { TileMessage } from "./TileMessage.tsx";
import { TileNote } from "./TileNote.tsx";
import styles from "./tile.module.css";

export interface LivePictureProps {
  readonly channel: Channel;
  readonly driver: PlayerDriver | undefined;
  /** The mode somebody chose for this tile; `auto` follows the settings and is not marked. */
  readonly mode?: TileMode;
  /** What lies over the picture: toolbar, statistics. */
  readonly children?: ReactNode;
  /** Shown instead of what the live picture says of itself, which goes on playing below: a replay. */
  readonly cover?: ReactNode;
}

/** A picture with its caption, and over it whatever has to be said about it. Fills its parent. */
export function LivePicture({ channel, driver, mode = "auto", children, cover }: LivePictureProps) {
  const view = usePlayerView(driver);
  const isUrgent = view.state.kind === "stale" && view.state.isUrgent;
  return (
    <div
      className={styles.picture}
      data-state={view.state.kind}
      data-urgent={isUrgent}
      data-channel={channel.number}
      data-mode={view.plan?.mode}
      data-role={view.plan?.role}
    >
      <PlayerSurface driver={driver} />
      {cover ?? (
        <>
          <TileMessage channelId={channel.id} view={view} />
          <TileNote view={view} />
          {mode !== "auto" && <PinnedMode mode={mode} />}
          <TileCaption channel={channel} state={view.state} driver={driver} />
          {(view.state.kind === "live" || view.state.kind === "delayed") && (
            <ProofVeil channel={channel} driver={driver} />
          )}
        </>
      )}
      {children}
    </div>
  );
}

/** Says that this tile does not follow the settings' mode but one of its own. */
function PinnedMode({ mode }: { readonly mode: Exclude<TileMode, "auto"> }) {
  const say = useSay();
  return (
    <span className={styles.pinned} data-pinned={mode}>
      <Pin size={12} aria-hidden />
      <span>{say("tile.pinned", { mode: say(`tile.mode.${mode}`) })}</span>
    </span>
  );
}
