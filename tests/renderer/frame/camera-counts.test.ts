import { expect, test } from "vitest";
import { countCameras } from "../../../renderer/frame/camera-counts.ts";
import type { ChannelId } from "../../../shared/base/ids.ts";
import type { SourceStatus } from "../../../shared/model/stream-status.ts";
import { sampleDevice, sampleSite } from "../sample-devices.ts";

const waiting = (reason: "stalled" | "unreachable"): SourceStatus => ({
  kind: "waiting",
  reason,
  detail: "",
  since: 0,
  attempt: 1,
  retryAt: 1,
  lastFrameAt: null,
});
const channelOf = (index: number): ChannelId => {
  const [channel] = sampleDevice(index).channels;
  if (channel === undefined) throw new Error("no channel");
  return channel.id;
};

test("every camera is counted once", () => {
  const counts = countCameras(sampleSite(20), [], new Map());
  expect(counts.live + counts.stale + counts.lost + counts.unwatched).toBe(20);
  expect(counts.lost).toBe(4);
});

test("a camera is as bad as the worst of its streams", () => {
  const statuses = [
    { channelId: channelOf(0), role: "sub" as const, status: waiting("stalled") },
    { channelId: channelOf(0), role: "main" as const, status: waiting("unreachable") },
    { channelId: channelOf(1), role: "sub" as const, status: waiting("stalled") },
  ];
  expect(countCameras([sampleDevice(0), sampleDevice(1)], statuses, new Map())).toMatchObject({
    lost: 1,
    stale: 1,
  });
});

test("what a tile has seen goes before what the source says", () => {
  const counts = countCameras([sampleDevice(0)], [], new Map([[channelOf(0), "stale"]]));
  expect(counts).toEqual({ live: 0, stale: 1, lost: 0, unwatched: 0 });
});

test("a camera nobody watches is not called live", () => {
  expect(countCameras([sampleDevice(0)], [], new Map()).live).toBe(0);
});
