import { afterEach, beforeEach, expect, test } from "vitest";
import { EventListening } from "../../electron/main/events/event-listening.ts";
import { EventsService } from "../../electron/main/events/events-service.ts";
import { startSite, type SimulatedCamera, type Site } from "../../electron/simulator/site.ts";
import { systemClock } from "../../shared/base/clock.ts";
import { CredentialId } from "../../shared/base/ids.ts";
import { ok } from "../../shared/base/result.ts";
import type { Device } from "../../shared/model/device.ts";
import type { Event } from "../../shared/model/event.ts";
import { KeptLog } from "../fixtures/silent-log.ts";
import { waitUntil } from "../fixtures/wait-until.ts";
import { exampleAdoption } from "../store/example-device.ts";
import { openMemoryStore } from "../store/open-memory-store.ts";

let site: Site;
let camera: SimulatedCamera;
let store: ReturnType<typeof openMemoryStore>;
let log: EventsService;
let listening: EventListening;
let device: Device;
let heard: Event[];

beforeEach(async () => {
  site = await startSite({
    cameras: [{ inputs: 1, pullPoints: 2 }],
    addressBase: "127.91.4.1",
    rtsp: false,
    discovery: { mode: "off" },
  });
  const [first] = site.cameras;
  if (first === undefined) throw new Error("no camera");
  camera = first;
  store = openMemoryStore();
  const example = exampleAdoption("a");
  const adopted = await store.store.saveAdoption({
    ...example,
    address: { host: camera.host, port: camera.httpPort, tls: false, path: "/onvif/device_service" },
    services: [{ name: "events", path: "/onvif/events_service", version: "2.6" }],
    hasEvents: true,
  });
  if (adopted.kind === "conflict") throw new Error("not adopted");
  device = { ...adopted.device, credentialId: CredentialId.parse("login") };
  heard = [];
  log = new EventsService({
    clock: systemClock,
    log: new KeptLog(),
    store: store.store,
    placeOf: () => "Gate",
  });
  log.recorded.subscribe((events) => heard.push(...events));
  listening = new EventListening({
    clock: systemClock,
    random: () => 0.5,
    log: new KeptLog(),
    store: store.store,
    devices: { list: () => [device], get: (id) => (id === device.id ? device : undefined) },
    reveal: () => Promise.resolve(ok({ username: camera.username, password: camera.password })),
    record: (events) => log.record(events),
    note: (facts) => log.note(facts),
  });
  await listening.start();
  await waitUntil("it listens", () => listening.list()[0]?.state.kind === "listening");
});

afterEach(async () => {
  await listening.stop();
  await log.stop();
  store.close();
  await site.stop();
});

const told = (): string[] => heard.map(({ type, state }) => `${type} ${state ?? "once"}`);

test("what a camera notices is an event once, whichever topics tell it, and its first state is none", async () => {
  camera.raise("motion");
  camera.raise("cell-motion");
  camera.raise("motion");
  camera.raise("motion", { active: false });
  camera.raise("digital-input");
  camera.raise("cell-motion", { active: false });
  camera.raise("line-crossing");
  await waitUntil("all came", () => heard.length >= 4);
  expect(told()).toEqual(["motion begun", "digital-input begun", "motion ended", "line-crossed once"]);
  expect(heard[0]).toMatchObject({
    topic: "onvif:VideoSource/MotionAlarm",
    source: "device",
    deviceId: device.id,
  });
  expect(Math.abs((heard[0]?.occurredAt ?? 0) - Date.now())).toBeLessThan(60_000);
});

test("a vendor's unknown topic is kept with everything it said", async () => {
  camera.raiseRaw({ topic: "tnsven:Lift/Stuck", source: { Lift: "B" }, data: { Floor: "3½" } });
  await waitUntil("it came", () => heard.length > 0);
  expect(heard[0]).toMatchObject({
    type: "device-event",
    items: [
      { name: "Lift", value: "B" },
      { name: "Floor", value: "3½" },
    ],
  });
  expect(heard[0]?.topic).toMatch(/^\{.+\}Lift\/Stuck$/u);
});

test("a device whose clock is wrong is placed in our time and what it said is kept", async () => {
  camera.skewClock(7 * 86_400_000);
  camera.raise("tamper");
  await waitUntil("it came", () => heard.length > 0);
  expect(Math.abs((heard[0]?.occurredAt ?? 0) - Date.now())).toBeLessThan(60_000);
  expect(heard[0]?.detail).toContain("makes no sense");
  expect((heard[0]?.deviceAt ?? 0) - Date.now()).toBeGreaterThan(6 * 86_400_000);
});

test("a camera that answers with errors is deaf with its reason, then heard again, and the blind time is an event", async () => {
  const from = Date.now();
  camera.setFault({ kind: "html-error", status: 500 });
  await waitUntil("it is deaf", () => listening.list()[0]?.state.kind === "deaf");
  camera.clearFaults();
  const able = Date.now();
  await waitUntil("it is heard", () => listening.list()[0]?.state.kind === "listening");
  await waitUntil("both ends are told", () => heard.filter(({ type }) => type === "deaf").length === 2);
  const [begun, ended] = heard.filter(({ type }) => type === "deaf");
  expect([begun?.state, ended?.state]).toEqual(["begun", "ended"]);
  // A pull that waits at the camera when it breaks is still answered: the channel worked until then.
  expect(begun?.occurredAt ?? 0).toBeGreaterThanOrEqual(from - 1_000);
  expect(ended?.occurredAt ?? 0).toBeGreaterThanOrEqual(able - 1_000);
  camera.raise("tamper");
  await waitUntil("events come again", () => told().includes("tamper begun"));
});

test("a subscription the camera forgot is made anew, one at a time, and what was active meanwhile is closed", async () => {
  camera.raise("motion");
  await waitUntil("motion came", () => heard.length > 0);
  await camera.powerOff();
  await camera.start();
  // Nobody listens at this moment.
  camera.raise("motion", { active: false });
  await waitUntil("motion is known to have ended", () => told().includes("motion ended"));
  expect(heard.find(({ type, state }) => type === "motion" && state === "ended")?.detail).toContain(
    "no events came",
  );
  expect(heard.some(({ type }) => type === "deaf")).toBe(true);
  expect(camera.counters.snapshot().liveSubscriptions).toBe(1);
});
