import { ScrollText } from "lucide-react";
import { useMemo, type MouseEvent, type UIEvent } from "react";
import { useStore } from "zustand";
import type { Event } from "../../../shared/model/event.ts";
import { Button } from "../../design/Button.tsx";
import { Drawer } from "../../design/Drawer.tsx";
import { EmptyState } from "../../design/EmptyState.tsx";
import { ErrorState } from "../../design/ErrorState.tsx";
import { LoadingState } from "../../design/LoadingState.tsx";
import { Table } from "../../design/Table.tsx";
import { useFrame, useKept } from "../../frame/frame-context.tsx";
import { errorWords } from "../../messages/error-words.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useDevices } from "../../read-model/use-devices.ts";
import { useSiteZone } from "../../read-model/use-settings.ts";
import { DeafBanner } from "./DeafBanner.tsx";
import { eventColumns, type EventRow } from "./event-columns.tsx";
import { EventDetail } from "./EventDetail.tsx";
import { EventFilters } from "./EventFilters.tsx";
import { EventViews } from "./EventViews.tsx";
import { EventTopics } from "./EventTopics.tsx";
import { EventsHeader } from "./EventsHeader.tsx";
import { createEventsStore, type EventFilter } from "./events-store.ts";
import { useEventPages } from "./use-event-pages.ts";
import styles from "./events.module.css";

/** Playing begins this long before the event: what led to it is half of the answer. */
const leadMs = 5_000;
/** Older events are read when less than this of the list is left below, px. */
const nearEndPx = 800;
const noneTicked: ReadonlySet<string> = new Set();
const inOrder = { column: "", direction: "descending" } as const;

/** The event log: what devices reported and the console noticed, newest first. */
export function EventsView() {
  const say = useSay();
  const zone = useSiteZone();
  const store = useKept("events", createEventsStore);
  const { filter, columns: visible, openId, pane, shownViews } = useStore(store);
  const goTo = useFrame((frame) => frame.goTo);
  const devices = useDevices().data ?? [];
  const { pages, events } = useEventPages(filter);
  const rows = useMemo(() => events.map((event): EventRow => ({ id: String(event.id), event })), [events]);
  const allColumns = useMemo(() => eventColumns(say, zone), [say, zone]);
  const columns = allColumns.filter(({ id }, index) => index < 2 || visible.has(id));
  const open = events.find(({ id }) => String(id) === openId);
  const setFilter = (next: EventFilter): void => store.setState({ filter: next });
  const show = (id: string): void => {
    if (id !== openId || pane !== "detail") store.setState({ openId: id, pane: "detail" });
  };
  const play = ({ channelId, occurredAt }: Event): void => {
    if (channelId !== null)
      goTo("review", { kind: "moment", channels: [channelId], at: occurredAt - leadMs });
  };
  const point = ({ target }: MouseEvent): void => {
    const row = target instanceof Element ? target.closest<HTMLElement>("[role=row]") : null;
    const id = row?.dataset["key"];
    if (pane === "detail" && id !== undefined && rows.some((candidate) => candidate.id === id)) show(id);
  };
  const readOlder = ({ target }: UIEvent): void => {
    if (!(target instanceof HTMLElement) || !pages.hasNextPage || pages.isFetching) return;
    if (target.scrollHeight - target.scrollTop - target.clientHeight < nearEndPx) void pages.fetchNextPage();
  };
  const note = pages.hasNextPage
    ? say("events.countMore", { count: rows.length })
    : say("events.count", { count: rows.length });
  return (
    <div className={styles.page}>
      <div>
        <EventsHeader
          filter={filter}
          note={note}
          columns={allColumns.slice(2)}
          visible={visible}
          onColumns={(next) => store.setState({ columns: next })}
          onTopics={() => store.setState({ pane: "topics" })}
        >
          <EventViews store={store} />
        </EventsHeader>
        <EventFilters key={shownViews} filter={filter} devices={devices} onChange={setFilter} />
        <DeafBanner devices={devices} />
      </div>
      <div className={styles.content}>
        <div
          className={styles.table}
          onMouseOver={point}
          onFocus={() => undefined}
          onScrollCapture={readOlder}
        >
          {pages.isPending ? (
            <LoadingState label={say("events.loading")} />
          ) : pages.isError ? (
            <ErrorState
              title={say("events.loadFailed.title")}
              cause={say("events.loadFailed.cause")}
              remedy={say("events.loadFailed.remedy")}
              detail={errorWords(say, pages.error)}
              action={
                <Button tone="primary" onPress={() => void pages.refetch()}>
                  {say("design.retry")}
                </Button>
              }
            />
          ) : (
            <Table
              label={say("events.table")}
              columns={columns}
              rows={rows}
              sort={{ by: inOrder, onChange: () => undefined }}
              selection={{
                mode: "open",
                ids: noneTicked,
                onChange: () => undefined,
                openId: openId ?? undefined,
              }}
              onOpen={({ id, event }) => (pane === "detail" && openId === id ? play(event) : show(id))}
              empty={
                <EmptyState icon={ScrollText} title={say("events.empty.title")}>
                  {say("events.empty.text")}
                </EmptyState>
              }
            />
          )}
        </div>
        {pane === "detail" && open !== undefined && (
          <Drawer title={say("events.detail")} onClose={() => store.setState({ pane: "none", openId: null })}>
            <EventDetail event={open} onPlay={play} />
          </Drawer>
        )}
        {pane === "topics" && (
          <Drawer title={say("events.topics")} onClose={() => store.setState({ pane: "none" })}>
            <EventTopics />
          </Drawer>
        )}
      </div>
    </div>
  );
}
