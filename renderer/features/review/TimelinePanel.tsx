import { X } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "../../design/Button.tsx";
import { IconButton } from "../../design/IconButton.tsx";
import { clockTime, duration } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useReview, useReviewScope } from "./review-context.tsx";
import { markedSpan } from "./review-store.ts";
import { LaneLabels } from "./LaneLabels.tsx";
import { RulerButtons } from "./RulerButtons.tsx";
import { TimeRuler } from "./TimeRuler.tsx";
import { spanOf } from "./time-view.ts";
import { timelineSize, type Lane } from "./timeline-scene.ts";
import type { ReviewDeeds } from "./use-review-deeds.ts";
import { useLaneChannels } from "./use-lane-channels.ts";
import { useMostHeight } from "./use-most-height.ts";
import { useEventSigns, useKeptSpans, useLanes } from "./use-timeline.ts";
import styles from "./timeline.module.css";

/** The lower part of the page: cameras, ruler, and what its signs mean. */
export function TimelinePanel({ now, deeds }: { readonly now: number; readonly deeds: ReviewDeeds }) {
  const say = useSay();
  const channelIds = useLaneChannels();
  const view = useReview((review) => review.view);
  const lanesRead = useLanes(channelIds, view, now);
  const { bookmarks, locks } = useKeptSpans(channelIds, view);
  const { events, failure } = useEventSigns(channelIds, view, now);
  const [scrollTop, setScrollTop] = useState(0);
  const mostHeight = useMostHeight();
  const lanes = useMemo<readonly Lane[]>(() => {
    const spans = new Map(lanesRead.data?.map((lane) => [lane.channelId, lane.spans]));
    return channelIds.map((channelId) => ({ channelId, spans: spans.get(channelId) ?? [] }));
  }, [channelIds, lanesRead.data]);
  const size = timelineSize(0, lanes.length, mostHeight);
  const extent = useMemo(() => ({ mostHeight, scrollTop }), [mostHeight, scrollTop]);
  return (
    <section className={styles.timeline} aria-label={say("review.ruler")}>
      <LaneLabels channelIds={channelIds} size={size} onScroll={setScrollTop} />
      <TimeRuler
        lanes={lanes}
        bookmarks={bookmarks}
        locks={locks}
        events={events}
        extent={extent}
        now={now}
        deeds={deeds}
      />
      <footer className={styles.legend}>
        <Legend />
        {bookmarks.length >= 500 && <span className={styles.dim}>{say("review.marksFull")}</span>}
        {failure !== null && (
          <span role="alert" className={styles.fault}>
            {say("review.signsFailed", { detail: failure.message })}
          </span>
        )}
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
        <RulerButtons />
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
      <span data-sign="event">{say("review.legend.event")}</span>
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
