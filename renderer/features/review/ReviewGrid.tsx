import { classNames } from "../../design/class-names.ts";
import { useReview } from "./review-context.tsx";
import { ReviewTile } from "./ReviewTile.tsx";
import type { Lane } from "./timeline-scene.ts";
import type { ReviewDeeds } from "./use-review-deeds.ts";
import tiles from "../../design/picture-tile.module.css";
import styles from "./review.module.css";

export interface ReviewGridProps {
  /** What is recorded around the common time, to say why a tile shows nothing. */
  readonly near: readonly Lane[];
  readonly now: number;
  readonly deeds: ReviewDeeds;
}

/** The tiles, as square as their number allows; one alone when it is maximised. */
export function ReviewGrid({ near, now, deeds }: ReviewGridProps) {
  const channels = useReview((review) => review.channels);
  const maximisedId = useReview((review) => review.maximisedId);
  const columns = maximisedId === null ? Math.ceil(Math.sqrt(channels.length)) : 1;
  const rows = maximisedId === null ? Math.ceil(channels.length / Math.max(1, columns)) : 1;
  return (
    <div
      className={classNames(tiles.grid, styles.grid)}
      style={{
        gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
        gridTemplateRows: `repeat(${rows}, minmax(0, 1fr))`,
      }}
    >
      {channels.map((channelId) => (
        <ReviewTile
          key={channelId}
          channelId={channelId}
          spans={near.find((lane) => lane.channelId === channelId)?.spans ?? []}
          now={now}
          deeds={deeds}
        />
      ))}
    </div>
  );
}
