import { once } from "node:events";
import type { Writable } from "node:stream";

/**
 * Resolves when the stream takes more bytes or is closed; rejects when the signal aborts. Leaves no listener behind, so
 * that a reply of thousands of pieces may wait for each.
 */
export async function drained(stream: Writable, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const both = AbortSignal.any([signal, over.signal]);
  const outcomes = ["drain", "close"].map((event) => once(stream, event, { signal: both }));
  try {
    await Promise.race(outcomes);
  } finally {
    over.abort(new Error("no longer waited for"));
    // The one that lost is rejected by that, which is what it is for.
    await Promise.allSettled(outcomes);
  }
}
