import { Lock as LockIcon, LockOpen } from "lucide-react";
import { useState } from "react";
import { EmptyState } from "../../design/EmptyState.tsx";
import { IconButton } from "../../design/IconButton.tsx";
import { SearchField } from "../../design/SearchField.tsx";
import { SegmentedControl } from "../../design/SegmentedControl.tsx";
import { useNow } from "../../frame/use-now.ts";
import { Moment } from "../../frame/Moment.tsx";
import { dateTime, duration } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import type { Say } from "../../messages/messages.ts";
import type { LockSearch } from "../../../shared/contract/marks.ts";
import type { EvidenceLock } from "../../../shared/model/recording.ts";
import { KeptList } from "./KeptList.tsx";
import { MarkFilterFields } from "./MarkFilterFields.tsx";
import { useReviewScope } from "./review-context.tsx";
import { useLockList, type MarkFilter } from "./use-kept-lists.ts";
import type { ReviewDeeds } from "./use-review-deeds.ts";
import styles from "./kept.module.css";

const everything: MarkFilter = { text: "", place: "shown", time: "ever" };
const soonMs = 3 * 86_400_000;

/** Locks that hold, or those that ended; a press jumps to where one begins. */
export function LockList({ deeds }: { readonly deeds: ReviewDeeds }) {
  const say = useSay();
  const [filter, setFilter] = useState(everything);
  const [state, setState] = useState<LockSearch["state"]>("holding");
  const list = useLockList(filter, state);
  const isNarrowed = filter.text !== "" || filter.time === "ruler" || state !== "holding";
  return (
    <div className={styles.drawerList}>
      <div className={styles.filter}>
        <SearchField
          label={say("marks.lock.search")}
          value={filter.text}
          maxLength={80}
          onChange={(text) => setFilter({ ...filter, text })}
        />
        <SegmentedControl
          label={say("marks.lock.state")}
          segments={[
            { id: "holding", title: say("marks.lock.state.holding") },
            { id: "ended", title: say("marks.lock.state.ended") },
            { id: "all", title: say("marks.lock.state.all") },
          ]}
          selected={state}
          onSelect={setState}
        />
        <MarkFilterFields filter={filter} onChange={(change) => setFilter({ ...filter, ...change })} />
      </div>
      <KeptList
        label={say("review.locks")}
        list={list}
        nameOf={({ reason }) => reason}
        onOpen={(lock) => deeds.jump(lock.from)}
        line={(lock) => <LockLine lock={lock} />}
        empty={
          isNarrowed ? (
            <p className={styles.none}>{say("marks.noneFound")}</p>
          ) : (
            <EmptyState icon={LockIcon} title={say("review.lock.none")}>
              {say("review.lock.noneText")}
            </EmptyState>
          )
        }
      />
    </div>
  );
}

function LockLine({ lock }: { readonly lock: EvidenceLock }) {
  const say = useSay();
  const { store, zone } = useReviewScope();
  const now = useNow();
  const { reason, from, to, channels, madeBy } = lock;
  const parts = [
    say("review.bookmark.cameras", { count: channels.length }),
    madeBy === "" ? "" : say("review.bookmark.by", { by: madeBy }),
    endWords(lock, now, say, zone.name),
  ];
  const isEnding =
    lock.liftedAt === null && lock.until !== null && lock.until > now && lock.until - now < soonMs;
  return (
    <>
      <div className={styles.keptMain}>
        <b>{reason}</b>
        <span>
          <Moment at={from} face="full" /> · {duration(say, to - from)}
        </span>
        <span className={styles.dim} data-ending={isEnding}>
          {parts.filter((part) => part !== "").join(" · ")}
        </span>
      </div>
      <IconButton
        size="small"
        label={say("review.lock.lift", { reason })}
        icon={LockOpen}
        onPress={() => store.getState().open({ kind: "lock", lock })}
      />
    </>
  );
}

/** How a lock ends or ended: `ends in 2 days 4 h`, `lifted 2026-11-22 10:00:00 by Kim: case closed`. */
export function endWords(lock: EvidenceLock, now: number, say: Say, zone: string): string {
  const { until, liftedAt, liftedBy, liftReason } = lock;
  if (liftedAt !== null) {
    const time = dateTime(liftedAt, zone);
    return say("marks.lock.lifted", { time, by: liftedBy ?? "", reason: liftReason ?? "–" });
  }
  if (until === null) return say("review.lock.endless");
  if (until <= now) return say("marks.lock.ended", { time: dateTime(until, zone) });
  if (until - now < soonMs) return say("marks.lock.endsSoon", { duration: duration(say, until - now) });
  return say("review.lock.ends", { time: dateTime(until, zone) });
}
