import { createStore, type StoreApi } from "zustand/vanilla";
import type { DeviceId } from "../../../shared/base/ids.ts";
import type { Event, EventQuery, EventType } from "../../../shared/model/event.ts";
import { EventColumn, type EventView } from "../../../shared/model/event-log.ts";

export const periods = ["hour", "day", "week", "all"] as const;
export type Period = (typeof periods)[number];

const periodMs: Readonly<Record<Exclude<Period, "all">, number>> = {
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
};

export interface EventFilter {
  readonly text: string;
  readonly period: Period;
  readonly deviceId: DeviceId | null;
  readonly type: EventType | null;
}

export interface EventsState {
  readonly filter: EventFilter;
  readonly columns: ReadonlySet<string>;
  readonly openId: string | null;
  readonly pane: "detail" | "topics" | "none";
  /** The saved view that was shown last; null: none. */
  readonly viewId: string | null;
  /** Counts up with each saved view that is shown: fields that keep words of their own begin anew. */
  readonly shownViews: number;
}

export type EventsStore = StoreApi<EventsState>;

const firstColumns: readonly EventColumn[] = ["place", "state", "detail"];

/** The page as it is first seen: everything of the last day. */
export const createEventsStore = (): EventsStore =>
  createStore<EventsState>(() => ({
    filter: { text: "", period: "day", deviceId: null, type: null },
    columns: new Set<string>(firstColumns),
    openId: null,
    pane: "none",
    viewId: null,
    shownViews: 0,
  }));

const hourMs = 3_600_000;

/** What is shown now, as a view to keep. */
export const viewOf = (
  { filter, columns }: Pick<EventsState, "columns" | "filter">,
  id: string,
  name: string,
): EventView => {
  const { from: _from, to: _to, ...query } = queryOf(filter, 0);
  return {
    id,
    name,
    query,
    lastHours: filter.period === "all" ? null : periodMs[filter.period] / hourMs,
    columns: EventColumn.options.filter((column) => columns.has(column)),
    density: "dense",
  };
};

/** Shows a kept view. One written with another period than the page offers shows the next longer one. */
export function showView(store: EventsStore, { id, query, lastHours, columns }: EventView): void {
  const isLong = (period: Period): boolean =>
    period === "all" || (lastHours !== null && periodMs[period] >= lastHours * hourMs);
  const period = periods.find(isLong) ?? "all";
  const [deviceId = null] = query.deviceIds;
  const [type = null] = query.types;
  store.setState(({ shownViews }) => ({
    filter: { text: query.text, period, deviceId, type },
    columns: new Set<string>(columns),
    viewId: id,
    shownViews: shownViews + 1,
  }));
}

/** The question a filter asks at a moment. */
export function queryOf({ text, period, deviceId, type }: EventFilter, now: number): EventQuery {
  return {
    from: period === "all" ? null : now - periodMs[period],
    to: null,
    deviceIds: deviceId === null ? [] : [deviceId],
    channelIds: [],
    types: type === null ? [] : [type],
    text,
  };
}

/** Does a new event belong to what is shown? Text is asked of the store, so with text nothing is added by itself. */
export function belongs(event: Event, filter: EventFilter): boolean {
  if (filter.text.trim() !== "") return false;
  if (filter.deviceId !== null && event.deviceId !== filter.deviceId) return false;
  return filter.type === null || event.type === filter.type;
}

/** Live events on top of what was read: each once, newest first. */
export function mergeEvents(live: readonly Event[], read: readonly Event[]): readonly Event[] {
  const known = new Set<number>();
  const all = [...live, ...read].filter(({ id }) => !known.has(id) && known.add(id));
  return live.length === 0
    ? all
    : all.toSorted((one, other) => other.occurredAt - one.occurredAt || other.id - one.id);
}
