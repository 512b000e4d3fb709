import { afterEach, beforeEach, expect, test } from "vitest";
import { AlarmsService } from "../../../../electron/main/alarms/alarms-service.ts";
import { DefinitionsService } from "../../../../electron/main/alarms/definitions-service.ts";
import { endedByRemoval, endedByRestart, triggersOf } from "../../../../electron/main/alarms/triggers.ts";
import { EventsService } from "../../../../electron/main/events/events-service.ts";
import { ChannelId, DeviceId } from "../../../../shared/base/ids.ts";
import { alarmState, type Alarm } from "../../../../shared/model/alarm.ts";
import type { ConsoleFact, EventType } from "../../../../shared/model/event.ts";
import { FakeClock } from "../../../fixtures/fake-clock.ts";
import { KeptLog } from "../../../fixtures/silent-log.ts";
import { waitUntil } from "../../../fixtures/wait-until.ts";
import { openMemoryStore } from "../../../store/open-memory-store.ts";

const deviceId = DeviceId.parse("gate");
const channelId = ChannelId.parse("gate-1");
let site: ReturnType<typeof openMemoryStore>;
let clock: FakeClock;
let events: EventsService;
let alarms: AlarmsService;

async function startAlarms(): Promise<AlarmsService> {
  const definitions = new DefinitionsService({ clock, store: site.store });
  await definitions.start();
  const deps = { clock, log: new KeptLog(), store: site.store };
  const service = new AlarmsService({ ...deps, definitions: () => definitions.list, mostOpen: 100 });
  await service.start();
  return service;
}

beforeEach(async () => {
  site = openMemoryStore();
  clock = new FakeClock();
  events = new EventsService({ clock, log: new KeptLog(), store: site.store, placeOf: () => "Gate" });
  events.start();
  alarms = await startAlarms();
  events.recorded.subscribe((recorded) => {
    for (const trigger of recorded.flatMap(triggersOf)) alarms.consider(trigger);
  });
});
afterEach(async () => {
  await events.stop();
  await alarms.stop();
  site.close();
});

const fact = (type: EventType, state: ConsoleFact["state"] = null): ConsoleFact => ({
  type,
  state,
  deviceId,
  channelId,
  detail: "why",
});
const theAlarm = (): Alarm => {
  const [alarm, ...more] = alarms.open;
  if (alarm === undefined || more.length > 0) throw new Error(`${alarms.open.length} alarms are open`);
  return alarm;
};
async function noted(facts: ConsoleFact[], standing: readonly EventType[]): Promise<Alarm> {
  events.note(facts);
  await waitUntil("the alarm stands so", () =>
    alarms.open.some((alarm) => alarm.standing.toSorted().join() === standing.toSorted().join()),
  );
  return theAlarm();
}

test.each([
  ["device-lost", "Camera lost"],
  ["disk", "Recording at risk"],
  ["deaf", "No events from a device"],
  ["intrusion", "Intrusion"],
  ["tamper", "Tampering"],
  ["door-held", "Door left open"],
] as const)("%s calls as “%s” and waits to be closed when it is over", async (type, title) => {
  expect(await noted([fact(type, "begun")], [type])).toMatchObject({ title, place: "Gate" });
  const over = await noted([fact(type, "ended")], []);
  expect(alarmState(over)).toBe("cleared-unacked");
  expect(over.occurrences.count).toBe(1);
});

test("a camera without power is one alarm, over when it answers and its picture is live", async () => {
  await noted(
    [fact("picture-stale"), fact("source-lost"), fact("device-lost", "begun")],
    ["device-lost", "source-lost"],
  );
  await noted([fact("device-lost", "ended")], ["source-lost"]);
  const over = await noted([fact("picture-live")], []);
  expect(over).toMatchObject({ title: "Camera lost", occurrences: { count: 2 } });
});

test("a refused login, a wrong clock and the console's own restarts are events that call nobody", async () => {
  events.note([fact("login-refused", "begun"), fact("clock-drift", "begun"), fact("console")]);
  const alarm = await noted([fact("disk", "begun")], ["disk"]);
  expect(alarm.number).toBe(1);
});

test("after a restart nothing stands that nobody would end, but a device that is still lost does", async () => {
  await noted([fact("source-lost"), fact("device-lost", "begun")], ["device-lost", "source-lost"]);
  await alarms.stop();
  alarms = await startAlarms();
  for (const trigger of endedByRestart(alarms.open, clock.now())) alarms.consider(trigger);
  await waitUntil("the picture is looked at anew", () => theAlarm().standing.join() === "device-lost");
  const over = await noted([fact("device-lost", "ended")], []);
  expect(alarmState(over)).toBe("cleared-unacked");
});

test("a device that is removed takes its conditions along, and only its own", async () => {
  await noted([fact("device-lost", "begun")], ["device-lost"]);
  events.note([{ ...fact("disk", "begun"), deviceId: null, channelId: null }]);
  await waitUntil("two alarms", () => alarms.open.length === 2);
  for (const trigger of endedByRemoval(alarms.open, deviceId, clock.now())) alarms.consider(trigger);
  await waitUntil("one is over", () => alarms.open.some(({ standing }) => standing.length === 0));
  expect(alarms.open.map(({ standing }) => standing)).toEqual(expect.arrayContaining([[], ["disk"]]));
});
