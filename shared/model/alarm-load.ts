import { z } from "zod";
import { groupBy } from "../base/group-by.ts";
import { AlarmDefinitionId, ChannelId, DeviceId } from "../base/ids.ts";
import type { Alarm } from "./alarm.ts";
import { Priority } from "./alarm.ts";
import { foldKey } from "./alarm-occurrence.ts";

/** Alarms are counted in intervals of this length (EEMUA 191, ISA-18.2). */
export const intervalMs = 600_000;
/** What one person can answer well, in one interval. */
export const targetPerInterval = 2;
/** A flood begins with an interval of so many alarms and ends with the first one of fewer than `floodEndsBelow`. */
export const floodBegins = 10;
const floodEndsBelow = 5;
/** A flood should take less of the time than this. */
export const targetFloodShare = 0.01;
/** Open for longer than this: stale. */
export const staleMs = 86_400_000;
/** Three times within this: chattering. */
const chatterMs = 60_000;
const mostWorst = 10;
const mostFloods = 20;

const instant = z.int();
const share = z.number().min(0).max(1);
const count = z.int().min(0);
const Percentiles = z.strictObject({ count: z.int().min(1), p50Ms: z.int().min(0), p95Ms: z.int().min(0) });
export type Percentiles = z.infer<typeof Percentiles>;

/** One definition at one place, and how much of the load comes from it. */
export const WorstActor = z.strictObject({
  definitionId: AlarmDefinitionId,
  title: z.string().max(80),
  place: z.string().max(128),
  channelId: ChannelId.nullable(),
  deviceId: DeviceId.nullable(),
  priority: Priority,
  raised: count,
  /** Further occurrences that were folded into them. */
  repeats: count,
  /** Of all alarms raised. */
  share,
  isChattering: z.boolean(),
  /** Closed alarms of this definition at every place, and how many of them turned out to be nuisance or false. */
  closed: count,
  useless: count,
});
export type WorstActor = z.infer<typeof WorstActor>;

/** How many alarms people had to bear in a stretch of time, and how they fared. */
export const AlarmLoad = z.strictObject({
  fromAt: instant,
  toAt: instant,
  /** False: there were more than can be counted at once; `fromAt` is later than asked. */
  isWhole: z.boolean(),
  raised: count,
  repeats: count,
  /** Mean number raised in ten minutes. */
  perInterval: z.number().min(0),
  /** The ten minutes with the most; null: none was raised. */
  busiest: z.strictObject({ fromAt: instant, count }).nullable(),
  floods: z.strictObject({
    count,
    /** Of the time. */
    share,
    /** The last ones, newest first. */
    last: z.array(z.strictObject({ fromAt: instant, toAt: instant, count })).max(mostFloods),
  }),
  /** Raised, by priority 1 to 4. */
  byPriority: z.array(z.strictObject({ priority: Priority, count })).length(4),
  /** As it is at `toAt`. Shelved alarms are in `shelved` only. */
  now: z.strictObject({ standing: count, stale: count, shelved: count }),
  /** Definitions at places that came three times within a minute. */
  chattering: count,
  /** From raised to acknowledged and to closed, of those that were; null: none was. */
  toAcknowledge: Percentiles.nullable(),
  toClose: Percentiles.nullable(),
  worst: z.array(WorstActor).max(mostWorst),
});
export type AlarmLoad = z.infer<typeof AlarmLoad>;

/** What is counted of an alarm. */
export type LoadAlarm = Pick<
  Alarm,
  "definitionId" | "title" | "place" | "channelId" | "deviceId" | "priority" | "raisedAt"
> & {
  readonly acknowledgedAt: number | null;
  readonly closedAt: number | null;
  readonly disposition: string | null;
  readonly stands: boolean;
  readonly isShelved: boolean;
};

/** An alarm that was open happened again. */
export interface LoadRepeat extends Pick<Alarm, "definitionId" | "channelId" | "deviceId"> {
  readonly at: number;
}

export interface LoadFacts {
  readonly fromAt: number;
  readonly toAt: number;
  readonly isWhole: boolean;
  /** Raised in [fromAt, toAt). */
  readonly raised: readonly LoadAlarm[];
  /** In [fromAt, toAt). */
  readonly repeats: readonly LoadRepeat[];
  /** Every alarm that is open at `toAt`, whenever it was raised. */
  readonly open: readonly LoadAlarm[];
}

