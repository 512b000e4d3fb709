import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ChannelId, DeviceId } from "../../shared/base/ids.ts";
import type { Event, EventQuery, EventType, NewEvent } from "../../shared/model/event.ts";
import { exampleEvent } from "./example-event.ts";
import { exampleAdoption } from "./example-device.ts";
import { openMemoryStore } from "./open-memory-store.ts";

let site: ReturnType<typeof openMemoryStore>;
beforeEach(() => {
  site = openMemoryStore();
});
afterEach(() => site.close());

const all: EventQuery = { from: null, to: null, deviceIds: [], channelIds: [], types: [], text: "" };
const device = (name: string): DeviceId => DeviceId.parse(`device-${name}`);
const channel = (name: string): ChannelId => ChannelId.parse(`channel-${name}`);
const times = (events: readonly Event[]): number[] => events.map(({ occurredAt }) => occurredAt);

async function readAll(query: EventQuery, limit: number): Promise<Event[]> {
  const read: Event[] = [];
  let page = await site.store.listEvents(query, limit);
  for (;;) {
    read.push(...page.items);
    if (page.next === undefined) return read;
    page = await site.store.listEvents(query, limit, page.next);
  }
}

test("an event is never edited and outlives its camera, with the name it had", async () => {
  await site.store.saveAdoption(exampleAdoption("a"));
  await site.store.appendEvents([
    exampleEvent({ occurredAt: 1, deviceId: device("a"), channelId: channel("a"), place: "Gate" }),
  ]);
  expect(() => site.db.exec("update event set place = 'nowhere'")).toThrow("never edited");
  await site.store.removeDevice(device("a"));
  expect((await site.store.listEvents({ ...all, channelIds: [channel("a")] }, 9)).items).toMatchObject([
    { place: "Gate", channelId: "channel-a" },
  ]);
});

test("old events go 500 at a time with their words and counts, and newer ones stay", async () => {
  const minute = 60_000;
  await site.store.appendEvents(
    Array.from({ length: 1_200 }, (_, n) => exampleEvent({ occurredAt: n * minute, detail: "word" })),
  );
  const removed: number[] = [];
  do removed.push(await site.store.expireEvents(1_100 * minute));
  while (removed.at(-1) === 500);
  expect(removed).toEqual([500, 500, 100]);
  expect(await readAll(all, 70)).toHaveLength(100);
  expect(await readAll({ ...all, text: "word" }, 70)).toHaveLength(100);
  const span = { fromAt: 0, toAt: 1_200 * minute, stepMs: minute };
  const bars = await site.store.eventHistogram(all, span);
  expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(100);
});

test("pages of any filter hold together what matches, newest first, nothing twice", async () => {
  const types = ["motion", "tamper", "relay"] as const satisfies readonly EventType[];
  const made = fc.record({
    occurredAt: fc.integer({ min: 0, max: 40 }),
    type: fc.constantFrom(...types),
    where: fc.constantFrom("a", "b", "c"),
    withChannel: fc.boolean(),
  });
  const some = fc.subarray([...types]);
  await fc.assert(
    fc.asyncProperty(
      fc.array(made, { maxLength: 40 }),
      some,
      fc.subarray(["a", "b", "c"]),
      fc.subarray(["a", "b"]),
      fc.option(fc.integer({ min: 0, max: 40 })),
      fc.option(fc.integer({ min: 0, max: 40 })),
      fc.integer({ min: 1, max: 7 }),
      async (rows, wanted, devices, channels, from, to, limit) => {
        site.close();
        site = openMemoryStore();
        const events: NewEvent[] = rows.map(({ where, withChannel, ...row }) =>
          exampleEvent({ ...row, deviceId: device(where), channelId: withChannel ? channel(where) : null }),
        );
        const stored = await site.store.appendEvents(events);
        const query = {
          ...all,
          from,
          to,
          types: wanted,
          deviceIds: devices.map(device),
          channelIds: channels.map(channel),
        };
        const isWanted = ({ occurredAt, type, deviceId, channelId }: Event): boolean =>
          occurredAt >= (from ?? 0) &&
          occurredAt < (to ?? 99) &&
          (wanted.length === 0 || wanted.some((each) => each === type)) &&
          (devices.length + channels.length === 0 ||
            query.deviceIds.some((id) => id === deviceId) ||
            query.channelIds.some((id) => id === channelId));
        const expected = stored
          .filter(isWanted)
          .sort((one, other) => other.occurredAt - one.occurredAt || other.id - one.id);
        expect(await readAll(query, limit)).toEqual(expected);
      },
    ),
    { numRuns: 60 },
  );
});

