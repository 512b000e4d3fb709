import { implement } from "@orpc/server";
import { feed } from "../../../shared/base/feed.ts";
import { contract } from "../../../shared/contract/index.ts";
import type { EventQuery } from "../../../shared/model/event.ts";
import type { Store } from "../../store/store.ts";
import type { EventListening } from "./event-listening.ts";
import type { EventNewsDesk } from "./event-news.ts";

/** What these handlers must know of their caller. */
export interface Caller {
  readonly windowId: number;
}

export interface EventsHandlersDeps {
  readonly store: Pick<
    Store,
    | "listEvents"
    | "listEventTopics"
    | "listEventViews"
    | "removeEventView"
    | "saveEventView"
    | "setEventTopicType"
  >;
  readonly now: () => number;
  readonly listening: EventListening;
  readonly news: EventNewsDesk;
  /** Asks where a file of this name goes; null: nowhere. */
  readonly choosePlace: (windowId: number, name: string) => Promise<string | null>;
  /** Writes the export as a job; answers how many events. */
  readonly write: (query: EventQuery, format: "csv" | "jsonl", file: string) => Promise<number>;
}

const calls = implement(contract.events).$context<Caller>();

/** The event log's side of the contract. */
export const createEventsHandlers = ({
  store,
  now,
  listening,
  news,
  choosePlace,
  write,
}: EventsHandlersDeps) =>
  calls.router({
    list: calls.list.handler(async ({ input }) => {
      const { items, next } = await store.listEvents(input.query, input.limit, input.before ?? undefined);
      return { items: [...items], next: next ?? null };
    }),
    changed: calls.changed.handler(({ signal }) => feed(news.changed, signal)),
    listening: calls.listening.handler(() => listening.list()),
    listeningChanged: calls.listeningChanged.handler(({ signal }) => feed(listening.changed, signal)),
    topics: calls.topics.handler(() => store.listEventTopics()),
    setTopic: calls.setTopic.handler(async ({ input, errors }) => {
      if (!(await store.setEventTopicType(input.topic, input.type))) throw errors.NOT_FOUND();
      await listening.topicsChanged();
      return null;
    }),
    views: calls.views.handler(() => store.listEventViews()),
    saveView: calls.saveView.handler(async ({ input }) => {
      await store.saveEventView(input, now());
      return null;
    }),
    removeView: calls.removeView.handler(async ({ input }) => {
      await store.removeEventView(input.id);
      return null;
    }),
    export: calls.export.handler(async ({ input, context, errors }) => {
      const file = await choosePlace(context.windowId, `events.${input.format}`);
      if (file === null) return null;
      try {
        return { path: file, events: await write(input.query, input.format, file) };
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        throw errors.NOT_SAVED({ data: { detail } });
      }
    }),
  });
