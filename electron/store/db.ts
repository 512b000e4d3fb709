import Database from "better-sqlite3";
import type { Database as Connection } from "better-sqlite3";

declare const reads: unique symbol;
declare const writes: unique symbol;

/** A connection that may only be read from. Functions that take it never change the site. */
export type ReadDb = Pick<Connection, "prepare"> & { readonly [reads]: true };
/** The writer's connection. A function that takes it is one transaction. */
export type WriteDb = ReadDb & Connection & { readonly [writes]: true };

export interface OpenOptions {
  readonly path: string;
  /** Path of the compiled addon, for runtimes that cannot load the package's own (Electron before 36). */
  readonly nativeBinding: string | undefined;
}

const binding = (options: OpenOptions): { nativeBinding?: string } =>
  options.nativeBinding === undefined ? {} : { nativeBinding: options.nativeBinding };

/** Opens the writer: WAL, every commit on the disk before it is confirmed, foreign keys held. */
export function openWriter(options: OpenOptions): WriteDb {
  const db = new Database(options.path, { timeout: 5_000, ...binding(options) });
  try {
    db.pragma("journal_mode = wal");
    db.pragma("synchronous = full");
    db.pragma("foreign_keys = on");
    db.pragma("trusted_schema = off");
  } catch (error) {
    db.close();
    throw error;
  }
  return db as unknown as WriteDb;
}

/** Opens a reader. The file must exist; nothing can be written through it. */
export function openReader(options: OpenOptions): ReadDb & { close(): void } {
  const db = new Database(options.path, {
    readonly: true,
    fileMustExist: true,
    timeout: 5_000,
    ...binding(options),
  });
  db.pragma("query_only = on");
  db.pragma("trusted_schema = off");
  return db as unknown as ReadDb & { close(): void };
}
