import { z } from "zod";
import type { AlarmDefinitionId } from "../../shared/base/ids.ts";
import { AlarmDefinition } from "../../shared/model/alarm.ts";
import type { ReadDb, WriteDb } from "./db.ts";
import { Flag, flag, parseRow, parseRows } from "./rows.ts";

const Row = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    priority: z.int(),
    is_enabled: Flag,
    body: z.string().transform((text) => z.record(z.string(), z.unknown()).parse(JSON.parse(text))),
    changed_at: z.int(),
    changed_by: z.string(),
  })
  .transform(({ body, id, name, priority, is_enabled }) => ({
    ...body,
    id,
    name,
    priority,
    isEnabled: is_enabled,
  }));

/** Who changed a definition and when. */
export interface Author {
  readonly by: string;
  readonly at: number;
}

/** Every definition, the gravest first. */
export const listAlarmDefinitions = (db: ReadDb): AlarmDefinition[] =>
  parseRows(
    Row,
    "alarm_definition",
    db.prepare("select * from alarm_definition order by priority, name limit 1000").all(),
  ).map((row) => parseRow(AlarmDefinition, "alarm_definition", row));

/** Stores a definition, new or known by its id. Throws `StoreError` when another has its name. */
export function saveAlarmDefinition(db: WriteDb, definition: AlarmDefinition, { by, at }: Author): void {
  const { id, name, priority, isEnabled, ...body } = definition;
  db.prepare(
    `insert into alarm_definition (id, name, priority, is_enabled, body, changed_at, changed_by)
     values (@id, @name, @priority, @enabled, @body, @at, @by)
     on conflict (id) do update set name = excluded.name, priority = excluded.priority,
       is_enabled = excluded.is_enabled, body = excluded.body, changed_at = excluded.changed_at,
       changed_by = excluded.changed_by`,
  ).run({ id, name, priority, enabled: flag(isEnabled), body: JSON.stringify(body), at, by });
}

/** False: there was no such definition. Alarms it raised stay. */
export const removeAlarmDefinition = (db: WriteDb, id: AlarmDefinitionId): boolean =>
  db.prepare("delete from alarm_definition where id = ?").run(id).changes > 0;
