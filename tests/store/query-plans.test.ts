import type { Database } from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ChannelId, CredentialId, DeviceId, WallId } from "../../shared/base/ids.ts";
import type { EventQuery } from "../../shared/model/event.ts";
import type { ReadDb } from "../../electron/store/db.ts";
import { getHeldFile, oldestFreeFiles } from "../../electron/store/retention-order.ts";
import { readFunctions } from "../../electron/store/store.ts";
import { ownLocation } from "../../shared/model/storage.ts";
import { exampleAdoption } from "./example-device.ts";
import { openMemoryStore } from "./open-memory-store.ts";

let site: ReturnType<typeof openMemoryStore>;
beforeEach(async () => {
  site = openMemoryStore();
  await site.store.saveAdoption(exampleAdoption("a"));
});
afterEach(() => site.close());

const device = DeviceId.parse("device-a");
const channel = ChannelId.parse("channel-a");
const stream = { channelId: channel, role: "main" } as const;
const { identity } = exampleAdoption("a");
const cursor = { at: 5, id: 5 };
const allEvents: EventQuery = { from: null, to: null, deviceIds: [], channelIds: [], types: [], text: "" };

/** The statements that run often or over tables that grow without end. */
const hot: Readonly<Record<string, (db: ReadDb) => unknown>> = {
  getDevice: (db) => readFunctions.getDevice(db, device),
  getDeviceOfChannel: (db) => readFunctions.getDeviceOfChannel(db, channel),
  findChannelByNumber: (db) => readFunctions.findChannelByNumber(db, 1),
  findDeviceByIdentity: (db) =>
    readFunctions.findDeviceByIdentity(db, { ...identity, serial: "other", mac: "02:00:00:00:00:01" }),
  listDevicesByCredential: (db) => readFunctions.listDevicesByCredential(db, CredentialId.parse("c")),
  listConnections: (db) => readFunctions.listConnections(db, device, 50, cursor),
  listClockReadings: (db) => readFunctions.listClockReadings(db, device, 50),
  listEvents: (db) => readFunctions.listEvents(db, allEvents, 50, cursor),
  listEventsOfChannel: (db) =>
    readFunctions.listEvents(db, { ...allEvents, channelIds: [channel] }, 50, cursor),
  listEventsOfDevice: (db) => readFunctions.listEvents(db, { ...allEvents, deviceIds: [device] }, 50, cursor),
  listEventsOfType: (db) => readFunctions.listEvents(db, { ...allEvents, types: ["motion"] }, 50, cursor),
  listEventsOfDeviceAndType: (db) =>
    readFunctions.listEvents(db, { ...allEvents, deviceIds: [device], types: ["motion", "tamper"] }, 50),
  listEventsByText: (db) => readFunctions.listEvents(db, { ...allEvents, from: 1, to: 9, text: "gate" }, 50),
  eventMarks: (db) => readFunctions.eventMarks(db, { channelIds: [channel], fromAt: 0, toAt: 9, limit: 0 }),
  eventHistogram: (db) =>
    readFunctions.eventHistogram(db, allEvents, { fromAt: 0, toAt: 9e6, stepMs: 60_000 }),
  getPicture: (db) => readFunctions.getPicture(db, channel),
  listRecordingFiles: (db) => readFunctions.listRecordingFiles(db, stream, 5, 9),
  listOpenRecordings: (db) => readFunctions.listOpenRecordings(db),
  listRecordingsIn: (db) => readFunctions.listRecordingsIn(db, "recordings/a/"),
  nextRecordingPath: (db) => readFunctions.nextRecordingPath(db, "recordings/a/"),
  readTimelines: (db) =>
    readFunctions.readTimelines(db, [stream], { from: 0, to: 9e5, resolutionMs: 1, now: 9 }),
  readCalendar: (db) => readFunctions.readCalendar(db, [stream], [0, 86_400_000]),
  listRecordedStreams: (db) => readFunctions.listRecordedStreams(db),
  oldestFreeFilesOfLocation: (db) => oldestFreeFiles(db, { now: 1, limit: 50, locationId: ownLocation }),
  listMovableFiles: (db) => readFunctions.listMovableFiles(db, ownLocation, 5, 50),
  getHeldFile: (db) => getHeldFile(db, "recordings/a/"),
  readRecordedClock: (db) => readFunctions.readRecordedClock(db, stream, 5),
  listRecordingRequests: (db) => readFunctions.listRecordingRequests(db, 5),
  listRecentAlarms: (db) => readFunctions.listRecentAlarms(db, 5, 50),
  readAlarmLoad: (db) => readFunctions.readAlarmLoad(db, { fromAt: 5, toAt: 9 }),
  getWall: (db) => readFunctions.getWall(db, WallId.parse("w")),
};

test.each(Object.keys(hot))("%s reads no table from end to end and sorts nothing", (name) => {
  const statements: string[] = [];
  const connection = site.db as unknown as Database;
  const watching = {
    prepare: (sql: string) => {
      statements.push(sql);
      return connection.prepare(sql);
    },
  } as unknown as ReadDb;
  hot[name]?.(watching);
  expect(statements.length).toBeGreaterThan(0);
  for (const sql of statements) {
    const parameters = Object.fromEntries([...sql.matchAll(/@(\w+)/g)].map(([, key]) => [key, null]));
    const positional = (sql.match(/\?/g) ?? []).map(() => null);
    const plan = connection.prepare(`explain query plan ${sql}`);
    const rows = Object.keys(parameters).length > 0 ? plan.all(parameters) : plan.all(...positional);
    const details = (rows as { detail: string }[]).map(({ detail }) => detail);
    // "SCAN CONSTANT ROW" and a list that was handed over read no table; a full-text index is not read to its end.
    const scans = details.filter((detail) =>
      /^SCAN (?!CONSTANT|json_each|\d|\w+ VIRTUAL TABLE INDEX \d+:\S)/.test(detail),
    );
    expect({ sql, scans }).toEqual({ sql, scans: [] });
    if (/from event|connection_entry|clock_reading|recording_|from alarm/.test(sql)) {
      expect(details.join()).not.toContain("TEMP B-TREE");
    }
  }
});
