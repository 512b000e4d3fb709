/** Why the store could not do what it was asked. */
export type StoreErrorCode =
  "disk-full" | "read-only" | "corrupt" | "busy" | "constraint" | "io" | "bad-row" | "closed" | "internal";

/** The store's own error: the only one its functions throw. Messages hold no values from rows. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

const prefixes: readonly (readonly [string, StoreErrorCode])[] = [
  ["SQLITE_FULL", "disk-full"],
  ["SQLITE_READONLY", "read-only"],
  ["SQLITE_CANTOPEN", "read-only"],
  ["SQLITE_PERM", "read-only"],
  ["SQLITE_CORRUPT", "corrupt"],
  ["SQLITE_NOTADB", "corrupt"],
  ["SQLITE_BUSY", "busy"],
  ["SQLITE_CONSTRAINT", "constraint"],
  ["SQLITE_IOERR", "io"],
  ["ENOSPC", "disk-full"],
  ["EDQUOT", "disk-full"],
  ["EACCES", "read-only"],
  ["EPERM", "read-only"],
  ["EROFS", "read-only"],
];

/** Turns what SQLite or the file system threw into a `StoreError`; one that is one already stays itself. */
export function toStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const known = prefixes.find(([prefix]) => code.startsWith(prefix));
  const message = error instanceof Error ? error.message : String(error);
  return new StoreError(known?.[1] ?? "internal", code === "" ? message : `${code}: ${message}`, {
    cause: error,
  });
}
