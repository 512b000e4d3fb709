import { afterEach, beforeEach, expect, test } from "vitest";
import { ChannelId, DeviceId } from "../../../../shared/base/ids.ts";
import type { Event, NewEvent } from "../../../../shared/model/event.ts";
import { EventsService } from "../../../../electron/main/events/events-service.ts";
import { FakeClock } from "../../../fixtures/fake-clock.ts";
import { KeptLog } from "../../../fixtures/silent-log.ts";
import { waitUntil } from "../../../fixtures/wait-until.ts";
import { exampleEvent } from "../../../store/example-event.ts";
import { openMemoryStore } from "../../../store/open-memory-store.ts";

const all = { from: null, to: null, deviceIds: [], channelIds: [], types: [], text: "" };
let site: ReturnType<typeof openMemoryStore>;
let clock: FakeClock;
let isFull: boolean;
let service: EventsService;
let heard: Event[];

beforeEach(() => {
  site = openMemoryStore();
  clock = new FakeClock(1_000_000);
  isFull = false;
  heard = [];
  service = new EventsService({
    clock,
    log: new KeptLog(),
    store: {
      ...site.store,
      appendEvents: (events: readonly NewEvent[]) =>
        isFull ? Promise.reject(new Error("disk full")) : site.store.appendEvents(events),
    },
    placeOf: (_device, channel) => (channel === null ? "" : "Gate"),
  });
  service.recorded.subscribe((events) => heard.push(...events));
  service.start();
});
afterEach(async () => {
  await service.stop();
  site.close();
});

test("what the console notices is an event with our time and the camera's name, told after it is stored", async () => {
  service.note([
    {
      type: "picture-stale",
      deviceId: DeviceId.parse("d"),
      channelId: ChannelId.parse("c"),
      detail: "no new picture for 4 s",
    },
  ]);
  await service.settle();
  const { items } = await site.store.listEvents(all, 10);
  expect(items).toMatchObject([
    { type: "picture-stale", place: "Gate", occurredAt: 1_000_000, offsetMs: null, source: "console" },
  ]);
  expect(heard).toEqual(items);
});

test("events that could not be written wait, keep their order and are written when it works again", async () => {
  isFull = true;
  service.record([exampleEvent({ occurredAt: 1 })]);
  service.record([exampleEvent({ occurredAt: 2 })]);
  await waitUntil("it waits to try again", () => clock.sleeping > 1);
  expect(heard).toEqual([]);
  isFull = false;
  await clock.advance(5_000);
  await service.settle();
  expect(heard.map(({ occurredAt }) => occurredAt)).toEqual([1, 2]);
});

test("what does not fit in memory is counted, and the count is an event", async () => {
  isFull = true;
  service.record(Array.from({ length: 20_000 }, () => exampleEvent()));
  service.record(Array.from({ length: 7 }, () => exampleEvent()));
  await waitUntil("it waits to try again", () => clock.sleeping > 1);
  isFull = false;
  await clock.advance(5_000);
  await service.settle();
  expect(heard).toHaveLength(20_001);
  expect(heard.at(-1)).toMatchObject({ type: "events-dropped" });
  expect(heard.at(-1)?.detail).toContain("7 events");
});
