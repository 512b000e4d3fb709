import fs from "node:fs";
import Database from "better-sqlite3";
import { afterEach, expect, test } from "vitest";
import type { WriteDb } from "../../electron/store/db.ts";
import { applicationId, migrate } from "../../electron/store/migrate.ts";
import { currentVersion, migrations } from "../../electron/store/migrations/index.ts";

const open: Database.Database[] = [];
function empty(): WriteDb {
  const db = new Database(":memory:");
  open.push(db);
  return db as unknown as WriteDb;
}
afterEach(() => {
  for (const db of open.splice(0)) db.close();
});

/** Everything the schema is made of, without comments and spacing. */
function shape(db: Database.Database): unknown[] {
  return db
    .prepare(
      "select type, name, tbl_name, sql from sqlite_schema where name not like 'sqlite_%' order by type, name",
    )
    .all()
    .map((row) =>
      JSON.stringify(row)
        .replaceAll(/--[^\\]*\\n/g, "")
        .replaceAll(/(\\n|\s)+/g, " "),
    );
}

test("an empty file brought up to date has exactly the schema that schema.sql describes", () => {
  const migrated = empty();
  migrate(migrated, migrations, 1);
  const described = empty();
  described.exec(fs.readFileSync(new URL("../../electron/store/schema.sql", import.meta.url), "utf8"));
  expect(shape(migrated)).toEqual(shape(described));
});

test("versions count from one without a gap and the file knows each step it took", () => {
  expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
  const db = empty();
  expect(migrate(db, migrations, 77)).toEqual(migrations.map(({ version }) => version));
  expect(migrate(db, migrations, 78)).toEqual([]);
  expect(db.pragma("user_version", { simple: true })).toBe(currentVersion);
  expect(db.pragma("application_id", { simple: true })).toBe(applicationId);
  expect(db.prepare("select version, applied_at from migration order by version").all()).toEqual(
    migrations.map(({ version }) => ({ version, applied_at: 77 })),
  );
});

test("a step that fails leaves the file as it was before that step", () => {
  const db = empty();
  const next = currentVersion + 1;
  migrate(db, migrations, 1);
  const before = shape(db);
  const broken = {
    version: next,
    name: "broken",
    sql: "create table extra (a integer) strict; select nonsense;",
  };
  expect(() => migrate(db, [...migrations, broken], 2)).toThrow("nonsense");
  expect(shape(db)).toEqual(before);
  expect(db.pragma("user_version", { simple: true })).toBe(currentVersion);
  expect(db.prepare("select max(version) as v from migration").get()).toEqual({ v: currentVersion });
});

test("every table is strict and every foreign key has an index that finds its rows", () => {
  const db = empty();
  migrate(db, migrations, 1);
  const tables = db
    .prepare(
      "select name, strict from pragma_table_list where type = 'table' and schema = 'main' and name not like 'sqlite_%'",
    )
    .all() as { name: string; strict: number }[];
  expect(tables.length).toBeGreaterThan(10);
  for (const { name, strict } of tables) expect({ name, strict }).toEqual({ name, strict: 1 });
  for (const { name } of tables) {
    for (const { from } of db.prepare(`select "from" from pragma_foreign_key_list(?)`).all(name) as {
      from: string;
    }[]) {
      const plan = db.prepare(`explain query plan select 1 from ${name} where ${from} = ?`).all("x") as {
        detail: string;
      }[];
      expect(`${name}.${from}: ${plan.map(({ detail }) => detail).join()}`).toContain("SEARCH");
    }
  }
});
