import { afterEach, beforeEach, expect, test } from "vitest";
import { ChannelId, DeviceId } from "../../shared/base/ids.ts";
import { openMemoryStore } from "./open-memory-store.ts";
import { exampleAdoption } from "./example-device.ts";

let site: ReturnType<typeof openMemoryStore>;
beforeEach(() => {
  site = openMemoryStore();
});
afterEach(() => site.close());

test("an adopted device comes back as it was stored", async () => {
  const adoption = exampleAdoption("a");
  const result = await site.store.saveAdoption(adoption);
  expect(result.kind).toBe("added");
  const [device] = await site.store.listDevices();
  expect(device).toMatchObject({
    id: "device-a",
    name: "Camera a",
    identity: adoption.identity,
    address: adoption.address,
    services: adoption.services,
    state: { kind: "adopted", since: 1_000 },
    clockOffsetMs: -120,
  });
  expect(device?.channels[0]?.streams).toEqual(adoption.channels[0]?.streams);
  expect(device?.channels[0]?.number).toBe(1);
});

test("a device under another address is the same device with its names and numbers", async () => {
  await site.store.saveAdoption(exampleAdoption("a"));
  await site.store.renameDevice(DeviceId.parse("device-a"), "Gate");
  await site.store.renameChannel(ChannelId.parse("channel-a"), "Gate north", 42);
  const moved = exampleAdoption("a", {
    at: 2_000,
    address: { host: "127.81.0.9", port: 8080, tls: false, path: "/onvif/device_service" },
    newDeviceId: DeviceId.parse("never-used"),
    newChannelIds: [ChannelId.parse("never-used-either")],
  });
  const result = await site.store.saveAdoption(moved);
  expect(result).toMatchObject({ kind: "returned", before: { address: { host: "127.81.0.1" } } });
  const devices = await site.store.listDevices();
  expect(devices).toHaveLength(1);
  expect(devices[0]).toMatchObject({ name: "Gate", address: { host: "127.81.0.9" } });
  expect(devices[0]?.channels[0]).toMatchObject({ id: "channel-a", name: "Gate north", number: 42 });
  const { items } = await site.store.listConnections(DeviceId.parse("device-a"), 10);
  expect(items.map(({ kind }) => kind)).toEqual(["address-changed", "connected", "adopted"]);
});

test.each([
  ["endpoint", { serial: null }],
  ["serial", { endpointReference: null }],
  ["mac", { endpointReference: null, serial: null }],
] as const)("a device is recognised by its %s", async (by, without) => {
  const mac = "02:00:00:00:00:0a";
  const full = exampleAdoption("a");
  await site.store.saveAdoption({ ...full, identity: { ...full.identity, mac } });
  const match = await site.store.findDeviceByIdentity({ ...full.identity, mac, ...without });
  expect(match).toMatchObject({ by, isConflict: false, device: { id: "device-a" } });
});

test("the same serial of another maker is another device", async () => {
  const { identity } = exampleAdoption("a");
  await site.store.saveAdoption(exampleAdoption("a"));
  const other = { ...identity, endpointReference: null, maker: "Other" };
  expect(await site.store.findDeviceByIdentity(other)).toBeUndefined();
});

test("two devices that claim one endpoint but differ in serial are a conflict and nothing is stored", async () => {
  await site.store.saveAdoption(exampleAdoption("a"));
  const clone = exampleAdoption("b");
  const result = await site.store.saveAdoption({
    ...clone,
    identity: { ...clone.identity, endpointReference: "urn:uuid:a" },
  });
  expect(result).toMatchObject({ kind: "conflict", with: { id: "device-a" } });
  expect(await site.store.listDevices()).toHaveLength(1);
});

test("a device that tells no identity at all never matches another one", async () => {
  const nobody = { mac: null, serial: "", endpointReference: null };
  const first = exampleAdoption("a");
  await site.store.saveAdoption({ ...first, identity: { ...first.identity, ...nobody } });
  const second = exampleAdoption("b");
  await site.store.saveAdoption({ ...second, identity: { ...second.identity, ...nobody } });
  expect(await site.store.listDevices()).toHaveLength(2);
});

