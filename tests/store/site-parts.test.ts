import { afterEach, beforeEach, expect, test } from "vitest";
import fc from "fast-check";
import { ChannelId, DeviceId, WallId } from "../../shared/base/ids.ts";
import { defaultSettings } from "../../shared/model/settings.ts";
import type { Wall } from "../../shared/model/layout.ts";
import { exampleAdoption } from "./example-device.ts";
import { openMemoryStore } from "./open-memory-store.ts";

let site: ReturnType<typeof openMemoryStore>;
beforeEach(async () => {
  site = openMemoryStore();
  await site.store.saveAdoption(exampleAdoption("a"));
});
afterEach(() => site.close());

const channel = ChannelId.parse("channel-a");
const wall = (id: string, name: string, channelId: ChannelId | null = channel): Wall => ({
  id: WallId.parse(id),
  name,
  layout: "4",
  columns: 2,
  rows: 2,
  tiles: [
    { place: { column: 0, row: 0, columnSpan: 2, rowSpan: 1 }, channelId, mode: "auto" },
    { place: { column: 0, row: 1, columnSpan: 1, rowSpan: 1 }, channelId: null, mode: "standard" },
  ],
  changedAt: 5,
});

test("a wall comes back as it was saved, and a change replaces it", async () => {
  await site.store.saveWall(wall("w1", "Gate"));
  expect(await site.store.listWalls()).toEqual([wall("w1", "Gate")]);
  await site.store.saveWall({ ...wall("w1", "Gates"), tiles: wall("w1", "").tiles.slice(0, 1) });
  expect((await site.store.getWall(WallId.parse("w1")))?.tiles).toHaveLength(1);
});

test("two walls never share a name, whatever the case", async () => {
  await site.store.saveWall(wall("w1", "Gate"));
  expect(await site.store.saveWall(wall("w2", "GATE"))).toEqual({ ok: false, error: { kind: "name-taken" } });
  expect((await site.store.saveWall(wall("w1", "GATE"))).ok).toBe(true);
});

test("a tile whose camera is removed stays, empty", async () => {
  await site.store.saveWall(wall("w1", "Gate"));
  await site.store.removeDevice(DeviceId.parse("device-a"));
  expect((await site.store.listWalls())[0]?.tiles[0]).toMatchObject({ channelId: null });
  const saved = await site.store.saveWall(wall("w1", "Gate"));
  expect(saved.ok && saved.value.tiles[0]?.channelId).toBeNull();
});

test("a window is remembered with its page, and forgets a wall that was removed", async () => {
  await site.store.saveWall(wall("w1", "Gate"));
  const place = {
    slot: 1,
    x: -1920,
    y: 0,
    width: 1920,
    height: 1080,
    displayId: 7_777_777_777,
    mode: "full-screen",
    state: { page: "live", wallId: WallId.parse("w1") },
  } as const;
  await site.store.saveWindowPlace(place);
  expect(await site.store.listWindowPlaces()).toEqual([place]);
  await site.store.removeWall(WallId.parse("w1"));
  expect((await site.store.listWindowPlaces())[0]?.state).toEqual({ page: "live", wallId: null });
  await site.store.removeWindowPlace(1);
  expect(await site.store.listWindowPlaces()).toEqual([]);
});

test("settings start as defaults, keep what was changed, and a bad stored value counts as default", async () => {
  expect(await site.store.readSettings()).toEqual({ settings: defaultSettings, unreadable: [] });
  await site.store.writeSettings({ siteName: "North yard", liveMode: "standard" }, 9);
  site.db.prepare("update setting set value = '\"sideways\"' where name = 'liveMode'").run();
  site.db.prepare("insert into setting values ('ofTheFuture', '1', 1)").run();
  expect(await site.store.readSettings()).toEqual({
    settings: { ...defaultSettings, siteName: "North yard" },
    unreadable: ["liveMode"],
  });
});

test("whatever JSON stands in a setting, reading answers settings that are valid", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(defaultSettings)), fc.json(), async (name, value) => {
      site.db.prepare("insert or replace into setting values (?, ?, 1)").run(name, value);
      const { settings } = await site.store.readSettings();
      expect(Object.keys(settings).sort()).toEqual(Object.keys(defaultSettings).sort());
    }),
    { numRuns: 200 },
  );
});

test("an older picture never replaces a newer one, and none is kept of an unknown channel", async () => {
  const jpeg = new Uint8Array([1, 2, 3]);
  expect(await site.store.keepPicture(channel, { capturedAt: 10, jpeg })).toBe(true);
  expect(await site.store.keepPicture(channel, { capturedAt: 9, jpeg: new Uint8Array([9]) })).toBe(false);
  expect((await site.store.getPicture(channel))?.capturedAt).toBe(10);
  expect(await site.store.keepPicture(ChannelId.parse("nobody"), { capturedAt: 1, jpeg })).toBe(false);
});

test("a row that breaks the model is an error that names the column, not a value", async () => {
  site.db.prepare("update device set mac = 'canary-canary-xxx' where id = 'device-a'").run();
  const failure = await site.store.listDevices().catch((error: unknown) => error);
  expect(failure).toMatchObject({ name: "StoreError", code: "bad-row" });
  expect(String(failure)).toContain("identity.mac");
  expect(String(failure)).not.toContain("canary");
});

test("awkward texts come back exactly as the device sent them", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary", maxLength: 200 }), async (text) => {
      // SQLite's text ends at NUL for other tools, and half a surrogate has no UTF-8: no device sends either.
      fc.pre(!text.includes("\0") && Buffer.from(text, "utf8").toString("utf8") === text);
      const adoption = exampleAdoption("a");
      await site.store.saveAdoption({ ...adoption, identity: { ...adoption.identity, firmware: text } });
      expect((await site.store.listDevices())[0]?.identity.firmware).toBe(text);
    }),
    { numRuns: 60 },
  );
});
