import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { RecordingService } from "../../electron/main/recording/recording-service.ts";
import { siteLimits } from "../../electron/main/recording/storage-rule.ts";
import type { RtspServer } from "../../electron/simulator/rtsp/server.ts";
import { systemClock } from "../../shared/base/clock.ts";
import { ChannelId, DeviceId } from "../../shared/base/ids.ts";
import { Topic } from "../../shared/base/topic.ts";
import type { MediaReport } from "../../shared/contract/media-port.ts";
import type { RecordingSpan } from "../../shared/model/recording.ts";
import { defaultRecordingRule } from "../../shared/model/recording-rule.ts";
import { defaultSettings, type Settings } from "../../shared/model/settings.ts";
import { camera, MediaBench } from "../fixtures/media-bench.ts";
import { KeptLog } from "../fixtures/silent-log.ts";
import { waitUntil } from "../fixtures/wait-until.ts";
import { exampleAdoption } from "../store/example-device.ts";
import { openMemoryStore } from "../store/open-memory-store.ts";
import { here } from "../fixtures/address-block.ts";

const channelId = ChannelId.parse("channel-a");
const ends: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function startSite(limits = siteLimits) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "watchfloor-recording-"));
  ends.push(() => fs.rmSync(root, { recursive: true, force: true }));
  const { server, uri }: { server: RtspServer; uri: string } = await camera(here("127.89.3.1"), "gate");
  ends.push(() => server.stop());
  const site = openMemoryStore();
  ends.push(() => site.close());
  await site.store.saveAdoption(exampleAdoption("a"));
  const device = await site.store.getDevice(DeviceId.parse("device-a"));
  const reports = new Topic<MediaReport>();
  const bench = new MediaBench(systemClock, (report) => reports.publish(report));
  ends.push(() => bench.stop());
  bench.configure(channelId, uri);
  const settings = { current: defaultSettings, changed: new Topic<Settings>() };
  const said: string[] = [];
  const make = () =>
    new RecordingService({
      clock: systemClock,
      log: new KeptLog(),
      store: site.store,
      settings,
      root,
      limits,
      media: { send: (command) => bench.process.receive(command), reports },
      devices: () => (device === undefined ? [] : [device]),
      say: (_, message) => said.push(message),
    });
  const service = make();
  service.start();
  ends.push(() => service.stop());
  reports.publish({ type: "ready" });
  const spans = async (): Promise<RecordingSpan[]> => {
    await service.settle();
    const now = Date.now();
    const span = { from: now - 600_000, to: now + 60_000, resolutionMs: 250, now };
    return (await site.store.readTimelines([{ channelId, role: "main" }], span))[0] ?? [];
  };
  return { ...site, root, service, reports, spans, said, settings };
}

test("an adopted camera records by itself, and switching it off says so on the timeline", async () => {
  const { service, spans, store } = await startSite({ ...siteLimits, leastBytes: 1, floorBytes: 1 });
  const recorded = async (): Promise<number> =>
    (await spans()).reduce((sum, span) => sum + (span.kind === "recorded" ? span.to - span.from : 0), 0);
  await waitUntil("two seconds in the index", async () => (await recorded()) > 2_000, 25_000);
  expect(service.status.channels).toMatchObject([
    { channelId, role: "main", state: "recording", choice: "site" },
  ]);
  expect(service.status.storage.state).toBe("recording");
  expect(await service.setRule(channelId, { ...defaultRecordingRule, mode: "off" }, "Anna")).toBe(true);
  await waitUntil("nothing open", async () => (await store.listOpenRecordings()).length === 0);
  await waitUntil("the gap", async () => (await spans()).at(-1)?.kind === "gap");
  expect((await spans()).map(({ kind }) => kind)).toEqual(["recorded", "gap"]);
  expect((await spans()).at(-1)).toMatchObject({ cause: "off" });
  expect(service.status.channels[0]).toMatchObject({ state: "off", choice: "off" });
  expect(await service.setRule(ChannelId.parse("nobody"), defaultRecordingRule, "Anna")).toBe(false);
}, 60_000);

test("a disk without the room that recordings need is said, and nothing is recorded", async () => {
  const { service, said, store } = await startSite({ ...siteLimits, leastBytes: 1e18 });
  await waitUntil("it is said", () => said.includes("notice.recording-no-space"));
  expect(service.status.storage.state).toBe("no-space");
  expect(service.status.storage.detail).toContain("need room for");
  expect(await store.listRecordedStreams()).toEqual([]);
}, 60_000);
