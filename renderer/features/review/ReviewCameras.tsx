import { Check, X } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../../design/IconButton.tsx";
import { SideList } from "../../design/SideList.tsx";
import { useToasts } from "../../frame/frame-context.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { useReview, useReviewScope } from "./review-context.tsx";
import list from "../../design/side-list.module.css";
import styles from "./review.module.css";

/** Every camera of the site; those that are checked play in step. */
export function ReviewCameras() {
  const say = useSay();
  const toasts = useToasts();
  const { store, channels } = useReviewScope();
  const shown = useReview((review) => review.channels);
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const found = [...channels.values()].filter(
    ({ name, number }) => name.toLowerCase().includes(wanted) || String(number).startsWith(wanted),
  );
  const { toggleChannel, open } = store.getState();
  return (
    <SideList
      label={say("review.cameras")}
      searchLabel={say("review.cameras.search")}
      query={query}
      onQuery={setQuery}
      close={
        <IconButton label={say("review.cameras.close")} icon={X} onPress={() => open({ kind: "none" })} />
      }
      none={found.length === 0 ? say("review.cameras.none", { query }) : null}
    >
      {found.map(({ id, number, name }) => (
        <li key={id}>
          <button
            type="button"
            className={list.row}
            aria-pressed={shown.includes(id)}
            onClick={() => {
              if (toggleChannel(id) === "full")
                toasts.show({ severity: "warning", title: say("review.cameras.full") });
            }}
          >
            <span className={styles.check}>{shown.includes(id) && <Check size={14} aria-hidden />}</span>
            <span className={list.number}>{number}</span>
            <span className={list.name}>{name}</span>
          </button>
        </li>
      ))}
    </SideList>
  );
}
