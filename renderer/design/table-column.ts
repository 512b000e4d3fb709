import type { ReactNode } from "react";

/** One column of a table: how a row reads, sorts and is written out. */
export interface TableColumn<Row> {
  readonly id: string;
  readonly title: string;
  readonly width: number;
  readonly align?: "start" | "end";
  readonly isRowHeader?: boolean;
  /** Its share of what is left over; 0 keeps the width. */
  readonly grow?: number;
  readonly render: (row: Row) => ReactNode;
  /** What it sorts by; a column without it cannot be sorted. Nulls come last either way. */
  readonly sortBy?: (row: Row) => string | number | null;
}

export interface TableSort {
  readonly column: string;
  readonly direction: "ascending" | "descending";
}

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** The rows in the order of a column; stable, and unknown values last in both directions. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  sort: TableSort,
): readonly Row[] {
  const sortBy = columns.find((column) => column.id === sort.column)?.sortBy;
  if (sortBy === undefined) return rows;
  const sign = sort.direction === "ascending" ? 1 : -1;
  return rows.toSorted((left, right) => {
    const a = sortBy(left);
    const b = sortBy(right);
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    const order =
      typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b));
    return sign * order;
  });
}
