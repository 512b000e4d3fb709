import { Bookmark } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import { Button } from "../../design/Button.tsx";
import { IconButton } from "../../design/IconButton.tsx";
import { dateTime, duration } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import type { Moment } from "../../pictures/motion/moments.ts";
import { useKeyPicture } from "../../pictures/use-key-picture.ts";
import type { ChannelId } from "../../../shared/base/ids.ts";
import { useReviewScope } from "./review-context.tsx";
import type { ReviewDeeds } from "./use-review-deeds.ts";
import styles from "./motion.module.css";

const firstShown = 100;
const pictureWidthPx = 240;

export interface MotionResultsProps {
  readonly channelId: ChannelId;
  readonly moments: readonly Moment[];
  readonly deeds: ReviewDeeds;
}

/** The moments in order of time, each with its picture: arrows move, Enter shows it, B bookmarks it. */
export function MotionResults({ channelId, moments, deeds }: MotionResultsProps) {
  const say = useSay();
  const { store } = useReviewScope();
  const [shown, setShown] = useState(firstShown);
  const bookmark = (moment: Moment): void => {
    // The list stays: there may be more to keep.
    void deeds
      .bookmark({ from: moment.from, to: moment.to })
      .then(() => store.getState().open({ kind: "motion" }));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-moment]")];
    const at = buttons.findIndex((button) => button.parentElement?.contains(document.activeElement));
    const moment = moments[at];
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const isOnMoment = document.activeElement === buttons[at];
    if (by !== 0) buttons[Math.min(buttons.length - 1, Math.max(0, at + by))]?.focus();
    else if (event.key === "Enter" && isOnMoment && moment !== undefined) deeds.jump(moment.from);
    else if (event.key.toLowerCase() === "b" && moment !== undefined) bookmark(moment);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      {/* Keys bubble from the lines' own buttons. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ul className={styles.results} aria-label={say("motion.results")} onKeyDown={onKeyDown}>
        {moments.slice(0, shown).map((moment) => (
          <Result
            key={moment.from}
            channelId={channelId}
            moment={moment}
            onShow={() => deeds.jump(moment.from)}
            onBookmark={() => bookmark(moment)}
          />
        ))}
      </ul>
      {moments.length > shown && (
        <Button onPress={() => setShown(shown + firstShown)}>{say("motion.more")}</Button>
      )}
    </>
  );
}

interface ResultProps {
  readonly channelId: ChannelId;
  readonly moment: Moment;
  readonly onShow: () => void;
  readonly onBookmark: () => void;
}

function Result({ channelId, moment, onShow, onBookmark }: ResultProps) {
  const say = useSay();
  const { zone } = useReviewScope();
  const line = useRef<HTMLLIElement>(null);
  const isSeen = useSeen(line);
  const picture = useKeyPicture(isSeen ? { channelId, at: moment.peakAt } : null, pictureWidthPx);
  const time = dateTime(moment.from, zone.name);
  const length = duration(say, moment.to - moment.from);
  const score = Math.max(1, Math.round(moment.score * 100));
  return (
    <li ref={line} className={styles.result}>
      <button type="button" data-moment={moment.from} className={styles.moment} onClick={onShow}>
        {picture.kind === "picture" ? (
          <img src={picture.url} alt="" className={styles.picture} />
        ) : (
          <span className={styles.picture} />
        )}
        <span className={styles.facts}>
          <b>{time}</b>
          <span className={styles.dim}>{length}</span>
          <span className={styles.dim}>{say("motion.score", { score })}</span>
        </span>
      </button>
      <IconButton
        size="small"
        label={say("motion.bookmark", { time })}
        icon={Bookmark}
        keys="B"
        onPress={onBookmark}
      />
    </li>
  );
}

/** True from the first time it came near the screen. */
function useSeen(element: RefObject<HTMLElement | null>): boolean {
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (element.current === null || isSeen) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
      },
      { rootMargin: "100px" },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, isSeen]);
  return isSeen;
}
