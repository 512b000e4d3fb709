import { Button } from "../../design/Button.tsx";
import { Spinner } from "../../design/Spinner.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import type { RecordingSpan } from "../../../shared/model/recording.ts";
import type { PlaybackView } from "../../player/playback-driver.ts";
import { gapWords } from "./gap-words.ts";
import { useReviewScope } from "./review-context.tsx";
import tile from "../../player/tile.module.css";
import styles from "./review.module.css";

export interface ReviewMessageProps {
  readonly view: PlaybackView;
  readonly spans: readonly RecordingSpan[];
  readonly now: number;
}

/** What stands in the middle of a tile that shows no picture of this moment. */
export function ReviewMessage({ view, spans, now }: ReviewMessageProps) {
  const say = useSay();
  const { deck, zone } = useReviewScope();
  switch (view.kind) {
    case "picture":
      return null;
    case "loading":
      return view.hasPicture ? (
        <div className={styles.fetching}>
          <Spinner size="small" />
        </div>
      ) : (
        <div className={tile.message}>
          <Spinner size="small" />
          <p>{say("review.tile.loading")}</p>
        </div>
      );
    case "gap": {
      // A gap of the playlist holds from its beginning; the ruler knows it by any instant inside.
      const at = view.from === null ? deck.at : Math.max(view.from + 1, deck.at);
      return (
        <div className={tile.message} data-kind="gap">
          <strong>{say("review.tile.nothing")}</strong>
          <p>{gapWords(spans, at, { say, zone: zone.name, now })}</p>
        </div>
      );
    }
    case "failed":
      return (
        <div className={tile.message} data-kind="failed">
          <strong>{say("review.tile.failed")}</strong>
          <p>
            {view.failure.kind === "unsupported"
              ? say("review.tile.unsupported", { codecs: view.failure.codecs })
              : view.failure.detail}
          </p>
          <Button size="small" onPress={() => deck.reopen()}>
            {say("review.retry")}
          </Button>
        </div>
      );
  }
}
