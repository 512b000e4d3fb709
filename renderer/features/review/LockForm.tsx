import { useState, type FormEvent } from "react";
import { systemClock } from "../../../shared/base/clock.ts";
import { Button } from "../../design/Button.tsx";
import { Select } from "../../design/Select.tsx";
import { TextField } from "../../design/TextField.tsx";
import { dateTime, duration } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useReview, useReviewScope } from "./review-context.tsx";
import { markedSpan } from "./review-store.ts";
import type { ReviewDeeds } from "./use-review-deeds.ts";
import styles from "./kept.module.css";

const dayMs = 86_400_000;
const ends = {
  week: 7 * dayMs,
  month: 30 * dayMs,
  quarter: 90 * dayMs,
  year: 365 * dayMs,
  never: null,
} as const;
type End = keyof typeof ends;
const endIds: readonly End[] = ["week", "month", "quarter", "year", "never"];

/** Keeps the marked stretch of the cameras that play out of retention: why, and until when. */
export function LockForm({ deeds }: { readonly deeds: ReviewDeeds }) {
  const say = useSay();
  const { store, zone } = useReviewScope();
  const marks = useReview((review) => review.marks);
  const [reason, setReason] = useState("");
  const [end, setEnd] = useState<End>("quarter");
  const [isTried, setIsTried] = useState(false);
  const span = markedSpan(marks);
  const back = (): void => store.getState().open({ kind: "locks" });
  const add = (event: FormEvent): void => {
    event.preventDefault();
    setIsTried(true);
    if (span === null || reason.trim() === "") return;
    const length = ends[end];
    const until = length === null ? null : Math.round(systemClock.now() + length);
    void deeds.lock(span, reason.trim(), until).then((isLocked) => (isLocked ? back() : undefined));
  };
  return (
    <form className={styles.form} onSubmit={add}>
      <p>{say("review.lock.explain")}</p>
      <p className={styles.dim}>
        {span === null
          ? say("review.lock.noSpan")
          : say("review.lock.span", {
              from: dateTime(span.from, zone.name),
              to: dateTime(span.to, zone.name),
              duration: duration(say, span.to - span.from),
            })}
      </p>
      <TextField
        autoFocus
        label={say("review.lock.reason")}
        description={say("review.lock.reasonHint")}
        value={reason}
        maxLength={500}
        error={isTried && reason.trim() === "" ? say("review.lock.noReason") : undefined}
        onChange={setReason}
      />
      <Select
        label={say("review.lock.until")}
        options={endIds.map((id) => ({ id, label: say(`review.lock.until.${id}`) }))}
        selected={end}
        onSelect={setEnd}
      />
      <div className={styles.formActions}>
        <Button onPress={back}>{say("review.bookmark.cancel")}</Button>
        <Button type="submit" tone="primary" isDisabled={span === null}>
          {say("review.lock.add")}
        </Button>
      </div>
    </form>
  );
}
