import { useEffect, useRef } from "react";
import { StateMark, type Severity } from "../design/StateMark.tsx";
import { useSay } from "../messages/messages-context.tsx";
import type { Channel } from "../../shared/model/channel.ts";
import type { TileState } from "../../shared/model/tile-state.ts";
import type { PlayerDriver } from "./player-driver.ts";
import { RecordingMark } from "./RecordingMark.tsx";
import { ageWords, stateWord } from "./tile-words.ts";
import styles from "./tile.module.css";

export interface TileCaptionProps {
  readonly channel: Pick<Channel, "id" | "number" | "name">;
  readonly state: TileState;
  readonly driver: PlayerDriver | undefined;
}

/** Number, name and state at the lower edge. The live age is written straight into the page, without rendering. */
export function TileCaption({ channel, state, driver }: TileCaptionProps) {
  const say = useSay();
  return (
    <div className={styles.caption}>
      <span className={styles.number}>{channel.number}</span>
      <b className={styles.name}>{channel.name}</b>
      <span className={styles.gap} />
      <RecordingMark channelId={channel.id} />
      {state.kind === "live" ? (
        <LiveAge driver={driver} firstAgeMs={state.ageMs} />
      ) : (
        <span className={state.kind === "connecting" ? styles.spare : styles.state}>
          <StateMark severity={severityOf(state)}>
            {state.kind === "delayed"
              ? say("tile.delayed", { age: (state.ageMs / 1_000).toFixed(1) })
              : stateWord(state, say)}
          </StateMark>
        </span>
      )}
    </div>
  );
}

function LiveAge(props: { readonly driver: PlayerDriver | undefined; readonly firstAgeMs: number }) {
  const { driver, firstAgeMs } = props;
  const say = useSay();
  const element = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      driver?.subscribeClaim(({ ageMs }) => {
        if (element.current !== null) element.current.textContent = ageWords(ageMs, say);
      }),
    [driver, say],
  );
  return (
    <span className={styles.live}>
      <span className={styles.spare}>{say("tile.live")} · </span>
      <span ref={element}>{ageWords(firstAgeMs, say)}</span>
    </span>
  );
}

/** How loud a state is. */
export function severityOf(state: TileState): Severity {
  switch (state.kind) {
    case "live":
    case "connecting":
      return "quiet";
    case "delayed":
      return "warning";
    case "stale":
      return state.isUrgent ? "critical" : "warning";
    case "lost":
      return "critical";
    case "denied":
    case "unsupported":
      return "serious";
  }
}
