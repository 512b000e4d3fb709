import { expect, it } from "vitest";
import {
  DemoService,
  demoWallName,
  type DemoServiceDeps,
} from "../../../../electron/main/demo/demo-service.ts";
import { systemClock } from "../../../../shared/base/clock.ts";
import { ChannelId, DeviceId, SightingId, WallId } from "../../../../shared/base/ids.ts";
import { fail, ok } from "../../../../shared/base/result.ts";
import type { DiscoveryView } from "../../../../shared/contract/discovery.ts";
import type { Device } from "../../../../shared/model/device.ts";
import type { Wall } from "../../../../shared/model/layout.ts";
import type { Sighting } from "../../../../shared/model/sighting.ts";
import { KeptLog } from "../../../fixtures/silent-log.ts";

const reference = (name: string): string => `urn:uuid:${name}`;

const sighting = (name: string): Sighting => ({
  id: SightingId.parse(`s-${name}`),
  endpointReference: reference(name),
  host: "127.77.0.1",
  port: 8080,
  tls: false,
  path: "/onvif/device_service",
  name,
  hardware: "",
  location: "",
  mac: null,
  via: "probe",
  interfaceAddress: "127.0.0.1",
  firstSeenAt: 0,
  lastSeenAt: 0,
  gone: false,
  flags: [],
  remarks: [],
  deviceId: null,
});

const viewOf = (names: readonly string[]): DiscoveryView => ({
  report: { running: false, startedAt: null, elapsedMs: 0, interfaces: [], sweeps: [], ignored: [] },
  sightings: names.map(sighting),
});

const device = (name: string): Device => {
  const id = DeviceId.parse(`d-${name}`);
  const channelId = ChannelId.parse(`c-${name}`);
  return {
    id,
    name,
    identity: {
      mac: null,
      serial: null,
      maker: "",
      model: "",
      hardwareId: "",
      firmware: "",
      endpointReference: reference(name),
    },
    address: { host: "127.77.0.1", port: 8080, tls: false, path: "/onvif/device_service" },
    login: "none",
    credentialId: null,
    state: { kind: "adopted", since: 0 },
    services: [],
    hasEvents: false,
    clockOffsetMs: null,
    adoptedAt: 0,
    lastSeenAt: 0,
    channels: [{ id: channelId, deviceId: id, number: 1, name, sourceToken: "v", ptz: false, streams: [] }],
  };
};

const site = ["gate", "lobby"];

function stage(changes: { [Part in keyof DemoServiceDeps]?: Partial<DemoServiceDeps[Part]> } = {}) {
  const saved: Pick<Wall, "name" | "layout" | "tiles">[] = [];
  const adoptedWith: (readonly SightingId[])[] = [];
  let stops = 0;
  const service = new DemoService({
    clock: systemClock,
    log: new KeptLog(),
    lookAtLoopback: async () => {},
    simulator: {
      start: async () =>
        ok({ cameras: site.map((name) => ({ endpointReference: reference(name), username: "admin" })) }),
      stop: async () => {
        stops += 1;
      },
      ...changes.simulator,
    },
    discovery: {
      probe: async () => {},
      view: () => viewOf(["stranger", "lobby", "gate"]),
      ...changes.discovery,
    },
    vault: {
      add: async ({ label, username }, id) => ok({ id, label, username }),
      ...changes.vault,
    },
    devices: {
      adopt: async (sightingIds) => {
        adoptedWith.push(sightingIds);
        const deviceId = DeviceId.parse("d");
        return ok(
          sightingIds.map((sightingId) => ({ kind: "adopted" as const, remarks: [], sightingId, deviceId })),
        );
      },
      list: () => [device("lobby"), device("somebody-else"), device("gate")],
      ...changes.devices,
    },
    walls: {
      list: async () => [],
      save: async (wall) => {
        saved.push(wall);
        return ok({ ...wall, id: WallId.parse("w"), changedAt: 0 });
      },
      ...changes.walls,
    },
  });
  return { service, saved, adoptedWith, stops: () => stops };
}

it("adopts the simulator's cameras and leaves strangers on the loopback alone", async () => {
  const { service, adoptedWith } = stage();
  expect(await service.start(2)).toEqual(ok(2));
  expect(adoptedWith).toEqual([["s-lobby", "s-gate"]]);
});

it("makes one wall with a tile a camera, in the order of the site", async () => {
  const { service, saved } = stage();
  await service.start(2);
  expect(saved).toHaveLength(1);
  expect(saved[0]).toMatchObject({ name: demoWallName, layout: "4" });
  expect(saved[0]?.tiles.map(({ channelId }) => channelId)).toEqual(["c-gate", "c-lobby", null, null]);
});

it("is started once, however often it is asked for", async () => {
  const { service, adoptedWith } = stage();
  await Promise.all([service.start(2), service.start(2)]);
  expect(adoptedWith).toHaveLength(1);
});

it("says why there is no demo, ends the simulator and can be tried again", async () => {
  const probe = async (): Promise<void> => {
    throw new Error("no socket");
  };
  const { service, stops } = stage({ discovery: { probe, view: () => viewOf([]) } });
  expect(await service.start(2)).toEqual(fail("no socket"));
  expect(stops()).toBe(1);
  expect(await service.start(2)).toEqual(fail("no socket"));
});

it("says what the simulator said when it did not start", async () => {
  const { service } = stage({ simulator: { start: async () => fail("port taken") } });
  expect(await service.start(2)).toEqual(fail("port taken"));
});

it("asks for the passphrase when the logins are locked", async () => {
  const { service, stops } = stage({ vault: { add: async () => fail("locked") } });
  expect(await service.start(2)).toEqual(fail("the stored logins are locked: give the passphrase first"));
  expect(stops()).toBe(1);
});

it("probes again while a camera has not answered", async () => {
  let probes = 0;
  const { service } = stage({
    discovery: {
      probe: async () => {
        probes += 1;
      },
      view: () => viewOf(probes < 3 ? ["gate"] : ["gate", "lobby"]),
    },
  });
  expect(await service.start(2)).toEqual(ok(2));
  expect(probes).toBe(3);
});