test("text finds words in any script, whatever case and accents, narrowed by place, type and time", async () => {
  const at = 1_700_000_000_000;
  await site.store.appendEvents([
    exampleEvent({ occurredAt: at, place: "Tür Süd", deviceId: device("a"), type: "motion" }),
    exampleEvent({
      occurredAt: at + 1,
      detail: "Karte 4711 ВХОД",
      deviceId: device("b"),
      type: "access-denied",
    }),
    exampleEvent({ occurredAt: at + 2, items: [{ name: "PlateNumber", value: "WF-1234" }], type: "plate" }),
  ]);
  const found = async (text: string, part: Partial<EventQuery> = {}): Promise<number[]> =>
    times(await readAll({ ...all, ...part, text }, 1)).map((time) => time - at);
  expect(await found("SUD")).toEqual([0]);
  expect(await found("süd tür")).toEqual([0]);
  expect(await found("вход")).toEqual([1]);
  expect(await found("wf 1234")).toEqual([2]);
  expect(await found("kar")).toEqual([1]);
  expect(await found("kar ")).toEqual([]);
  expect(await found("access denied")).toEqual([1]);
  expect(await found("4711", { types: ["motion"] })).toEqual([]);
  expect(await found("4711", { deviceIds: [device("b"), device("a")], types: ["access-denied"] })).toEqual([
    1,
  ]);
  expect(await found("4711", { to: at + 1 })).toEqual([]);
  expect(await found("4711", { from: at + 1, to: at + 2 })).toEqual([1]);
  expect(await found('" OR * - ) (')).toEqual([]);
});

test("no text breaks the search, and none finds what does not hold all its words", async () => {
  await site.store.appendEvents([exampleEvent({ detail: "the gate" })]);
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary", maxLength: 200 }), async (text) => {
      const { items } = await site.store.listEvents({ ...all, text: `${text} zzz` }, 5);
      expect(items).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test("a lane gets every event while they fit, and counts that add up when they do not", async () => {
  const hour = 3_600_000;
  await site.store.appendEvents(
    Array.from({ length: 600 }, (_, n) =>
      exampleEvent({
        occurredAt: n * 60_000,
        deviceId: device("a"),
        channelId: channel("a"),
        type: n % 3 === 0 ? "tamper" : "motion",
      }),
    ),
  );
  const lane = { channelIds: [channel("a"), channel("b")], fromAt: 0, toAt: 10 * hour };
  expect(await site.store.eventMarks({ ...lane, limit: 600 })).toHaveLength(600);
  for (const limit of [599, 20, 10, 3]) {
    const marks = await site.store.eventMarks({ ...lane, limit });
    expect(marks.every(({ kind }) => kind === "count")).toBe(true);
    expect(marks.reduce((sum, mark) => sum + (mark.kind === "count" ? mark.count : 0), 0)).toBe(600);
    expect(new Set(marks.map((mark) => mark.at)).size).toBeLessThanOrEqual(Math.max(limit, 10));
  }
});

test("the histogram of a device holds what its channels and the device itself reported", async () => {
  await site.store.saveAdoption(exampleAdoption("a"));
  await site.store.appendEvents([
    exampleEvent({ occurredAt: 5, deviceId: device("a"), channelId: channel("a"), type: "motion" }),
    exampleEvent({ occurredAt: 6, deviceId: device("a"), type: "hardware" }),
    exampleEvent({ occurredAt: 7, deviceId: device("b"), type: "hardware" }),
  ]);
  const span = { fromAt: 0, toAt: 60_000, stepMs: 60_000 };
  expect(await site.store.eventHistogram({ ...all, deviceIds: [device("a")] }, span)).toEqual([
    { at: 0, type: "hardware", count: 1 },
    { at: 0, type: "motion", count: 1 },
  ]);
  expect(await site.store.eventHistogram({ ...all, types: ["hardware"] }, span)).toEqual([
    { at: 0, type: "hardware", count: 2 },
  ]);
});

test("topics are remembered with what a person decided, and views replace those of the same name", async () => {
  const topic = "onvif:VideoSource/MotionAlarm";
  await site.store.appendEvents([exampleEvent({ topic, source: "device" }), exampleEvent({ topic })]);
  expect(await site.store.setEventTopicType(topic, "ignored")).toBe(true);
  expect(await site.store.setEventTopicType("never:Seen", "motion")).toBe(false);
  await site.store.appendEvents([exampleEvent({ topic, items: [{ name: "State", value: "true" }] })]);
  expect(await site.store.listEventTopics()).toMatchObject([
    { topic, type: "ignored", seen: 3, example: "State=true" },
  ]);
  const view = {
    query: { deviceIds: [], channelIds: [], types: ["motion" as const], text: "" },
    lastHours: 24,
    columns: ["place" as const],
    density: "dense" as const,
  };
  await site.store.saveEventView({ ...view, id: "1", name: "Night" }, 1);
  await site.store.saveEventView({ ...view, id: "2", name: "NIGHT", lastHours: null }, 2);
  expect(await site.store.listEventViews()).toEqual([{ ...view, id: "2", name: "NIGHT", lastHours: null }]);
  expect(await site.store.removeEventView("2")).toBe(true);
});
