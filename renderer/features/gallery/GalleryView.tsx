import { PageHeader } from "../../design/PageHeader.tsx";
import { GalleryControls } from "./GalleryControls.tsx";
import { GalleryFields } from "./GalleryFields.tsx";
import { GalleryMarks } from "./GalleryMarks.tsx";
import { GalleryOverlays } from "./GalleryOverlays.tsx";
import { GalleryStates } from "./GalleryStates.tsx";
import { GalleryTable } from "./GalleryTable.tsx";
import styles from "./gallery.module.css";

/** Every component of the design system in every variant. */
export function GalleryView() {
  return (
    <div className={styles.page}>
      <PageHeader title="Gallery" />
      <div className={styles.scroll}>
        <GalleryMarks />
        <GalleryControls />
        <GalleryFields />
        <GalleryOverlays />
        <GalleryTable />
        <GalleryStates />
      </div>
    </div>
  );
}
