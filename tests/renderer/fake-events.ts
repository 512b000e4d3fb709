import type { DeviceListening, EventNews } from "../../shared/contract/events.ts";
import type { Event, EventQuery } from "../../shared/model/event.ts";
import type { EventTopic, EventView } from "../../shared/model/event-log.ts";
import type { fakeCalls } from "./fake-calls.ts";
import { FakeFeed } from "./fake-feed.ts";

/** What happened on the fake site. */
export interface FakeEvents {
  events: Event[];
  listening: DeviceListening[];
  topics: EventTopic[];
  views: EventView[];
  readonly news: FakeFeed<EventNews>;
}

export const createFakeEvents = (): FakeEvents => ({
  events: [],
  listening: [],
  topics: [],
  views: [],
  news: new FakeFeed<EventNews>(),
});

const isWanted = (event: Event, { from, types, deviceIds, text }: EventQuery): boolean =>
  event.occurredAt >= (from ?? Number.NEGATIVE_INFINITY) &&
  (types.length === 0 || types.includes(event.type)) &&
  (deviceIds.length === 0 || deviceIds.some((id) => id === event.deviceId)) &&
  `${event.place} ${event.detail}`.toLowerCase().includes(text.toLowerCase());

/** The event log's side of the contract over plain objects. */
export function fakeEventsRouter(site: { happened: FakeEvents }, os: ReturnType<typeof fakeCalls>) {
  const listening = new FakeFeed<DeviceListening>();
  return os.events.router({
    list: os.events.list.handler(({ input: { query, before, limit } }) => {
      const all = site.happened.events
        .filter((event) => isWanted(event, query))
        .toSorted((one, other) => other.occurredAt - one.occurredAt || other.id - one.id);
      const begin = before === null ? 0 : all.findIndex(({ id }) => id === before.id) + 1;
      const items = all.slice(begin, begin + limit);
      const last = items.at(-1);
      const hasMore = begin + limit < all.length && last !== undefined;
      return { items, next: hasMore ? { at: last.occurredAt, id: last.id } : null };
    }),
    changed: os.events.changed.handler(({ signal }) => site.happened.news.open(signal)),
    listening: os.events.listening.handler(() => site.happened.listening),
    listeningChanged: os.events.listeningChanged.handler(({ signal }) => listening.open(signal)),
    topics: os.events.topics.handler(() => site.happened.topics),
    setTopic: os.events.setTopic.handler(({ input }) => {
      site.happened.topics = site.happened.topics.map((topic) =>
        topic.topic === input.topic ? { ...topic, type: input.type } : topic,
      );
      return null;
    }),
    views: os.events.views.handler(() => site.happened.views),
    saveView: os.events.saveView.handler(({ input }) => {
      const others = site.happened.views.filter(({ id, name }) => id !== input.id && name !== input.name);
      site.happened.views = [...others, input];
      return null;
    }),
    removeView: os.events.removeView.handler(({ input }) => {
      site.happened.views = site.happened.views.filter(({ id }) => id !== input.id);
      return null;
    }),
    export: os.events.export.handler(() => ({
      path: "/home/desk/events.csv",
      events: site.happened.events.length,
    })),
  });
}
