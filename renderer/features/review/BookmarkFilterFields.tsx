import { SearchField } from "../../design/SearchField.tsx";
import { Select } from "../../design/Select.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { BookmarkColour } from "../../../shared/model/recording.ts";
import { MarkFilterFields } from "./MarkFilterFields.tsx";
import { useBookmarkTags, type BookmarkFilter } from "./use-kept-lists.ts";
import styles from "./kept.module.css";

export interface BookmarkFilterFieldsProps {
  readonly filter: BookmarkFilter;
  readonly onChange: (filter: BookmarkFilter) => void;
}

const any = "any";

/** What narrows the list of bookmarks: words, tag, colour, which cameras, which time. */
export function BookmarkFilterFields({ filter, onChange }: BookmarkFilterFieldsProps) {
  const say = useSay();
  const tags = useBookmarkTags();
  const tagOptions = [
    { id: any, label: say("marks.filter.anyTag") },
    // Ids of options must not meet `any`.
    ...tags.map((tag) => ({ id: `#${tag}`, label: `#${tag}` })),
  ];
  const colourOptions = [
    { id: any, label: say("marks.filter.anyColour") },
    ...BookmarkColour.options.map((colour) => ({ id: colour, label: say(`review.colour.${colour}`) })),
  ];
  return (
    <div className={styles.filter}>
      <SearchField
        label={say("review.bookmark.search")}
        value={filter.text}
        maxLength={80}
        onChange={(text) => onChange({ ...filter, text })}
      />
      <div className={styles.choices}>
        <Select
          label={say("marks.filter.tag")}
          options={tagOptions}
          selected={filter.tag === null ? any : `#${filter.tag}`}
          onSelect={(id) => onChange({ ...filter, tag: id === any ? null : id.slice(1) })}
        />
        <Select
          label={say("review.bookmark.colour")}
          options={colourOptions}
          selected={filter.colour ?? any}
          onSelect={(id) => onChange({ ...filter, colour: BookmarkColour.safeParse(id).data ?? null })}
        />
      </div>
      <MarkFilterFields filter={filter} onChange={(change) => onChange({ ...filter, ...change })} />
    </div>
  );
}
