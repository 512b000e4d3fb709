import { afterEach, beforeEach, expect, test } from "vitest";
import { PlaybackDeck } from "../../../renderer/player/playback-deck.ts";
import type { PlaybackChunk } from "../../../renderer/player/playback-map.ts";
import { VideoPool } from "../../../renderer/player/video-pool.ts";
import { ChannelId, PlaybackId } from "../../../shared/base/ids.ts";
import { FakeClock } from "../../fixtures/fake-clock.ts";
import { packSamples } from "../../../electron/drivers/recording-file/group-samples.ts";
import { FakeDecoders } from "./fake-decoders.ts";
import { FakeRecordedFeed } from "./fake-feed.ts";
import { installFakeMedia } from "./fake-media.ts";

const [gate, lobby] = [ChannelId.parse("gate"), ChannelId.parse("lobby")];
const now = Date.UTC(2026, 10, 22, 9);
const first = now - 3_600_000;
/** A minute, a gap of half a minute, a minute; in the player's own time without the gap. */
const chunks: readonly PlaybackChunk[] = [
  { start: 0, duration: 60, programDateTime: first },
  { start: 60, duration: 60, programDateTime: first + 90_000 },
];
const decks: PlaybackDeck[] = [];
beforeEach(installFakeMedia);
afterEach(() => {
  for (const deck of decks.splice(0)) deck.stop();
});

/** The same as groups of two seconds, ten pictures a second. */
function answer(path: string): Uint8Array | null {
  const config = { codec: "avc1.4d401f", description: "AAAA", width: 640, height: 360 };
  const keys = [first, first + 90_000].flatMap((from) =>
    Array.from({ length: 30 }, (_, number) => [from + number * 2_000, 2_000, 0]),
  );
  if (path === "pictures.json") return new TextEncoder().encode(JSON.stringify({ configs: [config], keys }));
  if (!path.startsWith("group-")) return null;
  return packSamples(Array.from({ length: 20 }, (_, n) => ({ afterMs: n * 100, bytes: Buffer.from([n]) })));
}

function stage(channels = [gate, lobby]) {
  const clock = new FakeClock(now);
  const pool = new VideoPool(document);
  const feeds: FakeRecordedFeed[] = [];
  const decoders = new FakeDecoders();
  const asked: { readonly from: number; readonly to: number }[] = [];
  const released: string[] = [];
  const state = { refusal: "", next: null as number | null, previous: null as number | null };
  const deck = new PlaybackDeck({
    clock,
    pool,
    startAt: first + 10_000,
    allow: (ids, from, to) => {
      asked.push({ from, to });
      if (state.refusal !== "") return Promise.reject(new Error(state.refusal));
      const id = PlaybackId.parse(`playback-${asked.length}`);
      return Promise.resolve({ id, tracks: ids.map((channelId) => ({ channelId, role: "main", from, to })) });
    },
    release: ({ id }) => released.push(id),
    openSource: () => ({
      get: (path) => {
        const bytes = answer(path);
        return Promise.resolve({ status: bytes === null ? 404 : 200, contentType: "", bytes });
      },
      close: () => undefined,
    }),
    frameSOf: () => 0.1,
    nextRecorded: () => Promise.resolve(state.next),
    previousRecorded: () => Promise.resolve(state.previous),
    parts: {
      decoders,
      makeFeed: (deps) => {
        const feed = new FakeRecordedFeed(deps);
        feeds.push(feed);
        return feed;
      },
    },
  });
  decks.push(deck);
  deck.setChannels(channels);
  /** Lets the player's beat come as often as it would. */
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 40) {
      await clock.advance(40);
      for (const feed of feeds) if (feed.chunks === undefined && !feed.isStopped) feed.load(chunks);
      deck.tick();
    }
  };
  return { deck, clock, pool, feeds, decoders, asked, released, state, pass };
}

test("a seek shows every tile the picture of the very instant", async () => {
  const { deck, pass } = stage();
  await pass(200);
  deck.seek(first + 42_345);
  await pass(80);
  for (const driver of deck.drivers.values()) {
    expect(driver.view.kind).toBe("picture");
    expect(driver.shownAt).toBeCloseTo(first + 42_300, 0);
  }
});

test("a tile without its picture holds the others, for four seconds at most", async () => {
  const { deck, feeds, pass } = stage();
  await pass(200);
  deck.setPlaying(true);
  await pass(1_000);
  const [slow] = feeds;
  if (slow === undefined) throw new Error("no tile");
  slow.isWilling = false;
  await pass(1_500);
  const heldAt = deck.at;
  await pass(2_000);
  expect(deck.at).toBe(heldAt);
  expect(deck.view.isWaiting).toBe(true);
  await pass(4_000);
  expect(deck.at).toBeGreaterThan(heldAt + 500);
});

test("a stretch in which nothing was recorded is jumped over, forwards and backwards, and told", async () => {
  const { deck, pass } = stage();
  const gaps: { readonly from: number; readonly to: number }[] = [];
  deck.subscribeCrossed((gap) => gaps.push(gap));
  await pass(200);
  deck.seek(first + 59_500);
  deck.setPlaying(true);
  await pass(1_500);
  expect(deck.at).toBeGreaterThan(first + 90_000);
  expect(gaps[0]?.to).toBe(first + 90_000);
  deck.setSpeed(-1);
  await pass(2_500);
  expect(deck.at).toBeLessThan(first + 60_000);
  expect(deck.at).toBeGreaterThan(first + 57_000);
  expect(gaps[1]?.from).toBe(first + 59_999);
});

