import type { Migration } from "./migration.ts";

/** What is recorded of a channel and when, who asked for recording by hand, and the clocks it was recorded by. */
export const recordingRules: Migration = {
  version: 7,
  name: "recording rules",
  sql: `
create table recording_rule (
  channel_id text primary key references channel (id) on delete cascade,
  rule text not null check (json_valid(rule))
) strict;
insert into recording_rule (channel_id, rule) select channel_id, json_object('mode', mode) from recording_choice;
drop table recording_choice;

create table recording_request (
  id integer primary key,
  channel_id text not null,
  from_at integer not null,
  until_at integer not null check (until_at >= from_at),
  by_name text not null check (length(by_name) <= 64),
  stopped_by text check (length(stopped_by) <= 64)
) strict;
create index recording_request_by_end on recording_request (until_at, id);

create table recording_clock (
  channel_id text not null,
  role text not null check (role in ('main', 'sub', 'other')),
  at integer not null,
  run_id text not null,
  delay_ms integer not null,
  device_ms integer,
  ledger_ms integer,
  primary key (channel_id, role, at, run_id)
) strict, without rowid;

create table recording_beat (
  id integer primary key check (id = 1),
  at integer not null
) strict;
`,
};
