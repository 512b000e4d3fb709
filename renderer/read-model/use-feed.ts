import { useEffect, useEffectEvent } from "react";
import { systemClock } from "../../shared/base/clock.ts";
import { followFeed } from "./follow-feed.ts";

/** Follows a feed while the component is mounted. `open` and the handlers may change freely. */
export function useFeed<T>(feed: {
  readonly open: (signal: AbortSignal) => Promise<AsyncIterable<T>>;
  readonly onValue: (value: T) => void;
  readonly onOpen?: () => void;
}): void {
  const open = useEffectEvent(feed.open);
  const onValue = useEffectEvent(feed.onValue);
  const onOpen = useEffectEvent(feed.onOpen ?? (() => undefined));
  useEffect(() => {
    const stop = new AbortController();
    void followFeed(
      {
        open: (signal) => open(signal),
        onValue: (value: T) => onValue(value),
        onOpen: () => onOpen(),
        clock: systemClock,
      },
      stop.signal,
    );
    return () => stop.abort();
  }, []);
}
