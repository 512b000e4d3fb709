import type { WriteDb } from "./db.ts";
import type { Migration } from "./migrations/migration.ts";

/** "WFLR": marks a SQLite file as a Watchfloor site. */
export const applicationId = 0x57_46_4c_52;

/**
 * Brings a site up to the last of `migrations`, each in one transaction; one that fails leaves the file as
 * it was before that one. Answers the versions applied, none when the file is up to date.
 */
export function migrate(db: WriteDb, migrations: readonly Migration[], now: number): number[] {
  const from = Number(db.pragma("user_version", { simple: true }));
  const applied: number[] = [];
  for (const { version, name, sql } of migrations) {
    if (version <= from) continue;
    db.transaction(() => {
      db.exec(sql);
      db.prepare("insert into migration (version, name, applied_at) values (?, ?, ?)").run(
        version,
        name,
        now,
      );
      db.pragma(`user_version = ${version}`);
      db.pragma(`application_id = ${applicationId}`);
    }).immediate();
    applied.push(version);
  }
  return applied;
}
