import { expect, test } from "vitest";
import { countCameras } from "../../../electron/main/streams/site-status.ts";
import type { ChannelId } from "../../../shared/base/ids.ts";
import type { SourceStatus } from "../../../shared/model/stream-status.ts";
import type { Device } from "../../../shared/model/device.ts";
import { sampleDevice, sampleSite } from "../../renderer/sample-devices.ts";

const camerasOf = (devices: readonly Device[]) =>
  devices.flatMap(({ state, channels }) =>
    channels.map(({ id }) => ({ channelId: id, isUnreachable: state.kind === "unreachable" })),
  );

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
  const counts = countCameras(camerasOf(sampleSite(20)), [], new Map());
  expect(counts.live + counts.stale + counts.lost + counts.unwatched).toBe(20);
  expect(counts.lost).toBe(4);
});

test("a camera is as bad as the worst of its streams", () => {
  const statuses = [
    { channelId: channelOf(0), role: "sub" as const, status: waiting("stalled") },
    { channelId: channelOf(0), role: "main" as const, status: waiting("unreachable") },
    { channelId: channelOf(1), role: "sub" as const, status: waiting("stalled") },
  ];
  expect(countCameras(camerasOf([sampleDevice(0), sampleDevice(1)]), statuses, new Map())).toMatchObject({
    lost: 1,
    stale: 1,
  });
});

test("what a tile has seen goes before what the source says", () => {
  const counts = countCameras(camerasOf([sampleDevice(0)]), [], new Map([[channelOf(0), "stale"]]));
  expect(counts).toEqual({ channels: 1, live: 0, stale: 1, lost: 0, unwatched: 0 });
});

test("a camera nobody watches is not called live", () => {
  expect(countCameras(camerasOf([sampleDevice(0)]), [], new Map()).live).toBe(0);
});
