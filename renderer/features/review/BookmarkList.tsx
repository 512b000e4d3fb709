import { Bookmark as BookmarkIcon, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { EmptyState } from "../../design/EmptyState.tsx";
import { IconButton } from "../../design/IconButton.tsx";
import { Moment } from "../../frame/Moment.tsx";
import { duration } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import type { Bookmark } from "../../../shared/model/recording.ts";
import { BookmarkFilterFields } from "./BookmarkFilterFields.tsx";
import { KeptList } from "./KeptList.tsx";
import { useReviewScope } from "./review-context.tsx";
import { useBookmarkList, type BookmarkFilter } from "./use-kept-lists.ts";
import type { ReviewDeeds } from "./use-review-deeds.ts";
import styles from "./kept.module.css";

const everything: BookmarkFilter = { text: "", place: "shown", time: "ever", tag: null, colour: null };

/** Bookmarks, newest first, narrowed by words, tag, colour, cameras and time; a press jumps there. */
export function BookmarkList({ deeds }: { readonly deeds: ReviewDeeds }) {
  const say = useSay();
  const [filter, setFilter] = useState(everything);
  const list = useBookmarkList(filter);
  const isNarrowed = filter.text !== "" || filter.tag !== null || filter.colour !== null;
  return (
    <div className={styles.drawerList}>
      <BookmarkFilterFields filter={filter} onChange={setFilter} />
      <KeptList
        label={say("review.bookmarks")}
        list={list}
        nameOf={({ title }) => title}
        colourOf={({ colour }) => colour}
        onOpen={(bookmark) => deeds.jump(bookmark.from)}
        line={(bookmark) => <BookmarkLine bookmark={bookmark} deeds={deeds} />}
        empty={
          isNarrowed || filter.time === "ruler" ? (
            <p className={styles.none}>{say("marks.noneFound")}</p>
          ) : (
            <EmptyState icon={BookmarkIcon} title={say("review.bookmark.none")}>
              {say("review.bookmark.noneText")}
            </EmptyState>
          )
        }
      />
    </div>
  );
}

function BookmarkLine({ bookmark, deeds }: { readonly bookmark: Bookmark; readonly deeds: ReviewDeeds }) {
  const say = useSay();
  const { store } = useReviewScope();
  const { title, from, to, note, tags, colour, channels, madeBy } = bookmark;
  const parts = [
    say("review.bookmark.cameras", { count: channels.length }),
    madeBy === "" ? "" : say("review.bookmark.by", { by: madeBy }),
    say(`review.colour.${colour}`),
    ...tags.map((tag) => `#${tag}`),
  ];
  return (
    <>
      <div className={styles.keptMain}>
        <b>{title}</b>
        <span>
          <Moment at={from} face="full" />
          {to > from ? ` · ${duration(say, to - from)}` : ""}
          {note === "" ? "" : ` · ${note}`}
        </span>
        <span className={styles.dim}>{parts.filter((part) => part !== "").join(" · ")}</span>
      </div>
      <IconButton
        size="small"
        label={say("review.bookmark.edit", { title })}
        icon={Pencil}
        onPress={() => store.getState().open({ kind: "bookmark", bookmark })}
      />
      <IconButton
        size="small"
        label={say("review.bookmark.delete", { title })}
        icon={Trash2}
        onPress={() => void deeds.removeBookmark(bookmark)}
      />
    </>
  );
}
