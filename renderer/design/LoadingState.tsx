import { Spinner } from "./Spinner.tsx";
import styles from "./state-page.module.css";

/** Something is being fetched; shown in place of what will be there. */
export function LoadingState({ label }: { readonly label: string }) {
  return (
    <div className={styles.page} role="status">
      <Spinner />
      <p className={styles.text}>{label}</p>
    </div>
  );
}
