import Database from "better-sqlite3";
import type { WriteDb } from "../../electron/store/db.ts";
import { migrate } from "../../electron/store/migrate.ts";
import { migrations } from "../../electron/store/migrations/index.ts";
import { readFunctions, writeFunctions, type Store } from "../../electron/store/store.ts";

/** A real, empty site in memory, and the store over it in this thread: for tests of services. */
export function openMemoryStore(): { db: WriteDb; store: Store; close: () => void } {
  const db = new Database(":memory:") as unknown as WriteDb;
  db.pragma("foreign_keys = on");
  migrate(db, migrations, 0);
  const calls: Record<string, (...args: readonly unknown[]) => Promise<unknown>> = {};
  for (const [name, run] of Object.entries({ ...readFunctions, ...writeFunctions })) {
    calls[name] = async (...args) =>
      structuredClone(db.transaction(() => (run as (...all: unknown[]) => unknown)(db, ...args))());
  }
  return { db, store: calls as unknown as Store, close: () => db.close() };
}
