import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { systemClock } from "../../../shared/base/clock.ts";
import type { Event, EventCursor } from "../../../shared/model/event.ts";
import { useConsole } from "../../read-model/console-context.tsx";
import { useFeed } from "../../read-model/use-feed.ts";
import { belongs, mergeEvents, queryOf, type EventFilter } from "./events-store.ts";

/** Live events kept on top of the pages; beyond it the pages are read anew. */
const mostLive = 2_000;
const pageSize = 200;

/** Events of a filter: a page at a time, and what comes while one looks. */
export function useEventPages(filter: EventFilter) {
  const { client } = useConsole();
  const [live, setLive] = useState<readonly Event[]>([]);
  const key = JSON.stringify(filter);
  const pages = useInfiniteQuery({
    queryKey: ["event pages", key],
    initialPageParam: null as EventCursor | null,
    queryFn: ({ pageParam, signal }) => {
      const query = queryOf(filter, systemClock.now());
      return client.events.list({ query, before: pageParam, limit: pageSize }, { signal });
    },
    getNextPageParam: (last) => last.next,
    staleTime: 0,
  });
  const readAgain = (): void => {
    setLive([]);
    void pages.refetch();
  };
  useFeed({
    open: (signal) => client.events.changed(undefined, { signal }),
    onOpen: readAgain,
    onValue: ({ events, missed }) => {
      if (missed > 0 || live.length > mostLive) readAgain();
      else setLive((before) => [...events, ...before]);
    },
  });
  const events = useMemo(
    () =>
      mergeEvents(
        live.filter((event) => belongs(event, filter)),
        pages.data?.pages.flatMap(({ items }) => items) ?? [],
      ),
    [live, filter, pages.data],
  );
  return { pages, events };
}
