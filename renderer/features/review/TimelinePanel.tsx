import { X, ZoomIn, ZoomOut } from "lucide-react";
import { useMemo } from "react";
import { Button } from "../../design/Button.tsx";
import { IconButton } from "../../design/IconButton.tsx";
import { clockTime, duration } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useReview, useReviewScope } from "./review-context.tsx";
import { markedSpan } from "./review-store.ts";
import { TimeRuler } from "./TimeRuler.tsx";
import { spanOf } from "./time-view.ts";
import { timelineSize, type Lane } from "./timeline-scene.ts";
import type { ReviewDeeds } from "./use-review-deeds.ts";
import { useKeptSpans, useLanes } from "./use-timeline.ts";
import styles from "./timeline.module.css";

/** The lower part of the page: cameras, ruler, and what its signs mean. */
export function TimelinePanel({ now, deeds }: { readonly now: number; readonly deeds: ReviewDeeds }) {
  const say = useSay();
  const { store, channels } = useReviewScope();
  const shown = useReview((review) => review.channels);
  const selectedId = useReview((review) => review.selectedId);
  const view = useReview((review) => review.view);
  const lanesRead = useLanes(shown, view, now);
  const { bookmarks, locks } = useKeptSpans(shown, view);
  const lanes = useMemo<readonly Lane[]>(
    () =>
      shown.map((channelId) => ({
        channelId,
        spans: lanesRead.data?.find((lane) => lane.channelId === channelId)?.spans ?? [],
      })),
    [shown, lanesRead.data],
  );
  const size = timelineSize(0, lanes.length);
  return (
    <section className={styles.timeline} aria-label={say("review.ruler")}>
      <ul
        className={styles.labels}
        aria-label={say("review.lanes")}
        style={{ paddingTop: size.rulerHeight, gridAutoRows: size.laneHeight }}
      >
        {shown.map((channelId) => {
          const channel = channels.get(channelId);
          return (
            <li key={channelId}>
              <button
                type="button"
                className={styles.label}
                aria-pressed={channelId === selectedId}
                onClick={() => store.getState().select(channelId)}
              >
                {channel?.number} {channel?.name}
              </button>
            </li>
          );
        })}
      </ul>
      <TimeRuler lanes={lanes} bookmarks={bookmarks} locks={locks} now={now} deeds={deeds} />
      <footer className={styles.legend}>
        <Legend />
        {lanesRead.isError && (
          <span role="alert" className={styles.fault}>
            {say("review.timelineFailed", { detail: lanesRead.error.message })}{" "}
            <Button size="small" onPress={() => void lanesRead.refetch()}>
              {say("review.retry")}
            </Button>
          </span>
        )}
        <span className={styles.gap} />
        <span className={styles.dim}>{say("review.span", { span: duration(say, spanOf(view)) })}</span>
        <ZoomButtons />
      </footer>
    </section>
  );
}

function Legend() {
  const say = useSay();
  const { store, zone } = useReviewScope();
  const span = markedSpan(useReview((review) => review.marks));
  return (
    <>
      <span data-sign="recorded">{say("review.legend.recorded")}</span>
      <span data-sign="gap">{say("review.legend.gap")}</span>
      <span data-sign="bookmark">{say("review.legend.bookmark")}</span>
      <span data-sign="lock">{say("review.legend.lock")}</span>
      {span !== null && (
        <span data-sign="marked" role="status">
          {say("review.legend.marked", {
            from: clockTime(span.from, zone.name),
            to: clockTime(span.to, zone.name),
            duration: duration(say, span.to - span.from),
          })}
          <IconButton
            size="small"
            label={say("review.legend.unmark")}
            icon={X}
            onPress={() => {
              store.getState().markIn(null);
              store.getState().markOut(null);
            }}
          />
        </span>
      )}
    </>
  );
}

function ZoomButtons() {
  const say = useSay();
  const { store, deck } = useReviewScope();
  return (
    <>
      <IconButton
        size="small"
        label={say("review.zoomIn")}
        icon={ZoomIn}
        keys="+"
        onPress={() => store.getState().zoom(1 / 1.6, deck.at)}
      />
      <IconButton
        size="small"
        label={say("review.zoomOut")}
        icon={ZoomOut}
        keys="-"
        onPress={() => store.getState().zoom(1.6, deck.at)}
      />
    </>
  );
}
