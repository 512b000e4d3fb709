-- The site database as prose: what it looks like after the last migration.
-- Tests hold it equal to what the migrations make of an empty file.
--
-- Every table is STRICT. Every `_at` is integer milliseconds UTC. Texts that came from a device are kept
-- exactly as sent. Ids are opaque and made by the console. No password is here in the clear: a credential
-- holds a sealed blob that only this computer's keychain, or the passphrase, opens.

-- Which migrations this file has been through, and when. `user_version` is the highest of them.
create table migration (
  version integer primary key,
  name text not null,
  applied_at integer not null
) strict;

-- Settings by name; the value is JSON. A name that is missing has its default.
create table setting (
  name text primary key check (length(name) between 1 and 64),
  value text not null check (json_valid(value)),
  changed_at integer not null
) strict;

-- How stored passwords are locked when the operating system cannot: parameters of scrypt, and a sealed
-- known text by which a passphrase is checked. At most one row.
create table vault_lock (
  id integer primary key check (id = 1),
  salt blob not null check (length(salt) >= 16),
  cost integer not null check (cost >= 16384),
  block_size integer not null check (block_size >= 8),
  parallelism integer not null check (parallelism >= 1),
  proof blob not null
) strict;

-- A login. `seal` says what opens `sealed`.
create table credential (
  id text primary key,
  label text not null check (length(label) between 1 and 64),
  username text not null check (length(username) <= 128),
  sealed blob not null check (length(sealed) between 1 and 4096),
  seal text not null check (seal in ('keychain', 'passphrase', 'demo')),
  created_at integer not null
) strict;

-- An adopted device. What it is (maker to endpoint_reference) identifies it; where it is (host, port, tls,
-- path) may change at any time.
create table device (
  id text primary key,
  name text not null check (length(name) between 1 and 64),
  mac text check (mac is null or length(mac) = 17),
  serial text,
  maker text not null,
  model text not null,
  hardware_id text not null,
  firmware text not null,
  endpoint_reference text,
  host text not null check (length(host) between 1 and 253),
  port integer not null check (port between 1 and 65535),
  tls integer not null check (tls in (0, 1)),
  path text not null check (path like '/%'),
  login text not null check (login in ('none', 'digest', 'ws-username-token')),
  credential_id text references credential (id) on delete set null,
  state text not null check (state in ('adopted', 'degraded', 'unreachable', 'retired')),
  state_since_at integer not null,
  state_reason text,
  state_detail text,
  state_retry_at integer,
  has_events integer not null check (has_events in (0, 1)),
  clock_offset_ms integer,
  adopted_at integer not null,
  last_seen_at integer not null,
  check ((state in ('degraded', 'unreachable')) = (state_reason is not null and state_detail is not null)),
  check (state_retry_at is null or state = 'unreachable')
) strict;
create index device_by_endpoint on device (endpoint_reference) where endpoint_reference is not null;
create index device_by_serial on device (serial, maker) where serial is not null;
create index device_by_mac on device (mac) where mac is not null;
create index device_by_credential on device (credential_id) where credential_id is not null;

-- The certificate met when a device that speaks TLS was adopted (SHA-256, lower-case hex): trusted from then
-- on, and no other. Cameras sign their own, so they are recognised, not certified.
create table device_certificate (
  device_id text primary key references device (id) on delete cascade,
  fingerprint text not null check (length(fingerprint) = 64),
  accepted_at integer not null
) strict;

-- The ONVIF services of a device. Only the path is kept: host and port are the device's own.
create table device_service (
  device_id text not null references device (id) on delete cascade,
  name text not null,
  path text not null check (path like '/%'),
  version text not null,
  primary key (device_id, name)
) strict, without rowid;

-- One video source of a device. `number` is what an operator types to call it.
create table channel (
  id text primary key,
  device_id text not null references device (id) on delete cascade,
  number integer not null unique check (number between 1 and 99999),
  name text not null check (length(name) between 1 and 64),
  source_token text not null,
  ptz integer not null check (ptz in (0, 1)),
  unique (device_id, source_token)
) strict;

