import { useState, type FormEvent } from "react";
import { systemClock } from "../../../shared/base/clock.ts";
import { Button } from "../../design/Button.tsx";
import { Select } from "../../design/Select.tsx";
import { TextField } from "../../design/TextField.tsx";
import { dateTime, duration } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { ChannelChoice } from "./ChannelChoice.tsx";
import { lockEndAt, lockEnds, type LockEnd } from "./lock-end.ts";
import { useReview, useReviewScope } from "./review-context.tsx";
import { markedSpan } from "./review-store.ts";
import type { ReviewDeeds } from "./use-review-deeds.ts";
import styles from "./kept.module.css";

/** Keeps the marked stretch of the cameras that play out of retention: why, and until when. */
export function LockForm({ deeds }: { readonly deeds: ReviewDeeds }) {
  const say = useSay();
  const { store, zone } = useReviewScope();
  const marks = useReview((review) => review.marks);
  const [reason, setReason] = useState("");
  const [end, setEnd] = useState<LockEnd>("quarter");
  const [isTried, setIsTried] = useState(false);
  const shown = useReview((review) => review.channels);
  const [channels, setChannels] = useState(shown);
  const span = markedSpan(marks);
  const back = (): void => store.getState().open({ kind: "locks" });
  const add = (event: FormEvent): void => {
    event.preventDefault();
    setIsTried(true);
    if (span === null || reason.trim() === "" || channels.length === 0) return;
    const until = lockEndAt(end, systemClock.now());
    void deeds
      .lock({ ...span, channels: [...channels], reason: reason.trim(), until })
      .then((isLocked) => (isLocked ? back() : undefined));
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
        options={lockEnds.map((id) => ({ id, label: say(`review.lock.until.${id}`) }))}
        selected={end}
        onSelect={setEnd}
      />
      <ChannelChoice channels={shown} chosen={channels} onChange={setChannels} />
      <div className={styles.formActions}>
        <Button onPress={back}>{say("review.bookmark.cancel")}</Button>
        <Button type="submit" tone="primary" isDisabled={span === null || channels.length === 0}>
          {say("review.lock.add")}
        </Button>
      </div>
    </form>
  );
}
