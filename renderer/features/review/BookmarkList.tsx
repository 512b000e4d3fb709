import { Bookmark as BookmarkIcon, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "../../design/Button.tsx";
import { EmptyState } from "../../design/EmptyState.tsx";
import { ErrorState } from "../../design/ErrorState.tsx";
import { IconButton } from "../../design/IconButton.tsx";
import { LoadingState } from "../../design/LoadingState.tsx";
import { SearchField } from "../../design/SearchField.tsx";
import { dateTime, duration } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import type { Bookmark } from "../../../shared/model/recording.ts";
import { useReviewScope } from "./review-context.tsx";
import { useBookmarkList } from "./use-kept-lists.ts";
import type { ReviewDeeds } from "./use-review-deeds.ts";
import styles from "./kept.module.css";

/** The bookmarks of the cameras that play, newest first; a press jumps there. */
export function BookmarkList({ deeds }: { readonly deeds: ReviewDeeds }) {
  const say = useSay();
  const [text, setText] = useState("");
  const list = useBookmarkList(text);
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
  return (
    <>
      <SearchField label={say("review.bookmark.search")} value={text} maxLength={80} onChange={setText} />
      {list.data === undefined && list.isLoading && <LoadingState label={say("review.loading")} />}
      {list.data?.length === 0 && text !== "" && <p>{say("review.bookmark.noneFound", { query: text })}</p>}
      {(list.data?.length === 0 || (list.data === undefined && !list.isLoading)) && text === "" && (
        <EmptyState icon={BookmarkIcon} title={say("review.bookmark.none")}>
          {say("review.bookmark.noneText")}
        </EmptyState>
      )}
      <ul className={styles.kept} aria-label={say("review.bookmarks")}>
        {list.data?.map((bookmark) => (
          <BookmarkLine key={bookmark.id} bookmark={bookmark} deeds={deeds} />
        ))}
      </ul>
    </>
  );
}

function BookmarkLine({ bookmark, deeds }: { readonly bookmark: Bookmark; readonly deeds: ReviewDeeds }) {
  const say = useSay();
  const { store, deck, zone } = useReviewScope();
  const { id, title, from, to, note, tags, colour, channels, madeBy } = bookmark;
  const jump = (): void => {
    deck.seek(from);
    store.getState().follow(from);
  };
  return (
    <li className={styles.keptLine} data-colour={colour}>
      <button type="button" className={styles.keptMain} onClick={jump}>
        <b>{title}</b>
        <span>
          {dateTime(from, zone.name)}
          {to > from ? ` · ${duration(say, to - from)}` : ""}
        </span>
        {note !== "" && <span className={styles.keptNote}>{note}</span>}
        <span className={styles.dim}>
          {[
            say("review.bookmark.cameras", { count: channels.length }),
            madeBy === "" ? "" : say("review.bookmark.by", { by: madeBy }),
            say(`review.colour.${colour}`),
            ...tags.map((tag) => `#${tag}`),
          ]
            .filter((part) => part !== "")
            .join(" · ")}
        </span>
      </button>
      <IconButton
        size="small"
        label={say("review.bookmark.edit", { title })}
        icon={Pencil}
        onPress={() => store.getState().open({ kind: "bookmark", id })}
      />
      <IconButton
        size="small"
        label={say("review.bookmark.delete", { title })}
        icon={Trash2}
        onPress={() => void deeds.removeBookmark(bookmark)}
      />
    </li>
  );
}
