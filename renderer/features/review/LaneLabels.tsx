import { useSay } from "../../messages/messages-context.tsx";
import type { ChannelId } from "../../../shared/base/ids.ts";
import { useReview, useReviewScope } from "./review-context.tsx";
import type { TimelineSize } from "./timeline-scene.ts";
import styles from "./timeline.module.css";

export interface LaneLabelsProps {
  readonly channelIds: readonly ChannelId[];
  readonly size: TimelineSize;
  /** The list was scrolled: the ruler beside it moves with it. */
  readonly onScroll: (scrollTop: number) => void;
}

/** The cameras of the ruler; a press selects one, and brings it among the pictures when it is not there. */
export function LaneLabels({ channelIds, size, onScroll }: LaneLabelsProps) {
  const say = useSay();
  const { store, channels } = useReviewScope();
  const shown = useReview((review) => review.channels);
  const selectedId = useReview((review) => review.selectedId);
  return (
    <div
      className={styles.labels}
      style={{ height: size.height }}
      onScroll={(event) => onScroll(event.currentTarget.scrollTop)}
    >
      <div className={styles.corner} style={{ height: size.rulerHeight }} />
      <ul aria-label={say("review.lanes")} style={{ gridAutoRows: size.laneHeight }}>
        {channelIds.map((channelId) => {
          const channel = channels.get(channelId);
          return (
            <li key={channelId}>
              <button
                type="button"
                className={styles.label}
                aria-pressed={channelId === selectedId}
                data-shown={shown.includes(channelId)}
                onClick={() => store.getState().showChannel(channelId)}
              >
                {channel?.number} {channel?.name}
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