test("backwards it ends at the oldest recording and stands there", async () => {
  const { deck, pass } = stage();
  await pass(200);
  deck.seek(first + 500);
  deck.setSpeed(-1);
  deck.setPlaying(true);
  await pass(3_000);
  expect(deck.view).toMatchObject({ isPlaying: false, isAtEnd: true, speed: -1 });
  expect(deck.at).toBeLessThan(first);
  expect(deck.at).toBeGreaterThan(first - 1_000);
});

test("backwards it goes on in an older recording that is not open yet", async () => {
  const { deck, asked, state, pass } = stage();
  await pass(200);
  state.previous = first - 7_200_000;
  deck.seek(first + 200);
  deck.setSpeed(-1);
  deck.setPlaying(true);
  await pass(800);
  expect(deck.at).toBeLessThan(first - 7_200_000);
  const { from, to } = asked.at(-1) ?? { from: 0, to: 0 };
  // Most of what is opened then lies before the instant, for that is where it goes.
  expect(first - 7_200_000 - from).toBeGreaterThan(to - (first - 7_200_000));
});

test("forwards it stands at the newest recording", async () => {
  const { deck, pass } = stage();
  await pass(200);
  deck.seek(first + 149_500);
  deck.setPlaying(true);
  await pass(3_000);
  expect(deck.view).toMatchObject({ isPlaying: false, isAtEnd: true });
});

test("steps go from picture to picture, over a gap, and not behind the first and the last one", async () => {
  const { deck, pass } = stage();
  const shown = (): number | undefined => deck.drivers.get(gate)?.shownAt;
  await pass(200);
  deck.seek(first + 59_850);
  await pass(80);
  deck.step(1, gate);
  await pass(80);
  expect(shown()).toBeCloseTo(first + 59_900, 0);
  deck.step(1, gate);
  await pass(80);
  expect(shown()).toBeCloseTo(first + 90_000, 0);
  deck.step(-1, gate);
  await pass(80);
  expect(shown()).toBeCloseTo(first + 59_900, 0);
  deck.seek(first + 20);
  await pass(80);
  deck.step(-1, gate);
  await pass(80);
  expect(shown()).toBeCloseTo(first, 0);
});

test("a channel that is deleted while it plays leaves; the others go on and its player is used again", async () => {
  const { deck, pool, feeds, pass } = stage();
  await pass(200);
  deck.setPlaying(true);
  await pass(500);
  const before = deck.at;
  deck.setChannels([gate]);
  await pass(1_000);
  expect([...deck.drivers.keys()]).toEqual([gate]);
  expect(feeds[1]?.isStopped).toBe(true);
  expect(deck.at).toBeGreaterThan(before + 500);
  deck.setChannels([gate, lobby]);
  await pass(500);
  expect(pool.made).toBeLessThanOrEqual(3);
});

test("after the media process was started again it is asked anew and plays on", async () => {
  const { deck, asked, feeds, pass } = stage();
  await pass(200);
  deck.setPlaying(true);
  await pass(500);
  const { at } = deck;
  for (const feed of feeds.filter(({ isStopped }) => !isStopped))
    feed.deps.onFailed({ kind: "broken", detail: "503" });
  deck.reopen();
  await pass(2_000);
  expect(asked).toHaveLength(2);
  expect(deck.at).toBeGreaterThan(at);
  for (const driver of deck.drivers.values()) expect(driver.view.kind).toBe("picture");
});

test("a tile whose player breaks again and again says so, and does not hold the others", async () => {
  const { deck, feeds, pass } = stage();
  await pass(200);
  deck.setPlaying(true);
  const [driver] = deck.drivers.values();
  for (let times = 0; times < 4; times += 1) {
    const own = feeds.findLast(({ deps, isStopped }) => !isStopped && deps.video === driver?.video);
    own?.deps.onFailed({ kind: "broken", detail: "bufferAppendError" });
    for (const feed of feeds.slice(2)) feed.isWilling = false;
    await pass(480);
  }
  expect(driver?.view).toEqual({
    kind: "failed",
    failure: { kind: "broken", detail: "bufferAppendError" },
  });
  const { at } = deck;
  await pass(2_000);
  expect(deck.at).toBeGreaterThan(at + 1_000);
});

test("what main refuses is said in its words, and asked again later only", async () => {
  const { deck, state, asked, pass } = stage();
  state.refusal = "a span of 200 years is too long";
  await pass(2_000);
  expect(deck.view.failure).toBe(null);
  deck.reopen();
  await pass(2_000);
  expect(deck.view.failure).toBe("a span of 200 years is too long");
  expect(asked.length).toBeLessThanOrEqual(3);
});

test("backwards each picture is decoded once and drawn in order, while the others are waited for", async () => {
  const { deck, pass, decoders } = stage();
  await pass(200);
  deck.seek(first + 50_000);
  await pass(80);
  deck.setSpeed(-1);
  deck.setPlaying(true);
  const seen: number[] = [];
  for (let beat = 0; beat < 100; beat += 1) {
    await pass(40);
    const at = deck.drivers.get(gate)?.shownAt;
    if (at !== undefined && at !== seen.at(-1)) seen.push(at);
  }
  expect(seen.length).toBeGreaterThan(30);
  expect(seen.slice(1).every((at, index) => at < (seen[index] ?? 0))).toBe(true);
  expect(decoders.decoded).toBeLessThan(400);
  deck.setSpeed(1);
  await pass(400);
  expect(decoders.open).toBe(0);
});

test("hours of play take no more players than two a tile, and every span is given back", async () => {
  const { deck, pool, asked, released, pass } = stage();
  for (let hour = 0; hour < 60; hour += 1) {
    deck.seek(first - hour * 7_200_000);
    await pass(120);
  }
  expect(asked.length).toBeGreaterThanOrEqual(60);
  expect(pool.made).toBeLessThanOrEqual(4);
  deck.stop();
  expect(new Set(released).size).toBe(asked.length);
});
