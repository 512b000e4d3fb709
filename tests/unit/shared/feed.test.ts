import { expect, test } from "vitest";
import { feed, FeedOverrunError } from "../../../shared/base/feed.ts";
import { Topic } from "../../../shared/base/topic.ts";

async function take<T>(facts: AsyncIterator<T>, count: number): Promise<T[]> {
  const taken: T[] = [];
  while (taken.length < count) {
    const next = await facts.next();
    if (next.done === true) break;
    taken.push(next.value);
  }
  return taken;
}

test("nothing published after the call is missed, even before the first read", async () => {
  const topic = new Topic<number>();
  const facts = feed(topic, undefined, { first: [0] });
  topic.publish(1);
  topic.publish(2);
  expect(await take(facts, 3)).toEqual([0, 1, 2]);
});

test("a feed of whole states keeps only the newest unread one", async () => {
  const topic = new Topic<number>();
  const facts = feed(topic, undefined, { latestOnly: true });
  for (const n of [1, 2, 3]) topic.publish(n);
  expect(await take(facts, 1)).toEqual([3]);
});

test("a reader that waits is ended by the signal and leaves no subscriber", async () => {
  const topic = new Topic<number>();
  const ends = new AbortController();
  const facts = feed(topic, ends.signal);
  const waiting = facts.next();
  ends.abort();
  expect((await waiting).done).toBe(true);
  expect(topic.size).toBe(0);
});

test("a reader that breaks out leaves no subscriber, whether it had begun or not", async () => {
  const topic = new Topic<number>();
  await feed(topic, undefined).return();
  expect(topic.size).toBe(0);
  const facts = feed(topic, undefined);
  const waiting = facts.next();
  await facts.return();
  expect((await waiting).done).toBe(true);
  expect(topic.size).toBe(0);
});

test("a reader that falls too far behind is told instead of missing facts silently", async () => {
  const topic = new Topic<number>();
  const facts = feed(topic, undefined, { limit: 3 });
  for (let n = 0; n < 5; n++) topic.publish(n);
  await expect(facts.next()).rejects.toBeInstanceOf(FeedOverrunError);
  expect(topic.size).toBe(0);
});

test("a feed on a signal that has ended already ends at once", async () => {
  const topic = new Topic<number>();
  const ends = new AbortController();
  ends.abort();
  expect((await feed(topic, ends.signal).next()).done).toBe(true);
  expect(topic.size).toBe(0);
});
