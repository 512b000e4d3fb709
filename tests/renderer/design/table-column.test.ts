import fc from "fast-check";
import { expect, test } from "vitest";
import { sortRows, type TableColumn } from "../../../renderer/design/table-column.ts";

interface Entry {
  readonly id: number;
  readonly value: string | number | null;
}
const columns: readonly TableColumn<Entry>[] = [
  { id: "value", title: "Value", width: 1, render: () => null, sortBy: (row) => row.value },
  { id: "plain", title: "Plain", width: 1, render: () => null },
];
const rowsOf = (values: readonly (string | number | null)[]): Entry[] =>
  values.map((value, id) => ({ id, value }));
const sorted = (values: readonly (string | number | null)[], direction: "ascending" | "descending") =>
  sortRows(rowsOf(values), columns, { column: "value", direction }).map((row) => row.value);

test("text with numbers sorts as people count", () => {
  expect(sorted(["Gate 10", "gate 2", "Gate 1"], "ascending")).toEqual(["Gate 1", "gate 2", "Gate 10"]);
});

test("what is not known comes last in both directions", () => {
  expect(sorted([2, null, 1], "ascending")).toEqual([1, 2, null]);
  expect(sorted([2, null, 1], "descending")).toEqual([2, 1, null]);
});

test("a column that cannot be sorted leaves the rows as they are", () => {
  const rows = rowsOf([3, 1, 2]);
  expect(sortRows(rows, columns, { column: "plain", direction: "ascending" })).toBe(rows);
});

test("sorting loses and invents no row, and keeps the order of equals", () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 3 }))), (values) => {
      const result = sortRows(rowsOf(values), columns, { column: "value", direction: "ascending" });
      expect(result.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(values.map((_, id) => id));
      for (const [index, row] of result.entries()) {
        const next = result[index + 1];
        if (next !== undefined && next.value === row.value) expect(row.id).toBeLessThan(next.id);
      }
    }),
  );
});