/** The load of a stretch of time. Pure; the order of the facts does not matter. */
export function alarmLoad({ fromAt, toAt, isWhole, raised, repeats, open }: LoadFacts): AlarmLoad {
  const intervals = countIntervals(raised, fromAt, toAt);
  const actors = actorsOf(raised, repeats);
  const most = Math.max(...intervals, 0);
  const unshelved = open.filter(({ isShelved }) => !isShelved);
  return {
    fromAt,
    toAt,
    isWhole,
    raised: raised.length,
    repeats: repeats.length,
    perInterval: raised.length / Math.max(1, (toAt - fromAt) / intervalMs),
    busiest: most === 0 ? null : { fromAt: fromAt + intervals.indexOf(most) * intervalMs, count: most },
    floods: floodsOf(intervals, fromAt, toAt),
    byPriority: ([1, 2, 3, 4] as const).map((priority) => ({
      priority,
      count: raised.filter((alarm) => alarm.priority === priority).length,
    })),
    now: {
      standing: unshelved.filter(({ stands }) => stands).length,
      stale: unshelved.filter(({ raisedAt }) => toAt - raisedAt > staleMs).length,
      shelved: open.length - unshelved.length,
    },
    chattering: actors.filter(({ isChattering }) => isChattering).length,
    toAcknowledge: percentiles(raised.map((alarm) => lasted(alarm.raisedAt, alarm.acknowledgedAt))),
    toClose: percentiles(raised.map((alarm) => lasted(alarm.raisedAt, alarm.closedAt))),
    worst: actors.slice(0, mostWorst),
  };
}

const lasted = (from: number, to: number | null): number | null =>
  to === null ? null : Math.max(0, to - from);

/** Median and 95th percentile by nearest rank: each is a time that really occurred. */
function percentiles(times: readonly (number | null)[]): Percentiles | null {
  const sorted = times.filter((time) => time !== null).toSorted((a, b) => a - b);
  const rank = (part: number): number => sorted[Math.ceil(part * sorted.length) - 1] ?? 0;
  return sorted.length === 0 ? null : { count: sorted.length, p50Ms: rank(0.5), p95Ms: rank(0.95) };
}

function countIntervals(raised: readonly LoadAlarm[], fromAt: number, toAt: number): readonly number[] {
  const counts = Array.from({ length: Math.max(1, Math.ceil((toAt - fromAt) / intervalMs)) }, () => 0);
  for (const { raisedAt } of raised) {
    const place = Math.floor((raisedAt - fromAt) / intervalMs);
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}

function floodsOf(intervals: readonly number[], fromAt: number, toAt: number): AlarmLoad["floods"] {
  const floods: { fromAt: number; toAt: number; count: number }[] = [];
  let current: (typeof floods)[number] | undefined;
  let flooded = 0;
  for (const [place, here] of intervals.entries()) {
    const at = fromAt + place * intervalMs;
    if (here < (current === undefined ? floodBegins : floodEndsBelow)) {
      current = undefined;
      continue;
    }
    if (current === undefined) {
      current = { fromAt: at, toAt: at, count: 0 };
      floods.push(current);
    }
    current.toAt = Math.min(toAt, at + intervalMs);
    current.count += here;
    flooded += 1;
  }
  return {
    count: floods.length,
    share: flooded / intervals.length,
    last: floods.slice(-mostFloods).toReversed(),
  };
}

/** Every definition at every place that raised something, the one that raised most first. */
function actorsOf(raised: readonly LoadAlarm[], repeats: readonly LoadRepeat[]): WorstActor[] {
  const byKey = groupBy(raised, (alarm) => foldKey(alarm.definitionId, alarm));
  const repeatsByKey = groupBy(repeats, (repeat) => foldKey(repeat.definitionId, repeat));
  const byDefinition = groupBy(raised, ({ definitionId }) => definitionId);
  const actors = [...byKey].map(([key, alarms]): WorstActor => {
    const latest = alarms.reduce((last, alarm) => (alarm.raisedAt > last.raisedAt ? alarm : last));
    const { definitionId, title, place, channelId, deviceId, priority } = latest;
    const again = repeatsByKey.get(key) ?? [];
    const closed = (byDefinition.get(definitionId) ?? []).filter(({ closedAt }) => closedAt !== null);
    return {
      definitionId,
      title,
      place,
      channelId,
      deviceId,
      priority,
      raised: alarms.length,
      repeats: again.length,
      share: alarms.length / raised.length,
      isChattering: chatters([...alarms.map(({ raisedAt }) => raisedAt), ...again.map(({ at }) => at)]),
      closed: closed.length,
      useless: closed.filter(({ disposition }) => disposition === "nuisance" || disposition === "false")
        .length,
    };
  });
  return actors.toSorted(
    (a, b) =>
      b.raised - a.raised ||
      b.repeats - a.repeats ||
      foldKey(a.definitionId, a).localeCompare(foldKey(b.definitionId, b), "en"),
  );
}

function chatters(times: readonly number[]): boolean {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted.some((at, place) => place >= 2 && at - (sorted[place - 2] ?? at) <= chatterMs);
}
