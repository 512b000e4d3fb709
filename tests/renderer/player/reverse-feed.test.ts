import { expect, test } from "vitest";
import { packSamples } from "../../../electron/drivers/recording-file/group-samples.ts";
import { ReverseFeed } from "../../../renderer/player/reverse-feed.ts";
import { FakeDecoders } from "./fake-decoders.ts";

const startAt = 1_700_000_000_000;
const frameMs = 100;
const framesAGroup = 20;
const groups = 5;
const config = { codec: "avc1.4d401f", description: "AAAA", width: 640, height: 360 };
const frameBytes = 640 * 360 * 1.5;
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Five groups of twenty pictures; B-frames: each third is decoded after the one behind it. */
function stage(budgetBytes = 1e9) {
  const asked: string[] = [];
  const decoders = new FakeDecoders();
  const failures: string[] = [];
  const state = { isGone: false, isClosed: false };
  const answer = (path: string): Uint8Array | null => {
    if (path === "pictures.json") {
      const keys = Array.from({ length: groups }, (_, n) => [startAt + n * framesAGroup * frameMs, 2_000, 0]);
      return new TextEncoder().encode(JSON.stringify({ configs: [config], keys }));
    }
    if (state.isGone) return null;
    const order = Array.from({ length: framesAGroup }, (_, n) =>
      n % 3 === 1 ? n + 1 : n % 3 === 2 ? n - 1 : n,
    );
    return packSamples(
      order.map((n) => ({ afterMs: Math.min(n, framesAGroup - 1) * frameMs, bytes: Buffer.from([n]) })),
    );
  };
  const canvas = document.createElement("canvas");
  const feed = new ReverseFeed({
    canvas,
    decoders,
    budgetBytes,
    source: {
      get: (path) => {
        asked.push(path);
        const bytes = answer(path);
        return Promise.resolve({ status: bytes === null ? 404 : 200, contentType: "", bytes });
      },
      close: () => (state.isClosed = true),
    },
    onFailed: ({ kind }) => failures.push(kind),
  });
  /** Waits for the picture of an instant. */
  const show = async (at: number): Promise<number | undefined> => {
    for (let turn = 0; turn < 40; turn += 1) {
      feed.follow(at);
      if (feed.isReady(at)) return feed.shownAt;
      await settle();
    }
    return undefined;
  };
  return { feed, canvas, decoders, asked, failures, state, show };
}

test("every picture is shown, in order, back over the borders of groups, none decoded twice", async () => {
  const { decoders, show, feed } = stage();
  const seen: (number | undefined)[] = [];
  for (let n = groups * framesAGroup - 1; n >= 0; n -= 1) seen.push(await show(startAt + n * frameMs + 40));
  const expected = Array.from(
    { length: groups * framesAGroup },
    (_, n) => startAt + n * frameMs,
  ).toReversed();
  expect(seen).toEqual(expected);
  expect(decoders.decoded).toBe(groups * framesAGroup);
  feed.stop();
  expect(decoders.open).toBe(0);
});

test("little memory makes a group come in parts, still every picture, and never more than fits", async () => {
  const { decoders, show, feed } = stage(8 * frameBytes);
  const seen: (number | undefined)[] = [];
  for (let n = groups * framesAGroup - 1; n >= 0; n -= 1) seen.push(await show(startAt + n * frameMs));
  expect(new Set(seen).size).toBe(groups * framesAGroup);
  expect(feed.heldCount).toBeLessThanOrEqual(8);
  feed.stop();
  expect(decoders.open).toBe(0);
});

test("a jump throws away what is held and shows the picture of the new instant", async () => {
  const { show, decoders, feed, canvas } = stage();
  await show(startAt + 9_000);
  expect(await show(startAt + 3_050)).toBe(startAt + 3_000);
  expect(Number(canvas.dataset["shownAt"])).toBe(startAt + 3_000);
  expect(await show(startAt + 8_010)).toBe(startAt + 8_000);
  feed.stop();
  expect(decoders.open).toBe(0);
});

test("before the first picture there is nothing to wait for", async () => {
  const { show, feed } = stage();
  await show(startAt + 100);
  feed.follow(startAt - 5_000);
  await settle();
  feed.follow(startAt - 5_000);
  await settle();
  expect(feed.isReady(startAt - 5_000)).toBe(true);
});

test("a file that is gone and a decoder that gives up are said, once, and nothing is kept", async () => {
  const gone = stage();
  gone.state.isGone = true;
  gone.feed.follow(startAt + 5_000);
  await settle();
  await settle();
  expect(gone.failures).toEqual(["broken"]);
  const failing = stage();
  failing.decoders.isFailing = true;
  failing.feed.follow(startAt + 5_000);
  await settle();
  await settle();
  expect(failing.failures).toEqual(["broken"]);
  failing.feed.stop();
  expect(failing.state.isClosed).toBe(true);
});
