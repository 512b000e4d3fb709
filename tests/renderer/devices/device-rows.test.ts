import { expect, test } from "vitest";
import { filterRows } from "../../../renderer/features/devices/device-filter.ts";
import { deviceRows, findingsOf } from "../../../renderer/features/devices/device-row.ts";
import { stateWords, streamWords } from "../../../renderer/features/devices/device-words.ts";
import { messagesFor } from "../../../renderer/messages/messages.ts";
import type { Device } from "../../../shared/model/device.ts";
import { sampleDevice, sampleNow, sampleSite } from "../sample-devices.ts";

const { say } = messagesFor("en");

function withStreams(
  change: (streams: Device["channels"][0]["streams"]) => Device["channels"][0]["streams"],
): Device {
  const device = sampleDevice(0);
  return {
    ...device,
    channels: device.channels.map((channel) => ({ ...channel, streams: change(channel.streams) })),
  };
}

test("a device that is as it should be has no finding", () => {
  expect(findingsOf(sampleDevice(0))).toEqual([]);
});

test("the worst finding comes first and names the state", () => {
  const device = sampleDevice(4, {
    clockOffsetMs: 41_000,
    state: {
      kind: "unreachable",
      since: sampleNow - 266_000,
      reason: "unreachable",
      detail: "",
      retryAt: null,
    },
  });
  expect(findingsOf(device).map(({ kind }) => kind)).toEqual(["failure", "clock"]);
  const [row] = deviceRows([device], []);
  expect(row && stateWords(say, row, sampleNow)).toEqual({
    severity: "critical",
    words: "unreachable 4 min 26 s",
  });
});

test("missing and unusable streams are findings", () => {
  expect(findingsOf(withStreams((streams) => streams.slice(0, 1)))[0]?.kind).toBe("no-sub");
  expect(findingsOf(withStreams(() => []))[0]?.kind).toBe("no-stream");
  expect(findingsOf({ ...sampleDevice(0), channels: [] })[0]?.kind).toBe("no-stream");
  const jpeg = withStreams((streams) => streams.map((stream) => ({ ...stream, codec: "JPEG" as const })));
  expect(findingsOf(jpeg)[0]?.kind).toBe("format");
  expect(streamWords(jpeg)).toBe("1080p JPEG + 360p JPEG");
});

test("views and words narrow the table", () => {
  const rows = deviceRows(sampleSite(20), []);
  expect(filterRows(rows, "all", "")).toHaveLength(20);
  expect(filterRows(rows, "unreachable", "").map(({ numbers }) => numbers[0])).toEqual([105, 108, 115, 118]);
  expect(filterRows(rows, "all", "gate 2").map(({ device }) => device.name)).toEqual(["Gate", "Gate 2"]);
  expect(filterRows(rows, "all", "10.20.4.13").map(({ device }) => device.name)).toEqual(["Corridor B"]);
  expect(filterRows(rows, "all", "nothing like this")).toEqual([]);
});

test("a device whose stream plays is watched", () => {
  const device = sampleDevice(0);
  const [channel] = device.channels;
  if (channel === undefined) throw new Error("no channel");
  const playing = {
    kind: "playing" as const,
    since: 0,
    codec: "H264" as const,
    width: 640,
    height: 360,
    fps: 10,
    bitrateKbps: 500,
    audio: null,
    transport: "tcp" as const,
    lostPackets: 0,
    malformedPackets: 0,
    reconnects: 0,
    arrivalTime: false,
  };
  const [row] = deviceRows([device], [{ channelId: channel.id, role: "sub", status: playing }]);
  expect(row && stateWords(say, row, 0)).toEqual({ severity: "normal", words: "live" });
});
