import fc from "fast-check";
import { expect, test } from "vitest";
import { RecentGroups, rememberedMs } from "../../../electron/media/replay/recent-groups.ts";
import { ReplayReader } from "../../../electron/media/replay/replay-reader.ts";
import type { StreamEpoch, StreamFragment } from "../../../electron/media/fragment-stream.ts";

const startAt = 1_700_000_000_000;
const epochOf = (epoch: number): StreamEpoch => ({
  epoch,
  videoInit: Buffer.from([epoch]),
  videoCodecs: "avc1.4d401f",
  soundInit: undefined,
  soundCodecs: undefined,
  width: 640,
  height: 360,
  fps: 10,
});
/** Frame `number` of a stream of ten pictures a second, a keyframe every second. */
const frame = (number: number, epoch = 1, size = 10): StreamFragment => ({
  track: "video",
  epoch,
  bytes: Buffer.alloc(size, number % 256),
  isKeyframe: number % 10 === 0,
  presentationS: number / 10,
  durationS: 0.1,
  capturedAt: startAt + number * 100,
});
const text = (reader: ReplayReader, name: string): string =>
  new TextDecoder().decode(reader.get(name).bytes ?? new Uint8Array());

test("the last half minute is remembered in whole groups, and no more", () => {
  const recent = new RecentGroups();
  recent.onEpoch(epochOf(1));
  for (let number = 3; number < 1_000; number += 1) recent.onFragment(frame(number));
  const groups = recent.snapshot();
  expect(groups[0]?.fragments[0]?.isKeyframe).toBe(true);
  expect(groups.at(-1)?.endAt).toBe(startAt + 100_000);
  expect(recent.lengthMs).toBeGreaterThanOrEqual(rememberedMs);
  expect(recent.lengthMs).toBeLessThanOrEqual(rememberedMs + 1_000);
  expect(recent.bytes).toBe(groups.reduce((sum, { fragments }) => sum + fragments.length * 10, 0));
});

test("a stream of many megabits is remembered for less time, not with more memory", () => {
  const recent = new RecentGroups();
  recent.onEpoch(epochOf(1));
  for (let number = 0; number < 300; number += 1) recent.onFragment(frame(number, 1, 500_000));
  expect(recent.bytes).toBeLessThanOrEqual(24 * 1024 * 1024);
  expect(recent.lengthMs).toBeGreaterThan(2_000);
  // One group that is larger than all that may be held is not held.
  recent.onFragment(frame(300, 1, 40_000_000));
  expect(recent.bytes).toBe(0);
  recent.onFragment(frame(301));
  expect(recent.snapshot()).toEqual([]);
});

test("a stream that is taken up again goes on in the group it had come to, without a picture twice", () => {
  const recent = new RecentGroups();
  const epoch = epochOf(1);
  const frames = Array.from({ length: 25 }, (_, number) => frame(number));
  recent.onEpoch(epoch);
  for (const one of frames.slice(0, 23)) recent.onFragment(one);
  recent.onEpoch(epoch);
  for (const one of frames.slice(20)) recent.onFragment(one);
  expect(recent.snapshot().flatMap(({ fragments }) => fragments)).toEqual(frames);
});

test("what was handed out stays as it was", () => {
  const recent = new RecentGroups();
  recent.onEpoch(epochOf(1));
  recent.onFragment(frame(0));
  const before = recent.snapshot();
  recent.onFragment(frame(1));
  recent.forgetBefore(startAt + 60_000);
  expect(before[0]?.fragments).toHaveLength(1);
  expect(recent.bytes).toBe(0);
});

test("a reconnected camera's pictures follow a discontinuity with their own beginning", () => {
  const recent = new RecentGroups();
  recent.onEpoch(epochOf(1));
  for (let number = 0; number < 15; number += 1) recent.onFragment(frame(number));
  recent.onEpoch(epochOf(2));
  for (let number = 15; number < 45; number += 1) recent.onFragment(frame(number, 2));
  const reader = new ReplayReader(recent.snapshot());
  const playlist = text(reader, "index.m3u8");
  expect(playlist.match(/#EXT-X-DISCONTINUITY\n/g)).toHaveLength(1);
  expect(playlist.match(/#EXT-X-MAP:URI="([^"]+)"/g)).toHaveLength(2);
  expect(playlist).toContain(`#EXT-X-PROGRAM-DATE-TIME:${new Date(startAt).toISOString()}`);
  expect(playlist).toContain("#EXT-X-ENDLIST");
  expect([...(reader.get("init-1.mp4").bytes ?? [])]).toEqual([2]);
  expect(reader.get("chunk-0.m4s").bytes).toHaveLength(100);
});

test("nothing remembered, and names nobody offered, are 404", () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      const { status, bytes } = new ReplayReader([]).get(name);
      expect([status, bytes]).toEqual([404, undefined]);
    }),
  );
  expect(new ReplayReader([]).get("index.m3u8").status).toBe(404);
  expect(new ReplayReader([]).get("chunk-0.m4s").status).toBe(404);
});
