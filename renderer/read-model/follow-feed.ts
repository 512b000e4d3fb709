import { backoffMs } from "./feed-backoff.ts";
import type { Clock } from "../../shared/base/clock.ts";

export interface FollowedFeed<T> {
  /** Opens the feed; called again after each break. */
  readonly open: (signal: AbortSignal) => Promise<AsyncIterable<T>>;
  readonly onValue: (value: T) => void;
  /** The feed is open (again): whatever was read before it may be out of date. */
  readonly onOpen: () => void;
  readonly clock: Clock;
}

/** Follows a feed until the signal aborts; a broken one is opened again after 0.5 s, at most 10 s. */
export async function followFeed<T>(feed: FollowedFeed<T>, signal: AbortSignal): Promise<void> {
  let attempt = 0;
  while (!signal.aborted) {
    try {
      const values = await feed.open(signal);
      feed.onOpen();
      for await (const value of values) {
        if (signal.aborted) return;
        attempt = 0;
        feed.onValue(value);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Error)) throw error;
    }
    try {
      await feed.clock.sleep(backoffMs(attempt), signal);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    attempt += 1;
  }
}
