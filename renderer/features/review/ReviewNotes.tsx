import { useEffect, useEffectEvent, useState } from "react";
import { Button } from "../../design/Button.tsx";
import { duration } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { causeOfCrossing } from "./gap-words.ts";
import { useDeckView, useReviewScope } from "./review-context.tsx";
import type { Lane } from "./timeline-scene.ts";
import type { ReviewDeeds } from "./use-review-deeds.ts";
import styles from "./review.module.css";

const shownMs = 5_000;

export interface ReviewNotesProps {
  readonly near: readonly Lane[];
  readonly deeds: ReviewDeeds;
}

/** What happened to the time: a gap that was skipped and why, the newest recording, or why nothing can be opened. */
export function ReviewNotes({ near, deeds }: ReviewNotesProps) {
  const say = useSay();
  const { deck } = useReviewScope();
  const { isAtEnd, failure, speed } = useDeckView();
  const [crossed, setCrossed] = useState<string | null>(null);
  const hear = useEffectEvent(({ from, to }: { readonly from: number; readonly to: number }) => {
    const cause = causeOfCrossing(near, from + 1, say);
    setCrossed(say("review.crossed", { duration: duration(say, to - from), cause }));
  });
  useEffect(() => deck.subscribeCrossed((gap) => hear(gap)), [deck]);
  useEffect(() => {
    if (crossed === null) return undefined;
    const timer = setTimeout(() => setCrossed(null), shownMs);
    return () => clearTimeout(timer);
  }, [crossed]);
  return (
    <div className={styles.notes} role="status">
      {crossed !== null && <span className={styles.note}>{crossed}</span>}
      {isAtEnd && speed < 0 && <span className={styles.note}>{say("review.atStart")}</span>}
      {isAtEnd && speed > 0 && (
        <span className={styles.note}>
          {say("review.atEnd")}
          <Button size="small" onPress={deeds.goLive}>
            {say("review.goLive")}
          </Button>
        </span>
      )}
      {failure !== null && (
        <span className={styles.note} data-kind="failed">
          {say("review.playFailed", { detail: failure })}
          <Button size="small" onPress={() => deck.reopen()}>
            {say("review.retry")}
          </Button>
        </span>
      )}
    </div>
  );
}
