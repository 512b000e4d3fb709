import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { ByteCache } from "../../../renderer/pictures/byte-cache.ts";
import { KeyPictures } from "../../../renderer/pictures/key-pictures.ts";
import { KeySource } from "../../../renderer/pictures/key-source.ts";
import { PictureMaker, type PictureWorker } from "../../../renderer/pictures/picture-maker.ts";
import type { PictureAnswer, PictureOrder } from "../../../renderer/pictures/picture-work.ts";
import { GivenUpError, Slots } from "../../../renderer/pictures/slots.ts";
import { FakeClock } from "../../fixtures/fake-clock.ts";
import { FakeRecordings, gate } from "./fake-pictures.ts";

const start = 1_790_000_100_000;
const signal = new AbortController().signal;

function setUp(spans = [{ from: start, to: start + 60_000 }], now = start + 3_600_000) {
  const recordings = new FakeRecordings(spans);
  const make = vi.fn(async () => new Blob([new Uint8Array(100)]));
  const clock = new FakeClock(now);
  const pictures = new KeyPictures({ ...recordings.deps, clock, maker: { make, stop: () => undefined } });
  const at = (instant: number, more: AbortSignal = signal) =>
    pictures.at({ channelId: gate, at: instant, widthPx: 320 }, more);
  return { recordings, pictures, make, clock, at };
}

test("a moment is shown by the keyframe before it, and is made once", async () => {
  const { at, make, recordings } = setUp();
  expect(await at(start + 5_100)).toMatchObject({ kind: "picture", capturedAt: start + 4_000 });
  expect(await at(start + 4_000)).toMatchObject({ kind: "picture", capturedAt: start + 4_000 });
  expect(make).toHaveBeenCalledTimes(1);
  expect(recordings.opened).toHaveLength(1);
});

test("a moment that was not recorded has no picture, even right behind a recording", async () => {
  const { at } = setUp();
  expect(await at(start + 60_500)).toEqual({ kind: "none" });
  expect(await at(start - 1)).toEqual({ kind: "none" });
});

test("the newest stretch is opened anew after some seconds, since it grows; an old one is not", async () => {
  const { at, clock, recordings } = setUp();
  await at(start + 5_000);
  await clock.advance(60_000);
  await at(start + 9_000);
  expect(recordings.opened).toHaveLength(1);
  const near = setUp([{ from: start, to: start + 60_000 }], start + 61_000);
  await near.at(start + 58_000);
  await near.clock.advance(5_000);
  await near.at(start + 58_500);
  expect(near.recordings.opened).toHaveLength(2);
  expect(near.recordings.released).toBe(1);
});

test("after the media process started again the recordings are opened anew", async () => {
  const { at, recordings } = setUp();
  await at(start + 2_000);
  recordings.lose();
  expect(await at(start + 9_000)).toMatchObject({ kind: "picture", capturedAt: start + 8_000 });
  expect(recordings.opened).toHaveLength(2);
});

test("a recording that is gone, and one that is damaged, are said and asked for again", async () => {
  const { at, recordings } = setUp();
  recordings.status = 404;
  expect(await at(start)).toMatchObject({ kind: "broken" });
  recordings.status = 200;
  expect(await at(start)).toMatchObject({ kind: "picture" });
  const damaged = setUp();
  damaged.recordings.config = null;
  expect(await damaged.at(start)).toMatchObject({ kind: "broken" });
});

test("few stretches stay open, all are closed at the end", async () => {
  const { at, pictures, recordings } = setUp([{ from: start, to: start + 7_200_000 }]);
  for (let minute = 0; minute < 60; minute += 5) await at(start + minute * 60_000);
  expect(recordings.opened.length).toBeGreaterThanOrEqual(12);
  expect(recordings.opened.length - recordings.released).toBe(3);
  pictures.stop();
  await vi.waitFor(() => expect(recordings.released).toBe(recordings.opened.length));
  await expect(at(start)).rejects.toThrow("closed");
});

test("a question that is taken back while the recordings open ends at once", async () => {
  const { at, recordings } = setUp();
  recordings.gate = new Promise(() => undefined);
  const ends = new AbortController();
  const asked = at(start, ends.signal);
  ends.abort(new Error("moved on"));
  await expect(asked).rejects.toThrow("moved on");
});

test("the keyframe of any instant is the newest one not after it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: -5_000, max: 70_000 }), async (offset) => {
      const recordings = new FakeRecordings([{ from: start, to: start + 60_000 }]);
      const span = { channelId: gate, role: "sub" as const, from: start, to: start + 60_000 };
      const source = await KeySource.open(recordings, span, signal);
      const key = source.at(start + offset);
      if (offset < 0 || offset > 60_000) expect(key).toBeUndefined();
      else expect(key?.at).toBe(start + Math.min(58_000, Math.floor(offset / 2_000) * 2_000));
    }),
  );
});

test("a cache never holds more than its bytes, and keeps what was used last", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ key: fc.integer({ min: 0, max: 9 }), bytes: fc.integer({ min: 1, max: 60 }) })),
      (puts) => {
        const cache = new ByteCache<number>(100, (bytes) => bytes);
        for (const { key, bytes } of puts) {
          cache.put(String(key), bytes);
          expect(cache.bytes).toBeLessThanOrEqual(100);
          expect(cache.get(String(key))).toBe(bytes);
        }
      },
    ),
  );
});

test("of what waits the newest comes first, and the oldest is given up", async () => {
  const slots = new Slots(1, 2);
  const done: string[] = [];
  let finish = (): void => undefined;
  const first = slots.run(signal, () => new Promise<void>((resolve) => (finish = resolve)));
  const run = (name: string) => slots.run(signal, async () => void done.push(name));
  const [oldest, middle, newest] = [run("oldest"), run("middle"), run("newest")];
  await expect(oldest).rejects.toBeInstanceOf(GivenUpError);
  finish();
  await Promise.all([first, middle, newest]);
  expect(done).toEqual(["newest", "middle"]);
});

/** A worker that answers when the test says so. */
function fakeWorker() {
  const started: { hear: (answer: PictureAnswer) => void; fail: (why: string) => void }[] = [];
  const orders: PictureOrder[] = [];
  const stopped = vi.fn();
  const maker = new PictureMaker({
    startWorker: (hear, fail): PictureWorker => {
      started.push({ hear, fail });
      return { post: (order) => orders.push(order), stop: stopped };
    },
  });
  return { maker, started, orders, stopped };
}
const config = { codec: "avc1.4d401f", description: "", width: 2, height: 2 };
const sample = () => new Uint8Array([1]);

test("a worker that died is said to whoever waits, and a new one is started for the next picture", async () => {
  const { maker, started, stopped } = fakeWorker();
  const asked = maker.make(config, sample(), 320, signal);
  started[0]?.fail("out of memory");
  await expect(asked).rejects.toThrow("out of memory");
  expect(stopped).toHaveBeenCalledTimes(1);
  const again = maker.make(config, sample(), 320, signal);
  started[1]?.hear({ type: "made", request: 1, jpeg: new Blob() });
  await expect(again).resolves.toBeInstanceOf(Blob);
});

test("a picture that nobody wants any more is cancelled in the worker", async () => {
  const { maker, orders, started } = fakeWorker();
  const ends = new AbortController();
  const asked = maker.make(config, sample(), 320, ends.signal);
  ends.abort(new Error("moved on"));
  await expect(asked).rejects.toThrow("moved on");
  expect(orders.at(-1)).toEqual({ type: "cancel", request: 0 });
  started[0]?.hear({ type: "made", request: 0, jpeg: new Blob() });
});
