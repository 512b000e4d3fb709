import { afterEach, beforeEach, expect, test } from "vitest";
import { Replay } from "../../../renderer/player/replay.ts";
import { VideoPool } from "../../../renderer/player/video-pool.ts";
import { ChannelId } from "../../../shared/base/ids.ts";
import { FakeClock } from "../../fixtures/fake-clock.ts";
import { FakeRecordedFeed } from "./fake-feed.ts";
import { FakeLink } from "./fake-link.ts";
import { installFakeMedia } from "./fake-media.ts";

const now = Date.UTC(2026, 10, 22, 9);
/** The last half minute but for ten seconds in which nothing came. */
const chunks = [
  { start: 0, duration: 10, programDateTime: now - 30_000 },
  { start: 10, duration: 10, programDateTime: now - 10_000 },
];

let running: Replay[] = [];
beforeEach(installFakeMedia);
afterEach(() => {
  for (const replay of running) replay.stop();
  running = [];
});

function stage() {
  const clock = new FakeClock(now);
  const feeds: FakeRecordedFeed[] = [];
  const pool = new VideoPool(document);
  let ends = 0;
  const replay = new Replay({
    channelId: ChannelId.parse("gate"),
    clock,
    pool,
    link: new FakeLink(),
    onEnd: () => (ends += 1),
    makeFeed: (deps) => {
      const feed = new FakeRecordedFeed(deps);
      feeds.push(feed);
      return feed;
    },
  });
  running.push(replay);
  const [feed] = feeds;
  if (feed === undefined) throw new Error("no feed was made");
  const shown: number[] = [];
  replay.subscribeTime((at) => shown.push(at));
  replay.start();
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 50) {
      await clock.advance(50);
      replay.tick();
    }
  };
  return { replay, clock, pool, feed, shown, pass, ends: () => ends };
}

test("it plays from the oldest moment that is remembered, passes over what did not come, and ends at now", async () => {
  const { replay, feed, shown, pass, ends } = stage();
  expect(replay.view.kind).toBe("loading");
  feed.load(chunks);
  await pass(1_000);
  expect(replay.view).toEqual({ kind: "playing", from: now - 30_000, to: now });
  expect(replay.at).toBeGreaterThan(now - 30_000);
  expect(replay.at).toBeLessThan(now - 28_500);
  await pass(10_000);
  expect(replay.at).toBeGreaterThanOrEqual(now - 10_000);
  expect(ends()).toBe(0);
  await pass(11_000);
  expect(ends()).toBe(1);
  expect(shown).toEqual(shown.toSorted((a, b) => a - b));
});

test("a late picture holds the time; it never runs on without one", async () => {
  const { replay, feed, pass } = stage();
  feed.load(chunks);
  await pass(500);
  feed.isWilling = false;
  await pass(1_000);
  const { at } = replay;
  await pass(2_000);
  expect(replay.at).toBe(at);
  feed.isWilling = true;
  await pass(1_000);
  expect(replay.at).toBeGreaterThan(at);
});

test("it is dragged, stood still and stepped, never behind what is remembered", async () => {
  const { replay, feed, pass } = stage();
  feed.load(chunks);
  await pass(200);
  replay.setPlaying(false);
  replay.seek(now - 25_000);
  await pass(1_000);
  expect(replay.view.kind).toBe("paused");
  expect(replay.at).toBe(now - 25_000);
  replay.step(1);
  expect(feed.shownAt).toBeCloseTo(now - 24_900, 0);
  replay.step(-1);
  expect(feed.shownAt).toBeCloseTo(now - 25_000, 0);
  replay.seek(now + 60_000);
  expect(replay.at).toBeLessThan(now);
  replay.seek(0);
  expect(replay.at).toBe(now - 30_000);
});

test("when nothing is remembered it says so, and when nothing comes it does not wait for ever", async () => {
  const empty = stage();
  empty.feed.deps.onFailed({ kind: "broken", detail: "404" });
  expect(empty.replay.view.kind).toBe("nothing");
  const silent = stage();
  silent.feed.isWilling = false;
  silent.feed.load(chunks);
  await silent.pass(9_000);
  expect(silent.replay.view.kind).toBe("nothing");
});

test("a player that breaks on the way is said, and its picture given back", async () => {
  const { replay, feed, pool, pass } = stage();
  feed.load(chunks);
  await pass(200);
  feed.deps.onFailed({ kind: "broken", detail: "bufferAppendError" });
  expect(replay.view.kind).toBe("failed");
  replay.stop();
  expect(feed.isStopped).toBe(true);
  pool.take();
  expect(pool.made).toBe(1);
});
