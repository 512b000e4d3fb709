import type { Migration } from "./migration.ts";

/** Several storage locations, groups of channels with their own limits, and which site a recording belongs to. */
export const storageLocations: Migration = {
  version: 5,
  name: "storage-locations",
  sql: `
create table site_identity (
  id integer primary key check (id = 1),
  mark text not null check (length(mark) = 32)
) strict;
insert into site_identity values (1, lower(hex(randomblob(16))));

create table storage_location (
  id integer primary key autoincrement,
  root text unique check (root is null or length(root) between 1 and 4096),
  name text not null check (length(name) <= 64),
  position integer not null,
  quota_bytes integer not null check (quota_bytes >= 0),
  reserve_bytes integer not null check (reserve_bytes >= 0)
) strict;
insert into storage_location (id, root, name, position, quota_bytes, reserve_bytes) select 1, null, '', 0,
  coalesce((select cast(json_extract(value, '$') as integer) * 1000000000 from setting
            where name = 'recordingQuotaGb' and json_type(value) = 'integer'), 0), 0;

create table recording_group (
  id text primary key,
  name text not null collate nocase unique check (length(name) between 1 and 64),
  keep_days integer check (keep_days between 1 and 3650),
  quota_bytes integer not null check (quota_bytes >= 0),
  location_id integer references storage_location (id) on delete set null
) strict;
create index recording_group_by_location on recording_group (location_id) where location_id is not null;
create table recording_group_channel (
  channel_id text primary key references channel (id) on delete cascade,
  group_id text not null references recording_group (id) on delete cascade
) strict, without rowid;
create index recording_group_channel_by_group on recording_group_channel (group_id);

alter table recording_file add column location_id integer not null default 1;
alter table recording_file add column origin text not null default 'live' check (origin in ('live', 'fetched'));
alter table recording_run add column origin text not null default 'live' check (origin in ('live', 'fetched'));
drop index recording_file_by_age;
create index recording_file_by_place on recording_file (location_id, channel_id, start_at, end_at);

drop trigger recording_file_comes;
drop trigger recording_file_grows;
drop trigger recording_file_goes;
drop table recording_total;
create table recording_usage (
  location_id integer not null,
  channel_id text not null,
  bytes integer not null,
  files integer not null,
  primary key (location_id, channel_id)
) strict, without rowid;
insert into recording_usage
  select location_id, channel_id, sum(bytes), count(*) from recording_file group by location_id, channel_id;
create trigger recording_file_comes after insert on recording_file
begin
  insert into recording_usage values (new.location_id, new.channel_id, new.bytes, 1)
    on conflict do update set bytes = bytes + excluded.bytes, files = files + 1;
end;
create trigger recording_file_grows after update of bytes on recording_file
begin
  update recording_usage set bytes = bytes + new.bytes - old.bytes
    where location_id = new.location_id and channel_id = new.channel_id;
end;
create trigger recording_file_moves after update of location_id on recording_file
begin
  update recording_usage set bytes = bytes - new.bytes, files = files - 1
    where location_id = old.location_id and channel_id = old.channel_id;
  insert into recording_usage values (new.location_id, new.channel_id, new.bytes, 1)
    on conflict do update set bytes = bytes + excluded.bytes, files = files + 1;
end;
create trigger recording_file_goes after delete on recording_file
begin
  update recording_usage set bytes = bytes - old.bytes, files = files - 1
    where location_id = old.location_id and channel_id = old.channel_id;
end;

create table doomed_before as select path from recording_doomed;
drop table recording_doomed;
create table recording_doomed (
  location_id integer not null,
  path text not null,
  primary key (location_id, path)
) strict, without rowid;
insert into recording_doomed select 1, path from doomed_before;
drop table doomed_before;

create table storage_move (
  from_id integer primary key references storage_location (id) on delete cascade,
  to_id integer not null references storage_location (id) on delete cascade,
  ordered_at integer not null,
  check (from_id <> to_id)
) strict;
create index storage_move_by_target on storage_move (to_id);
create table storage_copy (
  path text primary key,
  from_id integer not null,
  to_id integer not null
) strict, without rowid;
`,
};
