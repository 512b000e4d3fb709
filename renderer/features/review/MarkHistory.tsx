import type { UseQueryResult } from "@tanstack/react-query";
import { Moment } from "../../frame/Moment.tsx";
import { dateTime } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import type { Say } from "../../messages/messages.ts";
import type { MarkDeed } from "../../../shared/model/mark-history.ts";
import { useReviewScope } from "./review-context.tsx";
import styles from "./kept.module.css";

/** Who did what to a bookmark or a lock, and what it was before. */
export function MarkHistory({ history }: { readonly history: UseQueryResult<MarkDeed[]> }) {
  const say = useSay();
  const { zone } = useReviewScope();
  return (
    <section className={styles.history} aria-label={say("marks.history")}>
      <h3>{say("marks.history")}</h3>
      {history.isError && <p>{say("marks.history.failed", { detail: history.error.message })}</p>}
      <ol>
        {history.data?.map((deed, index) => (
          // Deeds have no names of their own, and the list only grows at its beginning.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={`${deed.at}-${index}`}>
            <span>
              {say(`marks.deed.${deed.deed}`)} · <Moment at={deed.at} face="full" />
              {deed.by === "" ? "" : ` · ${say("review.bookmark.by", { by: deed.by })}`}
            </span>
            {deed.deed !== "removed" &&
              partsOf(deed.before, say, zone.name).map((part) => (
                <span key={part} className={styles.dim}>
                  {part}
                </span>
              ))}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What it was, a part a line: `title was “Van”`. */
function partsOf(before: MarkDeed["before"], say: Say, zone: string): readonly string[] {
  const { title, note, tags, colour, from, to, channels, until } = before;
  const parts: string[] = [];
  if (title !== undefined) parts.push(say("marks.was.title", { value: title }));
  if (note !== undefined) parts.push(say("marks.was.note", { value: note }));
  if (tags !== undefined) parts.push(say("marks.was.tags", { value: tags.join(", ") }));
  if (colour !== undefined) parts.push(say("marks.was.colour", { value: say(`review.colour.${colour}`) }));
  if (from !== undefined) parts.push(say("marks.was.from", { value: dateTime(from, zone) }));
  if (to !== undefined) parts.push(say("marks.was.to", { value: dateTime(to, zone) }));
  if (channels !== undefined) parts.push(say("marks.was.cameras", { count: channels.length }));
  if (until === null) parts.push(say("marks.was.endless"));
  else if (until !== undefined) parts.push(say("marks.was.until", { value: dateTime(until, zone) }));
  return parts;
}
