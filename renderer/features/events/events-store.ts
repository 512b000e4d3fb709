import { createStore, type StoreApi } from "zustand/vanilla";
import type { DeviceId } from "../../../shared/base/ids.ts";
import type { Event, EventQuery, EventType } from "../../../shared/model/event.ts";
import type { EventColumn } from "../../../shared/model/event-log.ts";

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
  }));

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
