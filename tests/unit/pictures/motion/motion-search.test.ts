import { expect, test, vi } from "vitest";
import { searchMotion, type MotionProgress } from "../../../../renderer/pictures/motion/motion-search.ts";
import type { StartMotionWorker } from "../../../../renderer/pictures/motion/motion-looker.ts";
import { MotionWorkshop } from "../../../../renderer/pictures/motion/motion-workshop.ts";
import { KeyDecoder } from "../../../../renderer/pictures/key-decoder.ts";
import { FakeClock } from "../../../fixtures/fake-clock.ts";
import { fakeCodecs } from "../fake-codecs.ts";
import { FakeRecordings, gate } from "../fake-pictures.ts";

const start = 1_790_000_000_000;
const minute = 60_000;
const size = 64;

/**
 * A worker without a thread: real workshop, decoders that do what the samples say, and a picture whose brightness
 * in the middle tells whether something is there at that time.
 */
function setUp(isThere: (at: number) => boolean, spans = [{ from: start, to: start + 10 * minute }]) {
  const recordings = new FakeRecordings(spans);
  const { codecs, open } = fakeCodecs();
  const stopped = vi.fn();
  const fail: ((why: string) => void)[] = [];
  const startWorker: StartMotionWorker = (onAnswer, onFailed) => {
    fail.push(onFailed);
    // Every sample gives a picture, in order.
    const times: number[] = [];
    const workshop = new MotionWorkshop({
      decoder: new KeyDecoder({ clock: new FakeClock(0), codecs }),
      answer: onAnswer,
      lumaOf: async () => {
        const bytes = new Uint8Array(size * size).fill(80);
        const isFilled = isThere(times.shift() ?? 0);
        for (let row = 20; row < 40; row += 1)
          if (isFilled) bytes.fill(220, row * size + 20, row * size + 40);
        return { bytes, stride: size, width: size, height: size };
      },
    });
    return {
      post: (order) => {
        queueMicrotask(() => {
          if (order.type === "look") times.push(...order.keys.map(({ at }) => at));
          workshop.receive(order);
        });
      },
      stop: stopped,
    };
  };
  const clock = new FakeClock(start + 60 * minute);
  const progress: MotionProgress[] = [];
  const search = (from: number, to: number, signal = new AbortController().signal) =>
    searchMotion(
      { ...recordings.deps, clock, startWorker },
      { channelId: gate, from, to, regions: [], sensitivity: "normal" },
      (one) => progress.push(one),
      signal,
    );
  return { search, recordings, progress, open, stopped, clock, fail };
}

test("the moment at which something came and went is found, and nothing else", async () => {
  const [from, to] = [start + 3 * minute, start + 3 * minute + 20_000];
  const { search, progress, open, stopped, recordings } = setUp((at) => at >= from && at < to);
  const { moments, pictures, damaged, share } = await search(start, start + 10 * minute);
  expect(moments.map((moment) => [moment.from, moment.to])).toEqual([
    [from - 2_000, from],
    [to - 2_000, to],
  ]);
  expect({ pictures, damaged, share }).toEqual({ pictures: 300, damaged: 0, share: 1 });
  const shares = progress.map((one) => one.share);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(open).toHaveLength(0);
  expect(stopped).toHaveBeenCalled();
  expect(recordings.released).toBe(recordings.opened.length);
});

test("a moment at the seam of two openings is found, and no picture is looked at twice", async () => {
  const from = start + 20 * minute;
  const { search, recordings } = setUp((at) => at >= from, [{ from: start, to: start + 60 * minute }]);
  const { moments, pictures } = await search(start, start + 60 * minute);
  expect(moments).toHaveLength(1);
  expect(moments[0]).toMatchObject({ from: from - 2_000, to: from });
  expect(pictures).toBe(1_800);
  expect(recordings.opened.length).toBe(3);
});

test("a stretch that was not recorded makes no moment", async () => {
  const gapFrom = start + 2 * minute;
  const spans = [
    { from: start, to: gapFrom },
    { from: gapFrom + minute, to: start + 6 * minute },
  ];
  const { search } = setUp((at) => at >= gapFrom, spans);
  expect((await search(start, start + 6 * minute)).moments).toEqual([]);
});

test("a search that is cancelled ends at once with its worker and what it had open", async () => {
  const ends = new AbortController();
  const { search, recordings, stopped, progress } = setUp(() => false);
  const searching = search(start, start + 10 * minute, ends.signal);
  await vi.waitFor(() => expect(progress.length).toBeGreaterThan(0));
  ends.abort(new Error("cancelled"));
  await expect(searching).rejects.toThrow("cancelled");
  expect(stopped).toHaveBeenCalled();
  await vi.waitFor(() => expect(recordings.released).toBe(recordings.opened.length));
});

test("recordings that are gone meanwhile are counted as damaged and passed over", async () => {
  const { search, recordings } = setUp(() => false);
  recordings.status = 404;
  const { damaged, pictures } = await search(start, start + minute);
  expect({ damaged, pictures }).toEqual({ damaged: 30, pictures: 0 });
});

test("a media process that starts again is waited for and the search goes on", async () => {
  const { search, recordings, clock } = setUp(() => false);
  recordings.status = 503;
  const searching = search(start, start + minute);
  await vi.waitFor(() => expect(clock.sleeping).toBe(1));
  recordings.status = 200;
  await clock.advance(1_000);
  expect((await searching).pictures).toBe(30);
});

test("a computer that cannot decode the recordings says so", async () => {
  const { search, recordings } = setUp(() => false);
  recordings.config = { codec: "hvc1.1.6.L93.90", description: "", width: 2, height: 2 };
  await expect(search(start, start + minute)).rejects.toMatchObject({ fault: { kind: "unsupported" } });
});

test("a worker that died ends the search in words", async () => {
  const { search, fail, progress } = setUp(() => false);
  const searching = search(start, start + 10 * minute);
  const heard = searching.catch((error: unknown) => String(error));
  await vi.waitFor(() => expect(progress.length).toBeGreaterThan(0));
  fail[0]?.("out of memory");
  expect(await heard).toContain("out of memory");
});
