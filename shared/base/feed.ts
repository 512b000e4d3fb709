import type { Topic } from "./topic.ts";

/** A feed's reader fell so far behind that facts would be lost: it must read again and subscribe anew. */
export class FeedOverrunError extends Error {
  override readonly name = "FeedOverrunError";
}

/**
 * The facts of a topic as an async iterator, from this call on until `signal` aborts or the reader stops.
 *
 * It subscribes at once, not at the first `next()`: nothing published after this call is missed. At most
 * `limit` unread facts are kept; beyond that it throws `FeedOverrunError`.
 *
 * @param options.first facts to hand over before any other, such as the present state.
 * @param options.latestOnly keep only the newest unread fact: right for facts that hold the whole state.
 */
export function feed<T>(
  topic: Topic<T>,
  signal: AbortSignal | undefined,
  options: { readonly first?: readonly T[]; readonly latestOnly?: boolean; readonly limit?: number } = {},
): AsyncGenerator<T, void, void> {
  const { first = [], latestOnly = false, limit = 10_000 } = options;
  const unread: T[] = [...first];
  let hasOverrun = false;
  let hasEnded = false;
  let wake: (() => void) | undefined;
  const hear = (fact: T): void => {
    if (latestOnly) unread.length = 0;
    if (unread.length >= limit) hasOverrun = true;
    else unread.push(fact);
    wake?.();
  };
  const unsubscribe = topic.subscribe(hear);
  const end = (): void => {
    hasEnded = true;
    unsubscribe();
    wake?.();
  };
  signal?.addEventListener("abort", end, { once: true });
  if (signal?.aborted === true) end();
  const isOver = (): boolean => hasEnded;
  const facts = (async function* read(): AsyncGenerator<T, void, void> {
    try {
      while (!isOver()) {
        if (hasOverrun) throw new FeedOverrunError(`more than ${limit} facts unread`);
        const [fact] = unread.splice(0, 1);
        if (fact !== undefined) yield fact;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          wake = undefined;
        }
      }
    } finally {
      signal?.removeEventListener("abort", end);
      unsubscribe();
    }
  })();
  const stop = facts.return.bind(facts);
  facts.return = (value) => {
    end();
    return stop(value);
  };
  return facts;
}
