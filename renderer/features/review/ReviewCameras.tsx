import { Check, X } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../../design/IconButton.tsx";
import { SearchField } from "../../design/SearchField.tsx";
import { useToasts } from "../../frame/frame-context.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { useReview, useReviewScope } from "./review-context.tsx";
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
    <aside className={styles.cameras} aria-label={say("review.cameras")}>
      <div className={styles.camerasHead}>
        <SearchField label={say("review.cameras.search")} value={query} onChange={setQuery} />
        <IconButton label={say("review.cameras.close")} icon={X} onPress={() => open({ kind: "none" })} />
      </div>
      <ul className={styles.cameraList}>
        {found.length === 0 && <li className={styles.none}>{say("review.cameras.none", { query })}</li>}
        {found.map(({ id, number, name }) => (
          <li key={id}>
            <button
              type="button"
              className={styles.camera}
              aria-pressed={shown.includes(id)}
              onClick={() => {
                if (toggleChannel(id) === "full")
                  toasts.show({ severity: "warning", title: say("review.cameras.full") });
              }}
            >
              <span className={styles.check}>{shown.includes(id) && <Check size={14} aria-hidden />}</span>
              <span className={styles.dim}>{number}</span>
              <span className={styles.cameraName}>{name}</span>
            </button>
          </li>
        ))}
      </ul>
    </aside>
  );
}
