import type { Migration } from "./migration.ts";

/** Recorded files and gaps, bookmarks, evidence locks, and what is recorded of each channel. */
export const recordings: Migration = {
  version: 3,
  name: "recordings",
  sql: `
create table recording_run (
  id text primary key,
  channel_id text not null,
  role text not null check (role in ('main', 'sub', 'other')),
  from_at integer not null,
  to_at integer not null check (to_at >= from_at)
) strict;
create index recording_run_by_start on recording_run (channel_id, role, from_at, to_at);
create index recording_run_by_end on recording_run (channel_id, role, to_at, from_at);

create table recording_file (
  id integer primary key,
  path text not null unique check (path like 'recordings/%'),
  channel_id text not null,
  role text not null check (role in ('main', 'sub', 'other')),
  run_id text not null references recording_run (id) on delete cascade,
  start_at integer not null,
  end_at integer not null check (end_at >= start_at),
  bytes integer not null check (bytes >= 0),
  open integer not null check (open in (0, 1))
) strict;
create index recording_file_by_channel on recording_file (channel_id, role, start_at);
create index recording_file_by_age on recording_file (start_at, id);
create index recording_file_by_run on recording_file (run_id, start_at);
create index recording_file_open on recording_file (open) where open = 1;

create table recording_total (
  id integer primary key check (id = 1),
  bytes integer not null,
  files integer not null
) strict;
insert into recording_total values (1, 0, 0);
create trigger recording_file_comes after insert on recording_file
begin
  update recording_total set bytes = bytes + new.bytes, files = files + 1 where id = 1;
end;
create trigger recording_file_grows after update of bytes on recording_file
begin
  update recording_total set bytes = bytes + new.bytes - old.bytes where id = 1;
end;
create trigger recording_file_goes after delete on recording_file
begin
  update recording_total set bytes = bytes - old.bytes, files = files - 1 where id = 1;
end;

create table recording_doomed (
  path text primary key
) strict, without rowid;

create table recording_gap (
  id integer primary key,
  channel_id text not null,
  role text not null check (role in ('main', 'sub', 'other')),
  from_at integer not null,
  to_at integer check (to_at >= from_at),
  cause text not null,
  detail text not null check (length(detail) <= 500)
) strict;
create index recording_gap_by_channel on recording_gap (channel_id, role, from_at, to_at, cause);
create index recording_gap_open on recording_gap (channel_id, role) where to_at is null;

create table recording_choice (
  channel_id text primary key references channel (id) on delete cascade,
  mode text not null check (mode in ('off', 'continuous'))
) strict;

create table bookmark (
  id text primary key,
  from_at integer not null,
  to_at integer not null check (to_at >= from_at),
  title text not null check (length(title) between 1 and 80),
  note text not null check (length(note) <= 2000),
  tags text not null check (json_valid(tags)),
  colour text not null,
  made_at integer not null,
  made_by text not null,
  changed_at integer not null
) strict;
create index bookmark_by_time on bookmark (from_at desc, id);

create table bookmark_channel (
  bookmark_id text not null references bookmark (id) on delete cascade,
  channel_id text not null,
  primary key (bookmark_id, channel_id)
) strict, without rowid;

create table evidence_lock (
  id text primary key,
  from_at integer not null,
  to_at integer not null check (to_at > from_at),
  reason text not null check (length(reason) between 1 and 500),
  made_at integer not null,
  made_by text not null,
  until_at integer,
  lifted_at integer,
  lifted_by text,
  check ((lifted_at is null) = (lifted_by is null))
) strict;
create index evidence_lock_by_time on evidence_lock (from_at desc, id);

create table evidence_lock_channel (
  lock_id text not null references evidence_lock (id) on delete cascade,
  channel_id text not null,
  primary key (lock_id, channel_id)
) strict, without rowid;
create index evidence_lock_by_channel on evidence_lock_channel (channel_id);
`,
};
