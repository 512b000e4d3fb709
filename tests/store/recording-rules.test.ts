import { afterEach, beforeEach, expect, test } from "vitest";
import { ChannelId } from "../../shared/base/ids.ts";
import { defaultRecordingRule } from "../../shared/model/recording-rule.ts";
import { exampleAdoption } from "./example-device.ts";
import { openMemoryStore } from "./open-memory-store.ts";

let site: ReturnType<typeof openMemoryStore>;
beforeEach(async () => {
  site = openMemoryStore();
  await site.store.saveAdoption(exampleAdoption("a"));
});
afterEach(() => site.close());

const channelId = ChannelId.parse("channel-a");
const stream = { channelId, role: "main" as const };

test("a channel's own rule is kept until it is given back to the site's", async () => {
  const rule = { ...defaultRecordingRule, mode: "event" as const, preRollS: 30 };
  expect(await site.store.setRecordingRule(channelId, rule)).toBe(true);
  expect(await site.store.setRecordingRule(ChannelId.parse("nobody"), rule)).toBe(false);
  expect(await site.store.listRecordingRules()).toEqual([{ channelId, rule }]);
  await site.store.setRecordingRule(channelId, null);
  expect(await site.store.listRecordingRules()).toEqual([]);
});

test("a rule of which only a part can be read is filled up, one that cannot be read at all is the usual one", async () => {
  const write = (rule: string): unknown =>
    site.db.prepare("insert or replace into recording_rule values (?, ?)").run(channelId, rule);
  write('{"mode":"off"}');
  expect(await site.store.listRecordingRules()).toEqual([
    { channelId, rule: { ...defaultRecordingRule, mode: "off" } },
  ]);
  for (const bad of ["7", "null", '{"mode":"sometimes"}', '{"preRollS":1e9}']) {
    write(bad);
    expect(await site.store.listRecordingRules()).toEqual([{ channelId, rule: defaultRecordingRule }]);
  }
});

test("asking again moves the end, stopping ends it, and both keep who did it", async () => {
  await site.store.requestRecording({ channelId, from: 1_000, until: 601_000, by: "Anna" });
  await site.store.requestRecording({ channelId, from: 2_000, until: 902_000, by: "Ben" });
  expect(await site.store.listRecordingRequests(3_000)).toEqual([
    { channelId, from: 2_000, until: 902_000, by: "Ben" },
  ]);
  await site.store.endRecordingRequest(channelId, 4_000, "Cleo");
  expect(await site.store.listRecordingRequests(4_000)).toEqual([]);
  const kept = site.db
    .prepare("select until_at, by_name, stopped_by from recording_request order by id")
    .all();
  expect(kept).toEqual([
    { until_at: 2_000, by_name: "Anna", stopped_by: "Ben" },
    { until_at: 4_000, by_name: "Ben", stopped_by: "Cleo" },
  ]);
});

test("the clocks of a run are written down where they move, and found again for any instant", async () => {
  const clock = (deviceMs: number | null) => ({ delayMs: 40, deviceMs, ledgerMs: 1_000 });
  const add = (run: string, at: number, deviceMs: number | null) =>
    site.store.addRecordingClock({ ...stream, run, at }, clock(deviceMs));
  await add("a", 0, 1_000);
  await add("a", 60_000, 1_010);
  await add("a", 120_000, 1_090);
  await add("b", 180_000, null);
  const at = async (when: number) => (await site.store.readRecordedClock(stream, when))?.deviceMs;
  expect([await at(0), await at(119_999), await at(120_000), await at(200_000)]).toEqual([
    1_000,
    1_000,
    1_090,
    null,
  ]);
  expect(await at(-1)).toBeUndefined();
  expect(site.db.prepare("select count(*) n from recording_clock").get()).toEqual({ n: 3 });
});

test("clocks of what retention took are forgotten", async () => {
  const clock = { delayMs: 0, deviceMs: null, ledgerMs: null };
  for (const at of [0, 1_000, 2_000]) {
    await site.store.addRecordingClock({ ...stream, run: `r${at}`, at }, clock);
  }
  const file = { path: "recordings/channel-a/1970-01-01/2500-main.mp4", ...stream, run: "x" };
  await site.store.addRecordingFile({ ...file, startAt: 2_500, endAt: 3_000, bytes: 1, isOpen: false });
  await site.store.addRecordingClock({ ...stream, run: "x", at: 2_500 }, clock);
  expect(site.db.prepare("select at from recording_clock order by at").all()).toEqual([{ at: 2_500 }]);
});

test("the last beat is remembered", async () => {
  expect(await site.store.readRecordingBeat()).toBeNull();
  await site.store.beatRecording(5);
  await site.store.beatRecording(9);
  expect(await site.store.readRecordingBeat()).toBe(9);
});
