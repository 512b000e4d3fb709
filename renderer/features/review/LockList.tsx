import { Lock as LockIcon, LockOpen } from "lucide-react";
import { Button } from "../../design/Button.tsx";
import { EmptyState } from "../../design/EmptyState.tsx";
import { ErrorState } from "../../design/ErrorState.tsx";
import { IconButton } from "../../design/IconButton.tsx";
import { LoadingState } from "../../design/LoadingState.tsx";
import { dateTime, duration } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useReviewScope } from "./review-context.tsx";
import { useLockList } from "./use-kept-lists.ts";
import type { ReviewDeeds } from "./use-review-deeds.ts";
import styles from "./kept.module.css";

/** The locks that hold on the cameras that play; a press jumps to where one begins. */
export function LockList({ deeds }: { readonly deeds: ReviewDeeds }) {
  const say = useSay();
  const { store, deck, zone } = useReviewScope();
  const list = useLockList();
  if (list.isError) {
    return (
      <ErrorState
        title={say("review.list.failed")}
        cause={say("review.list.failedCause")}
        remedy={say("review.list.failedRemedy")}
        detail={list.error.message}
        action={<Button onPress={() => void list.refetch()}>{say("review.retry")}</Button>}
      />
    );
  }
  if (list.isLoading) return <LoadingState label={say("review.loading")} />;
  if (list.data === undefined || list.data.length === 0) {
    return (
      <EmptyState icon={LockIcon} title={say("review.lock.none")}>
        {say("review.lock.noneText")}
      </EmptyState>
    );
  }
  return (
    <ul className={styles.kept} aria-label={say("review.locks")}>
      {list.data.map((lock) => (
        <li key={lock.id} className={styles.keptLine}>
          <button
            type="button"
            className={styles.keptMain}
            onClick={() => {
              deck.seek(lock.from);
              store.getState().follow(lock.from);
            }}
          >
            <b>{lock.reason}</b>
            <span>
              {dateTime(lock.from, zone.name)} · {duration(say, lock.to - lock.from)}
            </span>
            <span className={styles.dim}>
              {[
                say("review.bookmark.cameras", { count: lock.channels.length }),
                lock.madeBy === "" ? "" : say("review.bookmark.by", { by: lock.madeBy }),
                lock.until === null
                  ? say("review.lock.endless")
                  : say("review.lock.ends", { time: dateTime(lock.until, zone.name) }),
              ]
                .filter((part) => part !== "")
                .join(" · ")}
            </span>
          </button>
          <IconButton
            size="small"
            label={say("review.lock.lift", { reason: lock.reason })}
            icon={LockOpen}
            onPress={() => void deeds.liftLock(lock)}
          />
        </li>
      ))}
    </ul>
  );
}
