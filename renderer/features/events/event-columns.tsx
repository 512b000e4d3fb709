import type { TableColumn } from "../../design/table-column.ts";
import type { Event } from "../../../shared/model/event.ts";
import { eventColumnNames, type EventColumn } from "../../../shared/model/event-log.ts";
import { eventTypeWords } from "../../messages/event-words.ts";
import { dateTime } from "../../messages/format.ts";
import type { Say } from "../../messages/messages.ts";
import styles from "./events.module.css";

/** An event as a row: tables know rows by a text. */
export interface EventRow {
  readonly id: string;
  readonly event: Event;
}

/** Columns of the log; time and what happened are always there. */
export function eventColumns(say: Say, zone: string): readonly TableColumn<EventRow>[] {
  const texts: Readonly<Record<EventColumn, (event: Event) => string>> = {
    place: ({ place }) => place,
    state: ({ state }) => (state === null ? "" : say(`events.state.${state}`)),
    detail: ({ detail }) => detail,
    topic: ({ topic }) => topic,
    received: ({ receivedAt }) => dateTime(receivedAt, zone),
    source: ({ source }) => say(`events.source.${source}`),
  };
  const widths: Readonly<Record<EventColumn, number>> = {
    place: 150,
    state: 72,
    detail: 240,
    topic: 260,
    received: 184,
    source: 80,
  };
  return [
    {
      id: "time",
      title: say("events.column.time"),
      width: 184,
      render: ({ event }) => (
        <time
          dateTime={new Date(event.occurredAt).toISOString()}
          title={new Date(event.occurredAt).toISOString()}
        >
          {dateTime(event.occurredAt, zone)}
        </time>
      ),
    },
    {
      id: "type",
      title: say("events.column.type"),
      width: 170,
      isRowHeader: true,
      render: ({ event }) => <span className={styles.what}>{eventTypeWords(say, event.type)}</span>,
    },
    ...eventColumnNames.map((name): TableColumn<EventRow> => ({
      id: name,
      title: say(`events.column.${name}`),
      width: widths[name],
      grow: name === "detail" || name === "topic" ? 2 : name === "place" ? 1 : 0,
      render: ({ event }) => (
        <span className={styles.text} title={texts[name](event)}>
          {texts[name](event)}
        </span>
      ),
    })),
  ];
}
