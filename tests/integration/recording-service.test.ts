import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { RecordingService } from "../../electron/main/recording/recording-service.ts";
import type { JobRunner } from "../../electron/main/recording/job-runner.ts";
import { StorageService } from "../../electron/main/recording/storage-service.ts";
import { StorageSetup } from "../../electron/main/recording/storage-setup.ts";
import type { ConsoleFact } from "../../shared/model/event.ts";
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
  const notes: ConsoleFact[] = [];
  const deps = { clock: systemClock, log: new KeptLog(), store: site.store };
  const runJob: JobRunner = (_title, _options, work) =>
    work({ step: () => undefined, progress: () => undefined }, new AbortController().signal);
  const storage = new StorageService({
    ...deps,
    settings,
    root,
    limits,
    say: (_, message) => said.push(message),
    note: (facts) => notes.push(...facts),
  });
  const make = () =>
    new RecordingService({
      ...deps,
      settings,
      storage,
      runJob,
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
  const setup = new StorageSetup({ ...deps, storage, runJob });
  return { ...site, root, storage, setup, notes, service, reports, spans, said, settings };
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

const roomy = { ...siteLimits, leastBytes: 1, floorBytes: 1 };

/** A second folder for recordings. */
function otherFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "watchfloor-second-"));
  ends.push(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}
const filesBelow = (root: string): string[] =>
  fs.existsSync(path.join(root, "recordings"))
    ? fs
        .readdirSync(path.join(root, "recordings"), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".mp4"))
    : [];

test("when the first location goes away recordings go to the second, and it is said", async () => {
  const { setup, storage, store, said, notes, service } = await startSite(roomy);
  const [first, second] = [otherFolder(), otherFolder()];
  expect(await setup.addLocation(first)).toEqual({ ok: true, value: null });
  expect(await setup.addLocation(second)).toEqual({ ok: true, value: null });
  const [own, one, two] = storage.view.locations.map(({ id }) => id);
  if (own === undefined || one === undefined || two === undefined) throw new Error("three locations");
  await setup.orderLocations([one, two, own]);
  await waitUntil("recording in the first", () => filesBelow(first).length > 0, 25_000);
  // The disk is pulled: its mount point is there still, and empty.
  fs.renameSync(first, `${first}-away`);
  ends.push(() => fs.rmSync(`${first}-away`, { recursive: true, force: true }));
  fs.mkdirSync(first);
  await storage.look();
  await waitUntil("recording in the second", () => filesBelow(second).length > 0, 25_000);
  expect(said).toContain("notice.recording-elsewhere");
  expect(notes).toContainEqual(expect.objectContaining({ type: "disk", state: "begun" }));
  expect(storage.view.locations[0]).toMatchObject({ state: "failed" });
  expect(storage.view.locations[0]?.detail).toContain("the disk is gone");
  expect(service.status.storage.state).toBe("recording");
  // Nothing was written beside the mark that is missing, and nothing of the first is lost from the index.
  expect(filesBelow(`${first}-away`).length).toBeGreaterThan(0);
  const places = async (): Promise<readonly number[]> =>
    (await store.listRecordingUsage()).map(({ locationId }) => locationId);
  await waitUntil("both in the index", async () => {
    const found = await places();
    return found.includes(one) && found.includes(two);
  });
}, 90_000);

test("a folder of another site, within another location, or that cannot be written is refused", async () => {
  const { setup, root } = await startSite(roomy);
  await setup.start();
  const foreign = otherFolder();
  fs.writeFileSync(
    path.join(foreign, "watchfloor-storage.json"),
    JSON.stringify({ site: "f".repeat(32), location: 4 }),
  );
  expect(await setup.addLocation(foreign)).toMatchObject({ ok: false });
  const inner = path.join(root, "inner");
  fs.mkdirSync(inner);
  expect(await setup.addLocation(inner)).toMatchObject({ ok: false });
  expect(await setup.addLocation("relative/folder")).toMatchObject({ ok: false });
  expect(await setup.addLocation(path.join(root, "nothing-here"))).toMatchObject({ ok: false });
  const link = path.join(otherFolder(), "link");
  fs.symlinkSync(inner, link);
  expect(await setup.addLocation(link)).toMatchObject({ ok: false });
}, 60_000);
