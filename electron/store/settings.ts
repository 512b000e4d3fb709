import { z } from "zod";
import { defaultSettings, Settings, SettingsPatch } from "../../shared/model/settings.ts";
import type { ReadDb, WriteDb } from "./db.ts";
import { parseRows } from "./rows.ts";

const SettingRow = z.strictObject({ name: z.string(), value: z.string() });

/** What was read, and the names whose stored value was not valid and so count as their default. */
export interface StoredSettings {
  readonly settings: Settings;
  readonly unreadable: readonly string[];
}

/** The settings; a missing or invalid value is its default, and a name of another version is left alone. */
export function readSettings(db: ReadDb): StoredSettings {
  const rows = parseRows(
    SettingRow,
    "setting",
    db.prepare("select name, value from setting limit 1000").all(),
  );
  let settings: Settings = defaultSettings;
  const unreadable: string[] = [];
  for (const { name, value } of rows) {
    if (!Object.hasOwn(defaultSettings, name)) continue;
    const patch = SettingsPatch.safeParse({ [name]: JSON.parse(value) as unknown });
    if (patch.success) settings = Settings.parse({ ...settings, ...patch.data });
    else unreadable.push(name);
  }
  return { settings, unreadable };
}

/** Stores the settings that the patch names and answers all of them. */
export function writeSettings(db: WriteDb, patch: SettingsPatch, at: number): Settings {
  const upsert = db.prepare(
    `insert into setting (name, value, changed_at) values (?, ?, ?)
     on conflict (name) do update set value = excluded.value, changed_at = excluded.changed_at`,
  );
  for (const [name, value] of Object.entries(patch)) {
    if (value !== undefined) upsert.run(name, JSON.stringify(value), at);
  }
  return readSettings(db).settings;
}
