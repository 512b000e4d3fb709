import { expect, test, vi } from "vitest";
import { followFeed } from "../../../renderer/read-model/follow-feed.ts";
import type { Clock } from "../../../shared/base/clock.ts";

/** Waits are over at once and written down. */
function quickClock(waits: number[]): Clock {
  return {
    now: () => 0,
    monotonicMs: () => 0,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      waits.push(ms);
      await Promise.resolve();
    },
  };
}

test("a broken feed is opened again, later each time, and says that what was read may be old", async () => {
  const stop = new AbortController();
  const waits: number[] = [];
  const onOpen = vi.fn();
  const values: number[] = [];
  let opened = 0;
  async function* once(): AsyncGenerator<number> {
    yield await Promise.resolve(opened);
    throw new Error("the port went away");
  }
  await followFeed<number>(
    {
      open: () => {
        opened += 1;
        if (opened === 2 || opened === 3) return Promise.reject(new Error("not yet"));
        if (opened === 5) stop.abort();
        return Promise.resolve(once());
      },
      onValue: (value) => values.push(value),
      onOpen,
      clock: quickClock(waits),
    },
    stop.signal,
  );
  expect(values).toEqual([1, 4]);
  expect(onOpen).toHaveBeenCalledTimes(3);
  expect(waits).toEqual([500, 1_000, 2_000, 500]);
});
