import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { AlarmId } from "../../shared/base/ids.ts";
import type { AlarmsChange, LoadDays, RecentAlarm } from "../../shared/contract/alarms.ts";
import type { Alarm, AlarmDefinition, AlarmEntry, Priority } from "../../shared/model/alarm.ts";
import { intervalMs } from "../../shared/model/alarm-load.ts";
import { useConsole } from "./console-context.tsx";
import { useFeed } from "./use-feed.ts";

/** Every alarm that is not closed, shelved ones too; undefined until read. */
export function useOpenAlarms() {
  const { queries } = useConsole();
  return useQuery(queries.alarms.open.queryOptions());
}

const closedPage = 100;

/** Closed alarms, last closed first, page by page. Read only while `isWanted`. */
export function useClosedAlarms(isWanted: boolean) {
  const { client, queries } = useConsole();
  return useInfiniteQuery({
    queryKey: [...queries.alarms.closed.key(), "pages"],
    enabled: isWanted,
    initialPageParam: null as { at: number; number: number } | null,
    queryFn: ({ pageParam, signal }) =>
      client.alarms.closed({ limit: closedPage, before: pageParam }, { signal }),
    getNextPageParam: (page: readonly Alarm[]) => {
      const last = page.at(-1);
      return page.length < closedPage || last?.closed == null
        ? undefined
        : { at: last.closed.at, number: last.number };
    },
  });
}

/** Stands in while none is asked for; nothing is asked with it. */
const noAlarm = AlarmId.parse("none");

/** One alarm with its history; undefined until read. */
export function useAlarm(id: AlarmId | null): { alarm: Alarm; entries: AlarmEntry[] } | undefined {
  const { queries } = useConsole();
  return useQuery({
    ...queries.alarms.get.queryOptions({ input: { id: id ?? noAlarm } }),
    enabled: id !== null,
  }).data;
}

/** Raised in the last ten minutes, as far as `withRecent` was told since; closed ones too. */
export function useRecentAlarms(): readonly RecentAlarm[] {
  const { queries } = useConsole();
  return useQuery(queries.alarms.recent.queryOptions()).data ?? [];
}

/** How often the load is counted anew while somebody looks at it. */
const loadEveryMs = 60_000;

/** The load of the last days; undefined until counted. */
export function useAlarmLoad(days: LoadDays) {
  const { queries } = useConsole();
  return useQuery({
    ...queries.alarms.load.queryOptions({ input: { days } }),
    refetchInterval: loadEveryMs,
    staleTime: 0,
  });
}

/** What raises alarms, the gravest first. */
export function useAlarmDefinitions(): readonly AlarmDefinition[] {
  const { queries } = useConsole();
  return useQuery(queries.alarms.definitions.queryOptions()).data ?? [];
}

/** The open alarms after a change. */
export function withChange(open: readonly Alarm[], { alarms }: Pick<AlarmsChange, "alarms">): Alarm[] {
  const changed = new Map(alarms.map((alarm) => [alarm.id, alarm]));
  const kept = open.map((alarm) => changed.get(alarm.id) ?? alarm);
  const known = new Set(open.map(({ id }) => id));
  return [...kept, ...alarms.filter(({ id }) => !known.has(id))].filter(({ closed }) => closed === null);
}

/** Those raised in the ten minutes before the newest one, after a change; each once, however often it changes. */
export function withRecent(
  recent: readonly RecentAlarm[],
  { alarms }: { readonly alarms: readonly RecentAlarm[] },
): RecentAlarm[] {
  const byId = new Map([...recent, ...alarms].map(({ id, raisedAt }) => [id, { id, raisedAt }]));
  const all = [...byId.values()];
  const newest = all.reduce((last, { raisedAt }) => Math.max(last, raisedAt), 0);
  return all.filter(({ raisedAt }) => raisedAt > newest - intervalMs);
}

/** Keeps the alarms up to date; the frame mounts it once. `onAnnounced` hears what is to be announced now. */
export function useAlarmFeed(onAnnounced: (alarms: readonly Alarm[]) => void): void {
  const { client, queries } = useConsole();
  const cache = useQueryClient();
  const openKey = queries.alarms.open.queryKey();
  const recentKey = queries.alarms.recent.queryKey();
  useFeed({
    open: (signal) => client.alarms.changed(undefined, { signal }),
    onValue: (change) => {
      cache.setQueryData(openKey, (open) => (open === undefined ? open : withChange(open, change)));
      cache.setQueryData(recentKey, (recent) => (recent === undefined ? recent : withRecent(recent, change)));
      for (const { id } of change.alarms)
        void cache.invalidateQueries({ queryKey: queries.alarms.get.key({ input: { id } }) });
      if (change.alarms.some(({ closed }) => closed !== null))
        void cache.invalidateQueries({ queryKey: queries.alarms.closed.key() });
      const announced = new Set(change.announced);
      if (announced.size > 0) onAnnounced(change.alarms.filter(({ id }) => announced.has(id)));
    },
    onOpen: () => void cache.invalidateQueries({ queryKey: queries.alarms.key() }),
  });
  useFeed({
    open: (signal) => client.alarms.definitionsChanged(undefined, { signal }),
    onValue: () => void cache.invalidateQueries({ queryKey: queries.alarms.definitions.key() }),
  });
}

/** Needs somebody: not acknowledged and not shelved. */
export const isCalling = (alarm: Alarm): boolean => alarm.acknowledged === null && alarm.shelved === null;

/** How many open alarms there are of each priority, shelved ones left out. */
export function countByPriority(open: readonly Alarm[]): Readonly<Record<Priority, number>> {
  const counts = { 1: 0, 2: 0, 3: 0, 4: 0 };
  for (const { priority, shelved } of open) if (shelved === null) counts[priority] += 1;
  return counts;
}

/** What calls first, then by gravity, then the newest: the order in which a person should look at them. */
export const inOrderOfCall = (open: readonly Alarm[]): readonly Alarm[] =>
  open.toSorted(
    (a, b) =>
      Number(isCalling(b)) - Number(isCalling(a)) || a.priority - b.priority || b.raisedAt - a.raisedAt,
  );
