import type { ReactNode } from "react";
import { SearchField } from "./SearchField.tsx";
import styles from "./side-list.module.css";

export interface SideListProps {
  readonly label: string;
  readonly searchLabel: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  /** The button that closes the list; it stands beside the search. */
  readonly close: ReactNode;
  /** Said in place of the rows when nothing was found. */
  readonly none: string | null;
  /** The rows, as list items. */
  readonly children: ReactNode;
}

/** A list beside the page that can be searched: its rows take the classes of `side-list.module.css`. */
export function SideList({ label, searchLabel, query, onQuery, close, none, children }: SideListProps) {
  return (
    <aside className={styles.panel} aria-label={label}>
      <div className={styles.head}>
        <SearchField label={searchLabel} value={query} onChange={onQuery} />
        {close}
      </div>
      <ul className={styles.list}>
        {children}
        {none !== null && <li className={styles.none}>{none}</li>}
      </ul>
    </aside>
  );
}
