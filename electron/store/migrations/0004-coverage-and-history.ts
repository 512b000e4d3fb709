import type { Migration } from "./migration.ts";

/** What is recorded of each hour and day, kept by triggers on the runs; who did what to bookmarks and locks. */
export const coverageAndHistory: Migration = {
  version: 4,
  name: "coverage and history",
  sql: `
create table hour_step (
  n integer primary key
) strict;
insert into hour_step
  with recursive step (n) as (select 0 union all select n + 1 from step where n < 9999) select n from step;

create table recording_hour (
  channel_id text not null,
  role text not null,
  hour_at integer not null check (hour_at % 3600000 = 0),
  minutes integer not null,
  recorded_ms integer not null,
  primary key (channel_id, role, hour_at)
) strict, without rowid;

create table recording_day (
  channel_id text not null,
  role text not null,
  day_at integer not null check (day_at % 86400000 = 0),
  hours integer not null,
  recorded_ms integer not null,
  primary key (channel_id, role, day_at)
) strict, without rowid;
create trigger recording_hour_comes after insert on recording_hour
begin
  insert into recording_day (channel_id, role, day_at, hours, recorded_ms)
  values (new.channel_id, new.role, new.hour_at / 86400000 * 86400000,
    1 << (new.hour_at / 3600000 % 24), new.recorded_ms)
  on conflict (channel_id, role, day_at) do update
    set hours = hours | excluded.hours, recorded_ms = recorded_ms + excluded.recorded_ms;
end;
create trigger recording_hour_changes after update of recorded_ms on recording_hour
begin
  update recording_day set recorded_ms = recorded_ms + new.recorded_ms - old.recorded_ms
  where channel_id = new.channel_id and role = new.role and day_at = new.hour_at / 86400000 * 86400000;
end;
create trigger recording_hour_goes after delete on recording_hour
begin
  update recording_day
  set hours = hours & ~(1 << (old.hour_at / 3600000 % 24)), recorded_ms = recorded_ms - old.recorded_ms
  where channel_id = old.channel_id and role = old.role and day_at = old.hour_at / 86400000 * 86400000;
  delete from recording_day
  where channel_id = old.channel_id and role = old.role and day_at = old.hour_at / 86400000 * 86400000
    and hours = 0;
end;

create view recording_grown as select channel_id, role, from_at, to_at from recording_run;
create trigger recording_grown_counts instead of insert on recording_grown when new.from_at < new.to_at
begin
  insert into recording_hour (channel_id, role, hour_at, minutes, recorded_ms)
  select new.channel_id, new.role, hour_at,
    ((1 << ((min(new.to_at, hour_at + 3600000) - 1 - hour_at) / 60000
      - (max(new.from_at, hour_at) - hour_at) / 60000 + 1)) - 1) << ((max(new.from_at, hour_at) - hour_at) / 60000),
    min(new.to_at, hour_at + 3600000) - max(new.from_at, hour_at)
  from (select (new.from_at / 3600000 + n) * 3600000 as hour_at from hour_step
    where n <= (new.to_at - 1) / 3600000 - new.from_at / 3600000)
  where true
  on conflict (channel_id, role, hour_at) do update
    set minutes = minutes | excluded.minutes, recorded_ms = recorded_ms + excluded.recorded_ms;
end;
create view recording_lost as select channel_id, role, from_at, to_at from recording_run;
create trigger recording_lost_counts instead of insert on recording_lost when new.from_at < new.to_at
begin
  update recording_hour
  set recorded_ms = recorded_ms - (min(new.to_at, hour_at + 3600000) - max(new.from_at, hour_at)),
    minutes = minutes & ~(
      select coalesce(sum(1 << n), 0) from hour_step
      where n between (max(new.from_at, hour_at) - hour_at) / 60000
          and (min(new.to_at, hour_at + 3600000) - 1 - hour_at) / 60000
        and coalesce((select r.from_at >= hour_at + (n + 1) * 60000 from recording_run r
          where r.channel_id = new.channel_id and r.role = new.role and r.to_at > hour_at + n * 60000
            and r.to_at > r.from_at order by r.to_at limit 1), 1)
        and coalesce((select r.to_at <= hour_at + n * 60000 from recording_run r
          where r.channel_id = new.channel_id and r.role = new.role and r.from_at < hour_at + (n + 1) * 60000
            and r.to_at > r.from_at order by r.from_at desc limit 1), 1))
  where channel_id = new.channel_id and role = new.role
    and hour_at > new.from_at - 3600000 and hour_at < new.to_at;
  delete from recording_hour
  where channel_id = new.channel_id and role = new.role
    and hour_at > new.from_at - 3600000 and hour_at < new.to_at and minutes = 0;
end;
insert into recording_grown select channel_id, role, from_at, to_at from recording_run;
create trigger recording_run_comes after insert on recording_run
begin
  insert into recording_grown values (new.channel_id, new.role, new.from_at, new.to_at);
end;
create trigger recording_run_moves after update of from_at, to_at on recording_run
begin
  insert into recording_grown values (new.channel_id, new.role, old.to_at, new.to_at);
  insert into recording_grown values (new.channel_id, new.role, new.from_at, old.from_at);
  insert into recording_lost values (new.channel_id, new.role, new.to_at, old.to_at);
  insert into recording_lost values (new.channel_id, new.role, old.from_at, new.from_at);
end;
create trigger recording_run_goes after delete on recording_run
begin
  insert into recording_lost values (old.channel_id, old.role, old.from_at, old.to_at);
end;

drop index bookmark_by_time;
create index bookmark_by_time on bookmark (from_at desc, id, to_at);
alter table evidence_lock add column lift_reason text check (length(lift_reason) <= 500);

create table mark_history (
  id integer primary key,
  kind text not null check (kind in ('bookmark', 'lock')),
  mark_id text not null,
  at integer not null,
  by_name text not null,
  deed text not null check (deed in ('made', 'changed', 'removed', 'restored', 'lifted', 'prolonged')),
  detail text not null check (json_valid(detail))
) strict;
create index mark_history_by_mark on mark_history (kind, mark_id, id desc);
create trigger mark_history_is_kept before update on mark_history
begin
  select raise(abort, 'history is never edited');
end;
insert into mark_history (kind, mark_id, at, by_name, deed, detail)
  select 'bookmark', id, made_at, made_by, 'made', '{}' from bookmark order by made_at, id;
insert into mark_history (kind, mark_id, at, by_name, deed, detail)
  select 'lock', id, made_at, made_by, 'made', '{}' from evidence_lock order by made_at, id;
insert into mark_history (kind, mark_id, at, by_name, deed, detail)
  select 'lock', id, lifted_at, lifted_by, 'lifted', '{}' from evidence_lock where lifted_at is not null
  order by lifted_at, id;
`,
};
