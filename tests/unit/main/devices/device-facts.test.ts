import { afterEach, beforeEach, expect, test } from "vitest";
import { DeviceFacts } from "../../../../electron/main/devices/device-facts.ts";
import { DeviceId } from "../../../../shared/base/ids.ts";
import { Topic } from "../../../../shared/base/topic.ts";
import type { DeviceChange } from "../../../../shared/contract/devices.ts";
import type { Device, DeviceState } from "../../../../shared/model/device.ts";
import type { ConsoleFact } from "../../../../shared/model/event.ts";
import { exampleAdoption } from "../../../store/example-device.ts";
import { openMemoryStore } from "../../../store/open-memory-store.ts";

const id = DeviceId.parse("device-a");
const adopted: DeviceState = { kind: "adopted", since: 1 };
const unreachable = (detail: string): DeviceState => ({
  kind: "unreachable",
  since: 1,
  reason: "timeout",
  detail,
  retryAt: null,
});
const refused: DeviceState = { kind: "degraded", since: 1, reason: "unauthorised", detail: "wrong password" };

let camera: Device;
let devices: Map<DeviceId, Device>;
let changed: Topic<DeviceChange>;
let told: ConsoleFact[];
let facts: DeviceFacts;

function save(change: Partial<Device>): void {
  camera = { ...camera, ...change };
  devices.set(id, camera);
  changed.publish({ sequence: 1, kind: "saved", deviceId: id });
}
const words = (): string[] => told.map(({ type, state }) => `${type} ${state ?? "once"}`);

beforeEach(async () => {
  const site = openMemoryStore();
  await site.store.saveAdoption(exampleAdoption("a"));
  const device = await site.store.getDevice(id);
  site.close();
  if (device === undefined) throw new Error("no device");
  camera = { ...device, state: adopted };
  devices = new Map([[id, camera]]);
  changed = new Topic();
  told = [];
  facts = new DeviceFacts({
    devices: { list: () => [...devices.values()], get: (wanted) => devices.get(wanted), changed },
    note: (noticed) => told.push(...noticed),
  });
});
afterEach(() => facts.stop());

test("a device that is lost and answers again begins and ends once, however often it is tried", () => {
  facts.start();
  save({ state: unreachable("no answer within 6 s") });
  save({ state: unreachable("no answer within 6 s") });
  save({ state: adopted });
  save({ name: "Other name" });
  facts.stop();
  save({ state: unreachable("after the end") });
  expect(words()).toEqual(["device-lost begun", "device-lost ended"]);
  expect(told[0]).toMatchObject({ deviceId: id, detail: "no answer within 6 s" });
  expect(told[0]?.channelId).toBe(camera.channels[0]?.id);
});

test("a device that was lost before the console started is not told again, but its return is", () => {
  devices.set(id, { ...camera, state: unreachable("gone") });
  facts.start();
  save({ state: unreachable("gone still") });
  expect(told).toEqual([]);
  save({ state: adopted });
  expect(words()).toEqual(["device-lost ended"]);
});

test("a refused login stands while the device is silent and ends when it is let in", () => {
  facts.start();
  save({ state: refused });
  save({ state: unreachable("off") });
  save({ state: refused });
  save({ state: adopted });
  expect(words()).toEqual([
    "login-refused begun",
    "device-lost begun",
    "device-lost ended",
    "login-refused ended",
  ]);
});

test("a locked vault is no refused login", () => {
  facts.start();
  save({ state: { ...refused, reason: "vault-locked", detail: "unlock the stored logins first" } });
  expect(told).toEqual([]);
});

test("a clock that is off is told once, and again only after it had been right", () => {
  facts.start();
  for (const clockOffsetMs of [5_000, -5_100, -4_000, -9_000, -2_100, -1_900, 4_900, null, 3_600_000])
    save({ clockOffsetMs });
  expect(words()).toEqual(["clock-drift begun", "clock-drift ended", "clock-drift begun"]);
  expect(told.map(({ detail }) => detail)).toEqual([
    "the device's clock is −5.1 s off",
    "the device's clock is −1.9 s off",
    "the device's clock is +3600.0 s off",
  ]);
});

test("a camera adopted with a wrong clock says so; a recorder with several cameras is told as a whole", () => {
  devices.clear();
  facts.start();
  const [channel] = camera.channels;
  if (channel === undefined) throw new Error("no channel");
  save({ clockOffsetMs: 60_000, channels: [channel, channel] });
  expect(told).toMatchObject([{ type: "clock-drift", state: "begun", channelId: null }]);
});

test("a removed device says nothing, and is another one when it comes back", () => {
  facts.start();
  save({ state: unreachable("off") });
  devices.delete(id);
  changed.publish({ sequence: 2, kind: "removed", deviceId: id });
  save({ state: unreachable("off") });
  expect(words()).toEqual(["device-lost begun", "device-lost begun"]);
});
