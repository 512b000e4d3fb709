import { Plus } from "lucide-react";
import { Drawer } from "../../design/Drawer.tsx";
import { IconButton } from "../../design/IconButton.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { BookmarkForm } from "./BookmarkForm.tsx";
import { BookmarkList } from "./BookmarkList.tsx";
import { LockDetail } from "./LockDetail.tsx";
import { LockForm } from "./LockForm.tsx";
import { LockList } from "./LockList.tsx";
import { MotionPanel } from "./MotionPanel.tsx";
import { useReview, useReviewScope } from "./review-context.tsx";
import { ReviewCameras } from "./ReviewCameras.tsx";
import type { ReviewDeeds } from "./use-review-deeds.ts";
import styles from "./kept.module.css";

/** What is open beside the pictures: bookmarks, one of them, locks, a new lock; or the cameras to choose from. */
export function ReviewDrawer({ deeds }: { readonly deeds: ReviewDeeds }) {
  const say = useSay();
  const { store } = useReviewScope();
  const drawer = useReview((review) => review.drawer);
  const { open } = store.getState();
  const close = (): void => open({ kind: "none" });
  switch (drawer.kind) {
    case "none":
      return null;
    case "cameras":
      return <ReviewCameras />;
    case "bookmarks":
    case "bookmark":
      return (
        <Drawer title={say("review.bookmarks")} onClose={close}>
          <div className={styles.drawerBody}>
            {drawer.kind === "bookmark" ? (
              <BookmarkForm key={drawer.bookmark.id} bookmark={drawer.bookmark} deeds={deeds} />
            ) : (
              <BookmarkList deeds={deeds} />
            )}
          </div>
        </Drawer>
      );
    case "motion":
      return (
        <Drawer title={say("motion.title")} onClose={close}>
          <MotionPanel deeds={deeds} />
        </Drawer>
      );
    case "locks":
    case "lock":
    case "new-lock":
      return (
        <Drawer
          title={say(drawer.kind === "new-lock" ? "review.lock.title" : "review.locks")}
          onClose={close}
          actions={
            drawer.kind === "locks" ? (
              <IconButton
                label={say("review.lock.new")}
                icon={Plus}
                keys="O"
                onPress={() => open({ kind: "new-lock" })}
              />
            ) : undefined
          }
        >
          <div className={styles.drawerBody}>
            {drawer.kind === "locks" && <LockList deeds={deeds} />}
            {drawer.kind === "lock" && <LockDetail key={drawer.lock.id} lock={drawer.lock} deeds={deeds} />}
            {drawer.kind === "new-lock" && <LockForm deeds={deeds} />}
          </div>
        </Drawer>
      );
  }
}