-- One encoded profile of a channel, in the device's own order.
create table stream (
  channel_id text not null references channel (id) on delete cascade,
  position integer not null check (position between 0 and 31),
  role text not null check (role in ('main', 'sub', 'other')),
  profile_token text not null,
  profile_name text not null,
  codec text not null,
  width integer not null check (width >= 0),
  height integer not null check (height >= 0),
  fps real not null check (fps >= 0),
  bitrate_kbps real not null check (bitrate_kbps >= 0),
  gov_length integer not null check (gov_length >= 0),
  audio_codec text,
  uri text not null,
  primary key (channel_id, position)
) strict, without rowid;

-- What happened between the console and a device: shown as its connection history.
create table connection_entry (
  id integer primary key,
  device_id text not null references device (id) on delete cascade,
  at integer not null,
  kind text not null,
  detail text not null check (length(detail) <= 500)
) strict;
create index connection_entry_by_device on connection_entry (device_id, at, id);

-- The clock ledger: every measurement of a device's clock against ours.
create table clock_reading (
  id integer primary key,
  device_id text not null references device (id) on delete cascade,
  at integer not null,
  offset_ms integer not null,
  round_trip_ms real not null check (round_trip_ms >= 0)
) strict;
create index clock_reading_by_device on clock_reading (device_id, at, id);

-- A saved arrangement for one window. Two walls never share a name, whatever the case.
create table wall (
  id text primary key,
  name text not null collate nocase unique check (length(name) between 1 and 64),
  layout text not null,
  columns integer not null check (columns between 1 and 16),
  rows integer not null check (rows between 1 and 16),
  changed_at integer not null
) strict;

-- A tile's place in its wall's grid. An empty tile has no channel; so has one whose camera was removed.
create table wall_tile (
  wall_id text not null references wall (id) on delete cascade,
  position integer not null check (position between 0 and 63),
  grid_column integer not null check (grid_column between 0 and 15),
  grid_row integer not null check (grid_row between 0 and 15),
  column_span integer not null check (column_span between 1 and 16),
  row_span integer not null check (row_span between 1 and 16),
  channel_id text references channel (id) on delete set null,
  mode text not null check (mode in ('auto', 'low-latency', 'standard')),
  primary key (wall_id, position)
) strict, without rowid;
create index wall_tile_by_channel on wall_tile (channel_id) where channel_id is not null;

-- Where each window of the console stood and what it showed when it was last seen.
create table window_place (
  slot integer primary key check (slot between 0 and 31),
  x integer not null,
  y integer not null,
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  display_id integer not null,
  mode text not null check (mode in ('normal', 'maximised', 'full-screen')),
  page text not null,
  wall_id text references wall (id) on delete set null
) strict;
create index window_place_by_wall on window_place (wall_id) where wall_id is not null;

-- The last good picture of a channel, for the moments before the next one arrives.
create table last_picture (
  channel_id text primary key references channel (id) on delete cascade,
  captured_at integer not null,
  jpeg blob not null check (length(jpeg) between 1 and 210000)
) strict;

-- What devices reported and what the console itself noticed. Facts: never edited, and they outlive the camera, so
-- no foreign keys; `place` is its name at the time. `occurred_at` is the device's time (`device_at`) less the offset
-- of its clock (`offset_ms`), or our own. Ids count up in the order of receipt.
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

-- Which site this is: every recorded file carries it, so that a file of another site is known as such.
create table site_identity (
  id integer primary key check (id = 1),
  mark text not null check (length(mark) = 32)
) strict;

-- A folder that holds recordings, in the order in which they are used. `root` is absolute; null: the console's own
-- folder, wherever the profile lies. A quota of 0 is four fifths of the disk, a reserve of 0 the usual one.
create table storage_location (
  id integer primary key autoincrement,
  root text unique check (root is null or length(root) between 1 and 4096),
  name text not null check (length(name) <= 64),
  position integer not null,
  quota_bytes integer not null check (quota_bytes >= 0),
  reserve_bytes integer not null check (reserve_bytes >= 0)
) strict;

-- Channels that are kept in another way than the rest: for how long (null: as the site says), how much (0: no limit
-- of its own), and where first (null: by the order of the locations). A channel in none is kept as the site says.
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

-- Full-text search over events. Words are folded and cut by the console (event-words.ts); device, channel and type
-- are words too (`zqd…`, `zqc…`, `zqt…`), so that a rare one narrows a common word.
create virtual table event_words using fts5 (
  words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);

-- How many events of a type each minute and each hour had, kept with every insert: counting millions of rows would
-- take too long. The scope is a channel, a device for what has no channel, or '' for the whole site.
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

