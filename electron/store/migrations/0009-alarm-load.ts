import type { Migration } from "./migration.ts";

/** How many alarms there were in a stretch of time, and how often each repeated, without reading all of them. */
export const alarmLoad: Migration = {
  version: 9,
  name: "alarm-load",
  sql: `
create index alarm_by_raise on alarm (raised_at);
create index alarm_entry_repeat on alarm_entry (at, alarm_id) where kind in ('occurred', 'stood-again');
`,
};
