import { z } from "zod";
import { StoreError } from "./store-error.ts";

/** SQLite has no booleans: 0 and 1. */
export const Flag = z.union([z.literal(0), z.literal(1)]).transform((value) => value === 1);
export const flag = (value: boolean): 0 | 1 => (value ? 1 : 0);

/** Parses one row at the edge. Throws `StoreError` `bad-row` naming the table and the columns, never the values. */
export function parseRow<T>(schema: z.ZodType<T>, table: string, row: unknown): T {
  const parsed = schema.safeParse(row);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.code}`).join(", ");
  throw new StoreError("bad-row", `a row of ${table} cannot be read: ${where}`);
}

/** Parses every row of an answer. */
export const parseRows = <T>(schema: z.ZodType<T>, table: string, rows: readonly unknown[]): T[] =>
  rows.map((row) => parseRow(schema, table, row));

/** Reads a row that came as an array of so many whole numbers; much cheaper than a schema, for thousands of rows. */
export function integersOf(table: string, row: unknown, count: number): readonly number[] {
  const isRead = Array.isArray(row) && row.length === count && row.every(Number.isSafeInteger);
  if (!isRead)
    throw new StoreError("bad-row", `a row of ${table} cannot be read: not ${count} whole numbers`);
  return row as readonly number[];
}