-- Every topic devices have used, how often, and what a person wants it to be; null: the console's own table decides.
create table event_topic (
  topic text primary key check (length(topic) between 1 and 400),
  type text check (length(type) between 1 and 64),
  seen integer not null check (seen >= 0),
  last_at integer not null,
  example text not null check (length(example) <= 500)
) strict, without rowid;

-- Saved views of the event log: filters, columns, density.
create table event_view (
  id text primary key,
  name text not null collate nocase unique check (length(name) between 1 and 64),
  view text not null check (json_valid(view)),
  changed_at integer not null
) strict;

-- An unbroken stretch of one stream's recording: one connection, one picture format. Its files follow each other.
-- `fetched`: it came later, from what the camera itself had kept.
-- Recordings outlive their camera's row: what was recorded of a removed camera goes by age like the rest.
create table recording_run (
  id text primary key,
  channel_id text not null,
  role text not null check (role in ('main', 'sub', 'other')),
  from_at integer not null,
  to_at integer not null check (to_at >= from_at)
, origin text not null default 'live' check (origin in ('live', 'fetched'))) strict;
create index recording_run_by_start on recording_run (channel_id, role, from_at, to_at);
create index recording_run_by_end on recording_run (channel_id, role, to_at, from_at);

-- 0, 1, 2 … for statements that count in steps: triggers know no recursion. An interval of more than 10,000 hours is cut.
create table hour_step (
  n integer primary key
) strict;
insert into hour_step
  with recursive step (n) as (select 0 union all select n + 1 from step where n < 9999) select n from step;

-- What is recorded of each hour of a stream, kept by triggers on its runs: a bit for each minute that is touched (lowest
-- bit first), and how much in all. The ruler and the calendar read these where runs are too many.
create table recording_hour (
  channel_id text not null,
  role text not null,
  hour_at integer not null check (hour_at % 3600000 = 0),
  minutes integer not null,
  recorded_ms integer not null,
  primary key (channel_id, role, hour_at)
) strict, without rowid;

-- The same for each day (UTC) with a bit for each hour, kept by triggers on the hours.
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

-- A stretch that is recorded now, and one that is not any more, are counted by writing them into these two views.
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

-- One file of about a minute. `path` is below the storage root, `open` while it is being written.
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
, location_id integer not null default 1, origin text not null default 'live' check (origin in ('live', 'fetched'))) strict;
create index recording_file_by_channel on recording_file (channel_id, role, start_at);
create index recording_file_by_place on recording_file (location_id, channel_id, start_at, end_at);
create index recording_file_by_run on recording_file (run_id, start_at);
create index recording_file_open on recording_file (open) where open = 1;

-- What the files of a channel take in a location, kept by triggers: summing millions of rows would take too long.
create table recording_usage (
  location_id integer not null,
  channel_id text not null,
  bytes integer not null,
  files integer not null,
  primary key (location_id, channel_id)
) strict, without rowid;
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

-- Files that are out of the index and are to be deleted from the disk; empty but for a crash in between.
create table recording_doomed (
  location_id integer not null,
  path text not null,
  primary key (location_id, path)
) strict, without rowid;

-- A person's order to move everything from one location to another, until it is carried out.
create table storage_move (
  from_id integer primary key references storage_location (id) on delete cascade,
  to_id integer not null references storage_location (id) on delete cascade,
  ordered_at integer not null,
  check (from_id <> to_id)
) strict;
create index storage_move_by_target on storage_move (to_id);

-- The file that a move is copying: after a crash its unfinished copy is deleted.
create table storage_copy (
  path text primary key,
  from_id integer not null,
  to_id integer not null
) strict, without rowid;

-- Why there is no recording from `from_at` to `to_at`; null: it lasts. One that lasts is closed by the next run.
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

-- What is recorded of a channel, and when, where that differs from the site's setting.
create table recording_rule (
  channel_id text primary key references channel (id) on delete cascade,
  rule text not null check (json_valid(rule))
) strict;

-- A person asked for a channel to be recorded until then, whatever its rule says. It outlives the channel.
create table recording_request (
  id integer primary key,
  channel_id text not null,
  from_at integer not null,
  until_at integer not null check (until_at >= from_at),
  by_name text not null check (length(by_name) <= 64),
  stopped_by text check (length(stopped_by) <= 64)
) strict;
create index recording_request_by_end on recording_request (until_at, id);

