import { useState, type FormEvent } from "react";
import { systemClock } from "../../../shared/base/clock.ts";
import { Button } from "../../design/Button.tsx";
import { Select } from "../../design/Select.tsx";
import { TextField } from "../../design/TextField.tsx";
import { useNow } from "../../frame/use-now.ts";
import { dateTime, duration } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import type { EvidenceLock } from "../../../shared/model/recording.ts";
import { lockEndAt, lockEnds, type LockEnd } from "./lock-end.ts";
import { endWords } from "./LockList.tsx";
import { MarkHistory } from "./MarkHistory.tsx";
import { useReviewScope } from "./review-context.tsx";
import { useLockHistory } from "./use-kept-lists.ts";
import type { ReviewDeeds } from "./use-review-deeds.ts";
import styles from "./kept.module.css";

/** One lock: what it holds and why, another end, lifting it with a reason, and its history. */
export function LockDetail({ lock, deeds }: { readonly lock: EvidenceLock; readonly deeds: ReviewDeeds }) {
  const say = useSay();
  const { store, zone, channels } = useReviewScope();
  const now = useNow();
  const [reason, setReason] = useState("");
  const [isTried, setIsTried] = useState(false);
  const [end, setEnd] = useState<LockEnd>("quarter");
  const history = useLockHistory(lock.id);
  const isHolding = lock.liftedAt === null && (lock.until === null || lock.until > now);
  const back = (): void => store.getState().open({ kind: "locks" });
  const lift = (event: FormEvent): void => {
    event.preventDefault();
    setIsTried(true);
    if (reason.trim() === "") return;
    void deeds.liftLock(lock, reason.trim()).then((isLifted) => (isLifted ? back() : undefined));
  };
  const prolong = (): void =>
    void deeds
      .prolongLock(lock, lockEndAt(end, systemClock.now()))
      .then((isDone) => (isDone ? back() : undefined));
  return (
    <form className={styles.form} onSubmit={lift}>
      <p>
        <b>{lock.reason}</b>
      </p>
      <p className={styles.dim}>
        {say("review.lock.span", {
          from: dateTime(lock.from, zone.name),
          to: dateTime(lock.to, zone.name),
          duration: duration(say, lock.to - lock.from),
        })}{" "}
        · {endWords(lock, now, say, zone.name)}
      </p>
      <p className={styles.dim}>
        {lock.channels.map((id) => channels.get(id)?.name ?? say("marks.cameraGone")).join(", ")}
      </p>
      {isHolding && (
        <>
          <div className={styles.beside}>
            <Select
              label={say("marks.lock.newEnd")}
              options={lockEnds.map((id) => ({ id, label: say(`review.lock.until.${id}`) }))}
              selected={end}
              onSelect={setEnd}
            />
            <Button onPress={prolong}>{say("marks.lock.prolong")}</Button>
          </div>
          <TextField
            autoFocus
            label={say("marks.lock.liftReason")}
            description={say("marks.lock.liftHint")}
            value={reason}
            maxLength={500}
            error={isTried && reason.trim() === "" ? say("marks.lock.liftNoReason") : undefined}
            onChange={setReason}
          />
        </>
      )}
      <div className={styles.formActions}>
        <Button onPress={back}>{say("review.bookmark.cancel")}</Button>
        {isHolding && (
          <Button type="submit" tone="primary">
            {say("marks.lock.lift")}
          </Button>
        )}
      </div>
      <MarkHistory history={history} />
    </form>
  );
}
