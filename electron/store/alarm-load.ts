import { z } from "zod";
import { alarmLoad, type AlarmLoad, type LoadAlarm, type LoadRepeat } from "../../shared/model/alarm-load.ts";
import { Alarm, AlarmEntry } from "../../shared/model/alarm.ts";
import { mostOpenAlarms } from "./alarms.ts";
import type { ReadDb } from "./db.ts";
import { Flag, parseRows } from "./rows.ts";

/** More than this is not counted at once; the stretch begins later then. */
const mostCounted = 50_000;

const { id, definitionId, title, place, channelId, deviceId, priority, raisedAt } = Alarm.shape;
const LoadRow: z.ZodType<LoadAlarm> = z.strictObject({
  definitionId,
  title,
  place,
  channelId,
  deviceId,
  priority,
  raisedAt,
  acknowledgedAt: z.int().nullable(),
  closedAt: z.int().nullable(),
  disposition: z.string().nullable(),
  stands: Flag,
  isShelved: Flag,
});
const RepeatRow: z.ZodType<LoadRepeat> = z.strictObject({
  at: AlarmEntry.shape.at,
  definitionId,
  channelId,
  deviceId,
});
const RecentRow = z.strictObject({ id, raisedAt });

const columns = `definition_id as definitionId, title, place, channel_id as channelId, device_id as deviceId, priority,
  raised_at as raisedAt, acknowledged_at as acknowledgedAt, closed_at as closedAt, disposition,
  standing <> '[]' as stands, shelved is not null as isShelved`;

/** Alarms raised at `sinceAt` or later, newest first, whatever became of them. */
export const listRecentAlarms = (db: ReadDb, sinceAt: number, limit: number): z.infer<typeof RecentRow>[] =>
  parseRows(
    RecentRow,
    "alarm",
    db
      .prepare(
        "select id, raised_at as raisedAt from alarm where raised_at >= @sinceAt order by raised_at desc limit @limit",
      )
      .all({ sinceAt, limit }),
  );

/** The load from `fromAt` to before `toAt`. `most`: so many alarms and repeats are counted, the newest. */
export function readAlarmLoad(
  db: ReadDb,
  { fromAt, toAt, most = mostCounted }: { fromAt: number; toAt: number; most?: number },
): AlarmLoad {
  const raised = parseRows(
    LoadRow,
    "alarm",
    db
      .prepare(
        `select ${columns} from alarm where raised_at >= @fromAt and raised_at < @toAt
         order by raised_at desc limit @most`,
      )
      .all({ fromAt, toAt, most }),
  );
  const repeats = parseRows(
    RepeatRow,
    "alarm_entry",
    db
      .prepare(
        `select e.at, a.definition_id as definitionId, a.channel_id as channelId, a.device_id as deviceId
         from alarm_entry e cross join alarm a on a.id = e.alarm_id
         where e.kind in ('occurred', 'stood-again') and e.at >= @fromAt and e.at < @toAt
         order by e.at desc limit @most`,
      )
      .all({ fromAt, toAt, most }),
  );
  const open = parseRows(
    LoadRow,
    "alarm",
    db
      .prepare(
        `select ${columns} from alarm where closed_at is null and raised_at < @toAt
         order by raised_at, id limit @limit`,
      )
      .all({ toAt, limit: mostOpenAlarms }),
  );
  // What is older than the oldest that was read is not known whole, so it is not counted at all.
  const reaches = [raised.at(most - 1)?.raisedAt, repeats.at(most - 1)?.at].filter((at) => at !== undefined);
  const from = Math.max(fromAt, ...reaches);
  return alarmLoad({
    fromAt: from,
    toAt,
    isWhole: from === fromAt,
    raised: raised.filter((alarm) => alarm.raisedAt >= from),
    repeats: repeats.filter(({ at }) => at >= from),
    open,
  });
}