-- The clocks a stream was recorded by, from that instant of its recording on: how much later than it was captured a
-- picture arrived, how far the camera's own clock was ahead, and by what measurement of the clock ledger. A row where
-- a run begins, and where one of them has moved.
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

-- The console ran and recorded as it should until then at least: what came after a crash is known to be missing.
create table recording_beat (
  id integer primary key check (id = 1),
  at integer not null
) strict;

-- A named span on one or more channels, made by a person.
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
create index bookmark_by_time on bookmark (from_at desc, id, to_at);

create table bookmark_channel (
  bookmark_id text not null references bookmark (id) on delete cascade,
  channel_id text not null,
  primary key (bookmark_id, channel_id)
) strict, without rowid;

-- A hold that keeps footage out of retention: who, why, until when, and who lifted it.
create table evidence_lock (
  id text primary key,
  from_at integer not null,
  to_at integer not null check (to_at > from_at),
  reason text not null check (length(reason) between 1 and 500),
  made_at integer not null,
  made_by text not null,
  until_at integer,
  lifted_at integer,
  lifted_by text, lift_reason text check (length(lift_reason) <= 500),
  check ((lifted_at is null) = (lifted_by is null))
) strict;
create index evidence_lock_by_time on evidence_lock (from_at desc, id);

create table evidence_lock_channel (
  lock_id text not null references evidence_lock (id) on delete cascade,
  channel_id text not null,
  primary key (lock_id, channel_id)
) strict, without rowid;
create index evidence_lock_by_channel on evidence_lock_channel (channel_id);

-- Who did what to a bookmark or a lock; it outlives the bookmark. `detail`: what it was before, as far as that is known.
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

-- Which events raise an alarm and what is to be done about it; `body` is the rest of an AlarmDefinition.
create table alarm_definition (
  id text primary key,
  name text not null collate nocase unique check (length(name) between 1 and 80),
  priority integer not null check (priority between 1 and 4),
  is_enabled integer not null check (is_enabled in (0, 1)),
  body text not null check (json_valid(body)),
  changed_at integer not null,
  changed_by text not null
) strict;

-- A duty for a person, from its raising to its close. `orders` holds rules, instructions and related cameras as
-- they were when it was raised, `steps` what was done of them. It outlives definition and camera: no foreign keys.
create table alarm (
  id text primary key,
  number integer not null unique check (number >= 1),
  definition_id text not null,
  title text not null check (length(title) between 1 and 80),
  priority integer not null check (priority between 1 and 4),
  device_id text,
  channel_id text,
  place text not null check (length(place) <= 128),
  raised_at integer not null,
  shown_at integer,
  announced_at integer not null,
  standing text not null check (json_valid(standing)),
  cleared_at integer,
  occurrence_count integer not null check (occurrence_count >= 1),
  first_at integer not null,
  last_at integer not null,
  acknowledged_at integer,
  acknowledged_by text,
  owner text,
  shelved text check (shelved is null or json_valid(shelved)),
  escalated_at integer,
  closed_at integer,
  closed_by text,
  disposition text check (disposition in ('real', 'nuisance', 'false', 'test', 'maintenance')),
  orders text not null check (json_valid(orders)),
  steps text not null check (json_valid(steps)),
  check ((acknowledged_at is null) = (acknowledged_by is null)),
  check ((closed_at is null) = (closed_by is null) and (closed_at is null) = (disposition is null)),
  check (closed_at is null or acknowledged_at is not null)
) strict;
create index alarm_open on alarm (raised_at, id) where closed_at is null;
create index alarm_by_close on alarm (closed_at, number) where closed_at is not null;
create index alarm_by_raise on alarm (raised_at);

-- Every step of an alarm, with who and when.
create table alarm_entry (
  id integer primary key,
  alarm_id text not null references alarm (id) on delete cascade,
  at integer not null,
  kind text not null check (length(kind) between 1 and 32),
  by text,
  detail text not null check (length(detail) <= 2000)
) strict;
create index alarm_entry_by_alarm on alarm_entry (alarm_id, id);
create index alarm_entry_repeat on alarm_entry (at, alarm_id) where kind in ('occurred', 'stood-again');
create trigger alarm_entry_is_a_fact before update on alarm_entry
begin
  select raise(abort, 'the history of an alarm is never edited');
end;
