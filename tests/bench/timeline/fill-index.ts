import Database from "better-sqlite3";
import { ChannelId } from "../../../shared/base/ids.ts";
import type { WriteDb } from "../../../electron/store/db.ts";
import { saveAdoption } from "../../../electron/store/device-adoption.ts";
import { migrate } from "../../../electron/store/migrate.ts";
import { migrations } from "../../../electron/store/migrations/index.ts";
import { exampleAdoption } from "../../store/example-device.ts";

/** How large an index is to be. */
export interface IndexSize {
  readonly cameras: number;
  readonly days: number;
  readonly events: number;
}

/** What was filled in. */
export interface FilledIndex {
  readonly channels: readonly ChannelId[];
  readonly from: number;
  readonly to: number;
  readonly files: number;
  readonly runs: number;
  readonly events: number;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

/**
 * How a camera records. Of each eight: five without interruption but for a short one every six hours, one that
 * drops out every twenty minutes, one that records on events, and one that was away every third day.
 */
function runsOf(camera: number, from: number, to: number): readonly (readonly [number, number])[] {
  const kind = camera % 8;
  const runs: [number, number][] = [];
  const [lengthMs, pauseMs] =
    kind === 5
      ? [19 * minuteMs, minuteMs]
      : kind === 6
        ? [2 * minuteMs, 5 * minuteMs]
        : [360 * minuteMs, 4_000];
  for (let at = from; at < to; at += lengthMs + pauseMs) {
    if (kind === 7 && Math.floor((at - from) / dayMs) % 3 === 1) continue;
    runs.push([at, Math.min(to, at + lengthMs)]);
  }
  return runs;
}

/** Makes a site file whose index holds a file a minute of every camera, gaps between the runs, and events. */
export function fillIndex(path: string, { cameras, days, events }: IndexSize, now: number): FilledIndex {
  const connection = new Database(path);
  connection.pragma("journal_mode = off");
  connection.pragma("synchronous = off");
  connection.pragma("cache_size = -262144");
  const db = connection as unknown as WriteDb;
  migrate(db, migrations, now);
  const to = Math.floor(now / minuteMs) * minuteMs;
  const from = to - days * dayMs;
  const channels = Array.from({ length: cameras }, (_, index) => {
    saveAdoption(db, exampleAdoption(`c${index}`, { at: now }));
    return ChannelId.parse(`channel-c${index}`);
  });
  const addRun = connection.prepare(
    "insert into recording_run (id, channel_id, role, from_at, to_at) values (?, ?, 'main', ?, ?)",
  );
  const addFile = connection.prepare(
    `insert into recording_file (path, channel_id, role, run_id, start_at, end_at, bytes, open)
     values (?, ?, 'main', ?, ?, ?, 1, 0)`,
  );
  const addGap = connection.prepare(
    `insert into recording_gap (channel_id, role, from_at, to_at, cause, detail)
     values (?, 'main', ?, ?, ?, '')`,
  );
  let files = 0;
  let runs = 0;
  for (const [camera, channelId] of channels.entries()) {
    connection.transaction(() => {
      let reached = from;
      for (const [start, end] of runsOf(camera, from, to)) {
        const run = `run-${camera}-${runs}`;
        if (start > reached) addGap.run(channelId, reached, start, camera % 8 === 5 ? "stalled" : "offline");
        addRun.run(run, channelId, start, end);
        for (let at = start; at < end; at += minuteMs) {
          const path = `recordings/${channelId}/${Math.floor(at / dayMs)}/${at}-main.mp4`;
          addFile.run(path, channelId, run, at, Math.min(end, at + minuteMs));
          files += 1;
        }
        runs += 1;
        reached = end;
      }
    })();
  }
  fillEvents(connection, channels, { from, to, events });
  connection.pragma("journal_mode = wal");
  connection.close();
  return { channels, from, to, files, runs, events };
}

/** Events spread over cameras and time, more by day than by night, and their counts a minute and an hour. */
function fillEvents(
  connection: Database.Database,
  channels: readonly ChannelId[],
  { from, to, events }: { readonly from: number; readonly to: number; readonly events: number },
): void {
  connection.function("channel_at", (n: unknown) => channels[Number(n) % channels.length] ?? null);
  connection.exec(`
    insert into event (occurred_at, received_at, channel_id, place, type, state, source, topic, detail, items)
    with recursive n (i) as (select 0 union all select i + 1 from n where i < ${events - 1})
    select at, at, channel_at(i * 7919), '', case i % 5 when 0 then 'person' when 1 then 'vehicle' else 'motion' end,
      case i % 2 when 0 then 'begun' else 'ended' end, 'device', '', '', '[]'
    from (select i, cast(${from} + (${to} - ${from}) * (i * 1.0 / ${events}) as integer) as at from n);
    insert into event_minute (scope, minute_at, type, count)
      select channel_id, occurred_at / 60000 * 60000, type, count(*) from event group by 1, 2, 3;
    insert into event_hour (scope, hour_at, type, count)
      select scope, minute_at / 3600000 * 3600000, type, sum(count) from event_minute group by 1, 2, 3;
  `);
}
