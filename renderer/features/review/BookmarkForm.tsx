import { useState, type FormEvent } from "react";
import type { ChannelId } from "../../../shared/base/ids.ts";
import { BookmarkColour, type Bookmark } from "../../../shared/model/recording.ts";
import { Button } from "../../design/Button.tsx";
import { Select } from "../../design/Select.tsx";
import { TextField } from "../../design/TextField.tsx";
import { Moment } from "../../frame/Moment.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { ChannelChoice } from "./ChannelChoice.tsx";
import { MarkHistory } from "./MarkHistory.tsx";
import { useReview, useReviewScope } from "./review-context.tsx";
import { useBookmarkHistory } from "./use-kept-lists.ts";
import type { ReviewDeeds } from "./use-review-deeds.ts";
import styles from "./kept.module.css";

/** One bookmark: its title, note, tags, colour and cameras, and its history. */
export function BookmarkForm({
  bookmark,
  deeds,
}: {
  readonly bookmark: Bookmark;
  readonly deeds: ReviewDeeds;
}) {
  const say = useSay();
  const { store } = useReviewScope();
  const [title, setTitle] = useState(bookmark.title);
  const [note, setNote] = useState(bookmark.note);
  const [tags, setTags] = useState(bookmark.tags.join(", "));
  const [colour, setColour] = useState<BookmarkColour>(bookmark.colour);
  const [channels, setChannels] = useState<readonly ChannelId[]>(bookmark.channels);
  const shown = useReview((review) => review.channels);
  const history = useBookmarkHistory(bookmark.id);
  const back = (): void => store.getState().open({ kind: "bookmarks" });
  const isEmpty = title.trim() === "";
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (isEmpty || channels.length === 0) return;
    void deeds
      .changeBookmark(bookmark, {
        title: title.trim(),
        note,
        tags: tagsOf(tags),
        colour,
        channels: [...channels],
      })
      .then((isSaved) => (isSaved ? back() : undefined));
  };
  return (
    <form className={styles.form} onSubmit={save}>
      <p className={styles.dim}>
        <Moment at={bookmark.from} face="full" />
      </p>
      <TextField
        autoFocus
        label={say("review.bookmark.title")}
        value={title}
        maxLength={80}
        error={isEmpty ? say("review.bookmark.empty") : undefined}
        onChange={setTitle}
        onFocus={(event) => {
          if (event.target instanceof HTMLInputElement) event.target.select();
        }}
      />
      <TextField label={say("review.bookmark.note")} value={note} maxLength={2_000} onChange={setNote} />
      <TextField label={say("review.bookmark.tags")} value={tags} maxLength={540} onChange={setTags} />
      <Select
        label={say("review.bookmark.colour")}
        options={BookmarkColour.options.map((option) => ({
          id: option,
          label: say(`review.colour.${option}`),
        }))}
        selected={colour}
        onSelect={setColour}
      />
      <ChannelChoice
        channels={[...new Set([...bookmark.channels, ...shown])]}
        chosen={channels}
        onChange={setChannels}
      />
      <div className={styles.formActions}>
        <Button onPress={back}>{say("review.bookmark.cancel")}</Button>
        <Button type="submit" tone="primary" isDisabled={isEmpty || channels.length === 0}>
          {say("review.bookmark.save")}
        </Button>
      </div>
      <MarkHistory history={history} />
    </form>
  );
}

/** Tags as typed, separated by commas: at most sixteen of 32 characters, each once. */
export function tagsOf(text: string): string[] {
  const tags = text
    .split(",")
    .map((tag) => tag.trim().slice(0, 32).trim())
    .filter((tag) => tag !== "");
  return [...new Set(tags)].slice(0, 16);
}
