import { dateTime } from "../../messages/format.ts";
import { eventTypeWords } from "../../messages/event-words.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { HoverPicture } from "./HoverPicture.tsx";
import { causeWords } from "./gap-words.ts";
import { useReview, useReviewScope } from "./review-context.tsx";
import { hitTest, type TimelineScene, type TimelineSize } from "./timeline-scene.ts";
import type { PointerPlace } from "./use-timeline-pointer.ts";
import styles from "./timeline.module.css";

export interface RulerHintProps {
  readonly place: PointerPlace;
  readonly scene: Omit<TimelineScene, "playheadAt">;
  readonly size: TimelineSize;
}

/** What lies under the pointer, in words: the time, the camera, recorded or why not, bookmark, lock. */
export function RulerHint({ place, scene, size }: RulerHintProps) {
  const say = useSay();
  const { zone, channels } = useReviewScope();
  const hit = hitTest({ ...scene, playheadAt: 0 }, size, place.x, place.y);
  const channel = hit.channelId === null ? undefined : channels.get(hit.channelId);
  const selectedId = useReview((review) => review.selectedId);
  const picturedId = hit.channelId ?? selectedId;
  const isFuture = hit.at > scene.now;
  const isRight = place.x > size.width / 2;
  return (
    <div
      className={styles.hint}
      style={isRight ? { right: size.width - place.x + 12 } : { left: place.x + 12 }}
      aria-hidden
    >
      {picturedId !== null && !isFuture && hit.span?.kind !== "gap" && (
        <HoverPicture key={picturedId} channelId={picturedId} at={hit.at} />
      )}
      <b>{dateTime(hit.at, zone.name)}</b>
      {channel !== undefined && (
        <span>
          {channel.number} {channel.name}
        </span>
      )}
      {hit.part === "lane" && !isFuture && (
        <span>
          {hit.span?.kind === "recorded"
            ? say(hit.span.isBroken ? "review.hover.broken" : "review.hover.recorded")
            : causeWords(hit.span, say)}
        </span>
      )}
      {hit.event !== null && (
        <span>
          {say("review.hover.event", { type: eventTypeWords(say, hit.event.type), count: hit.event.count })}
        </span>
      )}
      {hit.bookmark !== null && <span data-colour={hit.bookmark.colour}>{hit.bookmark.title}</span>}
      {hit.lock !== null && <span>{say("review.hover.locked", { reason: hit.lock.reason })}</span>}
    </div>
  );
}