test("a channel keeps its id when its streams change, and goes when its source goes", async () => {
  const one = exampleAdoption("a");
  const [channel] = one.channels;
  if (channel === undefined) throw new Error("the example has a channel");
  const ids = ["channel-a", "channel-a2"].map((id) => ChannelId.parse(id));
  await site.store.saveAdoption({
    ...one,
    channels: [channel, { ...channel, sourceToken: "src1" }],
    newChannelIds: ids,
  });
  const result = await site.store.saveAdoption({
    ...one,
    channels: [{ ...channel, sourceToken: "src1", streams: channel.streams.slice(0, 1) }],
  });
  expect(result.kind).toBe("returned");
  const [device] = await site.store.listDevices();
  expect(device?.channels).toMatchObject([{ id: "channel-a2", number: 2, streams: [{ role: "main" }] }]);
});

test("call numbers are unique and the lowest free one is given", async () => {
  await site.store.saveAdoption(exampleAdoption("a"));
  await site.store.saveAdoption(exampleAdoption("b"));
  await site.store.saveAdoption(exampleAdoption("c"));
  const taken = await site.store.renameChannel(ChannelId.parse("channel-a"), "A", 2);
  expect(taken).toEqual({ ok: false, error: { kind: "number-taken", by: "Camera b" } });
  await site.store.removeDevice(DeviceId.parse("device-b"));
  await site.store.saveAdoption(exampleAdoption("d"));
  expect((await site.store.findChannelByNumber(2))?.id).toBe("channel-d");
});

test("a state is stored with its reason and read back", async () => {
  await site.store.saveAdoption(exampleAdoption("a"));
  const id = DeviceId.parse("device-a");
  const state = {
    kind: "unreachable",
    since: 5,
    reason: "timeout",
    detail: "no answer",
    retryAt: 9,
  } as const;
  expect((await site.store.setDeviceState(id, state))?.state).toEqual(state);
  expect(await site.store.setDeviceState(id, { kind: "adopted", since: 10 }, 11)).toMatchObject({
    state: { kind: "adopted", since: 10 },
    lastSeenAt: 11,
  });
  expect(await site.store.setDeviceState(DeviceId.parse("nobody"), state)).toBeUndefined();
});

test("removing a device takes its channels and history along, and empties its tiles", async () => {
  await site.store.saveAdoption(exampleAdoption("a"));
  expect(await site.store.removeDevice(DeviceId.parse("device-a"))).toBe(true);
  expect(await site.store.removeDevice(DeviceId.parse("device-a"))).toBe(false);
  const left = site.db
    .prepare(
      "select (select count(*) from channel) + (select count(*) from stream) + (select count(*) from connection_entry) as n",
    )
    .get();
  expect(left).toEqual({ n: 0 });
});

test("connection history is paged by key without holes or repeats", async () => {
  await site.store.saveAdoption(exampleAdoption("a"));
  const id = DeviceId.parse("device-a");
  for (let n = 0; n < 25; n++) {
    await site.store.appendConnection(id, { at: 2_000 + (n >> 1), kind: "lost", detail: `n${n}` });
  }
  const seen: string[] = [];
  let page = await site.store.listConnections(id, 7);
  for (;;) {
    seen.push(...page.items.map(({ detail }) => detail));
    if (page.next === undefined) break;
    page = await site.store.listConnections(id, 7, page.next);
  }
  expect(seen).toHaveLength(26);
  expect(new Set(seen).size).toBe(26);
  expect(seen[0]).toBe("n24");
});

test("the clock ledger keeps every reading and the device the newest", async () => {
  await site.store.saveAdoption(exampleAdoption("a"));
  const id = DeviceId.parse("device-a");
  await site.store.appendClockReading(id, { at: 1, offsetMs: 90_000, roundTripMs: 3.5 });
  await site.store.appendClockReading(id, { at: 2, offsetMs: -40, roundTripMs: 2 });
  expect((await site.store.getDevice(id))?.clockOffsetMs).toBe(-40);
  expect((await site.store.listHistory(id, 10)).clock.map(({ offsetMs }) => offsetMs)).toEqual([-40, 90_000]);
});
