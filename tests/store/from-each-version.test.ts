import fs from "node:fs";
import Database from "better-sqlite3";
import { afterEach, expect, test } from "vitest";
import { ChannelId, DeviceId } from "../../shared/base/ids.ts";
import type { WriteDb } from "../../electron/store/db.ts";
import { migrate } from "../../electron/store/migrate.ts";
import { currentVersion, migrations } from "../../electron/store/migrations/index.ts";
import { readFunctions } from "../../electron/store/store.ts";

const open: Database.Database[] = [];
afterEach(() => {
  for (const db of open.splice(0)) db.close();
});

const rowsOf = (version: number): string =>
  fs.readFileSync(new URL(`../fixtures/site-v${version}.sql`, import.meta.url), "utf8");

/** A site that lived through every version up to that one, each adding its awkward rows, brought up to date. */
function siteFrom(version: number): WriteDb {
  const db = new Database(":memory:") as unknown as WriteDb;
  open.push(db);
  db.pragma("foreign_keys = on");
  for (let lived = 1; lived <= version; lived++) {
    migrate(db, migrations.slice(0, lived), lived);
    db.exec(rowsOf(lived));
  }
  expect(db.pragma("user_version", { simple: true })).toBe(version);
  migrate(db, migrations, 99);
  return db;
}

const versions = Array.from({ length: currentVersion }, (_, index) => index + 1);

test.each(versions)("a site of version %i comes up to date whole, awkward rows and all", (version) => {
  const db = siteFrom(version);
  expect(db.pragma("user_version", { simple: true })).toBe(currentVersion);
  expect(db.pragma("foreign_key_check")).toEqual([]);
  expect(db.pragma("quick_check", { simple: true })).toBe("ok");
});

test.each(versions)("everything a site of version %i held can be read in today's words", (version) => {
  const db = siteFrom(version);
  const devices = new Map(readFunctions.listDevices(db).map((device) => [String(device.id), device]));
  expect([...devices.keys()].sort()).toEqual(["d-bare", "d-half", "d-old", "d-plain"]);
  expect(devices.get("d-bare")?.state).toEqual({
    kind: "unreachable",
    since: 11,
    reason: "timeout",
    detail: "",
    retryAt: 12,
  });
  expect(devices.get("d-old")?.identity).toMatchObject({ model: '"M" <b>', firmware: "\tfw\n" });
  expect(devices.get("d-plain")?.channels.map(({ number }) => number)).toEqual([1, 99_999]);
  expect(devices.get("d-plain")?.channels[0]?.streams[1]).toMatchObject({ fps: 0.5, audioCodec: "G726" });
  expect(readFunctions.readSettings(db)).toMatchObject({
    settings: { siteName: "Werk Süd 🏭 – 東門", liveMode: "low-latency" },
    unreadable: ["liveMode"],
  });
  expect(readFunctions.listWalls(db).map(({ tiles }) => tiles.length)).toEqual([2, 1]);
  expect(readFunctions.listWindowPlaces(db).map(({ slot }) => slot)).toEqual([0, 31]);
  expect(readFunctions.listCredentials(db).map(({ seal }) => seal)).toEqual(["demo", "passphrase"]);
  expect(readFunctions.getVaultLock(db)?.salt).toHaveLength(16);
  const { connections, clock } = readFunctions.listHistory(db, DeviceId.parse("d-plain"), 10);
  expect(connections.map(({ kind }) => kind)).toEqual(["lost", "adopted"]);
  expect(clock.map(({ offsetMs }) => offsetMs)).toEqual([0, -1_795_326_982_141]);
  expect(readFunctions.getPicture(db, ChannelId.parse("ch-1"))?.capturedAt).toBe(5);
  const all = { from: null, to: null, deviceIds: [], channelIds: [], types: [], text: "" };
  const { items } = readFunctions.listEvents(db, { ...all, from: 0, to: 2 }, 10);
  expect(items.map(({ type, detail }) => [type, detail])).toEqual([
    ["source-lost", ""],
    ["picture-stale", "of a camera that was removed"],
  ]);
  const found = readFunctions.listEvents(db, { ...all, text: "camera rem", types: ["picture-stale"] }, 10);
  expect(found.items.map(({ channelId }) => channelId)).toEqual(["ch-gone"]);
  const bars = readFunctions.eventHistogram(db, all, { fromAt: 0, toAt: 60_000, stepMs: 60_000 });
  expect(bars).toContainEqual({ at: 0, type: "picture-stale", count: 1 });
});
