import type { Migration } from "./migration.ts";

/** Events of devices and of the console in one log, searchable, counted by the minute; the topics met, and views. */
export const events: Migration = {
  version: 6,
  name: "events",
  sql: `
create table event (
  id integer primary key,
  occurred_at integer not null,
  received_at integer not null,
  offset_ms integer,
  device_at integer,
  device_id text,
  channel_id text,
  place text not null check (length(place) <= 64),
  type text not null check (length(type) between 1 and 64),
  state text check (state in ('begun', 'ended')),
  source text not null check (source in ('device', 'console')),
  topic text not null check (length(topic) <= 400),
  detail text not null check (length(detail) <= 500),
  items text not null check (json_valid(items))
) strict;
create index event_by_time on event (occurred_at, id);
create index event_by_type on event (type, occurred_at, id);
create index event_by_device on event (device_id, occurred_at, id) where device_id is not null;
create index event_by_device_and_type on event (device_id, type, occurred_at, id) where device_id is not null;
create index event_by_channel on event (channel_id, occurred_at, id, type, state) where channel_id is not null;
create index event_by_receipt on event (received_at, id);
create trigger event_is_a_fact before update on event
begin
  select raise(abort, 'an event is never edited');
end;

create virtual table event_words using fts5 (
  words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);

create table event_minute (
  scope text not null,
  minute_at integer not null check (minute_at % 60000 = 0),
  type text not null,
  count integer not null check (count > 0),
  primary key (scope, minute_at, type)
) strict, without rowid;

create table event_hour (
  scope text not null,
  hour_at integer not null check (hour_at % 3600000 = 0),
  type text not null,
  count integer not null check (count > 0),
  primary key (scope, hour_at, type)
) strict, without rowid;

create table event_topic (
  topic text primary key check (length(topic) between 1 and 400),
  type text check (length(type) between 1 and 64),
  seen integer not null check (seen >= 0),
  last_at integer not null,
  example text not null check (length(example) <= 500)
) strict, without rowid;

create table event_view (
  id text primary key,
  name text not null collate nocase unique check (length(name) between 1 and 64),
  view text not null check (json_valid(view)),
  changed_at integer not null
) strict;

insert into event (occurred_at, received_at, device_id, channel_id, place, type, source, topic, detail, items)
  select e.occurred_at, e.occurred_at, e.device_id, e.channel_id, coalesce(c.name, d.name, ''),
    case when e.kind in ('picture-live', 'picture-stale', 'source-lost') then e.kind else 'console' end,
    'console', '', e.detail, '[]'
  from console_event e left join channel c on c.id = e.channel_id left join device d on d.id = e.device_id
  order by e.id;
drop table console_event;
insert into event_words (rowid, words)
  select id, place || ' ' || detail
    || ' zqd' || replace(replace(coalesce(device_id, ''), '-', ''), '_', '')
    || ' zqc' || replace(replace(coalesce(channel_id, ''), '-', ''), '_', '')
    || ' zqt' || replace(type, '-', '')
  from event;
insert into event_minute
  select '', occurred_at - (occurred_at % 60000 + 60000) % 60000, type, count(*) from event group by 1, 2, 3;
insert into event_minute
  select coalesce(channel_id, device_id), occurred_at - (occurred_at % 60000 + 60000) % 60000, type, count(*)
  from event where coalesce(channel_id, device_id) is not null group by 1, 2, 3;
insert into event_hour
  select scope, minute_at - (minute_at % 3600000 + 3600000) % 3600000, type, sum(count)
  from event_minute group by 1, 2, 3;
`,
};
