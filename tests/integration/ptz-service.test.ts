import { afterEach, expect, test } from "vitest";
import { PtzService } from "../../electron/main/ptz/ptz-service.ts";
import type { SimulatedCamera } from "../../electron/simulator/site-api.ts";
import { systemClock } from "../../shared/base/clock.ts";
import { ChannelId, type CredentialId } from "../../shared/base/ids.ts";
import { fail, ok } from "../../shared/base/result.ts";
import type { Device } from "../../shared/model/device.ts";
import { KeptLog } from "../fixtures/silent-log.ts";
import { waitUntil } from "../fixtures/wait-until.ts";
import { openConsole } from "./console-bench.ts";
import { here } from "../fixtures/address-block.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const right = { pan: 0.5, tilt: 0, zoom: 0 };
const home = { pan: 0, tilt: 0, zoom: 0 };

/** An adopted camera with a head, one without, and the service that moves them. */
async function adopted() {
  const bench = await openConsole({
    cameras: [{ ptz: true, auth: { kind: "username-token", skewMs: 5_000, replayCheck: true } }, {}],
    addressBase: here("127.81.4.1"),
  });
  cleanups.push(() => bench.stop());
  const login = await bench.login("admin", "watchfloor-demo");
  const sightings = await Promise.all(bench.site.cameras.map((each) => bench.add(each)));
  await bench.devices.adopt(
    sightings.map(({ id }) => id),
    [login],
  );
  const [camera, fixed] = bench.site.cameras;
  if (camera === undefined || fixed === undefined) throw new Error("no cameras");
  const channelOf = ({ endpointReference }: SimulatedCamera): ChannelId => {
    const device = bench.devices
      .list()
      .find(({ identity }) => identity.endpointReference === endpointReference);
    const [channel] = device?.channels ?? [];
    if (channel === undefined) throw new Error("not adopted");
    return channel.id;
  };
  const vault = { isLocked: false };
  const reveal = async (id: CredentialId) => {
    if (vault.isLocked) return fail("locked" as const);
    return id === login ? ok({ username: "admin", password: "watchfloor-demo" }) : fail("not-found" as const);
  };
  const log = new KeptLog();
  let devices: () => readonly Device[] = () => bench.devices.list();
  const service = new PtzService({
    clock: systemClock,
    log,
    store: { listDeviceCertificates: async () => [] },
    listDevices: () => devices(),
    reveal,
  });
  cleanups.push(() => service.stopAll());
  const show = (list: () => readonly Device[]): void => {
    devices = list;
  };
  return { ...bench, camera, service, vault, log, show, moving: channelOf(camera), still: channelOf(fixed) };
}

const stops = (camera: SimulatedCamera): number => camera.counters.operation("Stop");

test("a window moves a camera, and main stops it when the window says no more", async () => {
  const { service, moving, camera } = await adopted();
  expect(await service.move(1, moving, right)).toEqual(ok(null));
  const before = stops(camera);
  await waitUntil("main has stopped it", () => stops(camera) > before, 2_500);
  expect(camera.counters.wrongPasswords).toBe(0);
});

test("only the window that moves a camera stops it by closing", async () => {
  const { service, moving, camera } = await adopted();
  await service.move(1, moving, right);
  const before = stops(camera);
  service.forgetWindow(2);
  await service.presets(moving);
  expect(stops(camera)).toBe(before);
  const closedMs = performance.now();
  service.forgetWindow(1);
  await waitUntil("it is stopped", () => stops(camera) > before, 2_000);
  expect(performance.now() - closedMs).toBeLessThan(900);
});

test("presets and home are asked of the camera, and end a move", async () => {
  const { service, moving, camera } = await adopted();
  const presets = await service.presets(moving);
  expect(presets).toEqual(
    ok([
      { token: "1", name: "Entrance" },
      { token: "2", name: "Far corner" },
    ]),
  );
  await service.move(1, moving, right);
  const before = stops(camera);
  expect(await service.goTo(moving, "2")).toEqual(ok(null));
  expect(stops(camera)).toBe(before + 1);
  expect(await service.home(moving)).toEqual(ok(null));
  expect(await service.goTo(moving, "no such one")).toMatchObject({ ok: false, error: { kind: "failed" } });
});

test("a camera without a head, and one nobody knows, are said to be so without asking anybody", async () => {
  const { service, still } = await adopted();
  expect(await service.move(1, still, right)).toEqual(fail({ kind: "not-movable" }));
  expect(await service.stop(ChannelId.parse("nobody"))).toEqual(fail({ kind: "not-found" }));
});

test("a camera that hangs blocks nobody: the stop is sent beside it and the failure is a timeout", async () => {
  const { service, moving, camera } = await adopted();
  await service.move(1, moving, right);
  camera.setFault({ kind: "hang", operations: ["ContinuousMove"] });
  const move = service.move(1, moving, { ...right, tilt: 1 });
  const before = stops(camera);
  expect(await service.stop(moving)).toEqual(ok(null));
  expect(stops(camera)).toBe(before + 1);
  expect(await move).toEqual(ok(null));
  camera.setFault({ kind: "hang" });
  expect(await service.home(moving)).toMatchObject({ error: { kind: "failed", reason: "timeout" } });
  camera.clearFaults();
});

test("locked logins are said, and work again once they are unlocked", async () => {
  const { service, moving, vault } = await adopted();
  vault.isLocked = true;
  expect(await service.move(1, moving, right)).toMatchObject({ error: { reason: "vault-locked" } });
  vault.isLocked = false;
  expect(await service.move(1, moving, right)).toEqual(ok(null));
});

test("a refused login is sent once, until logins change", async () => {
  const { service, moving, camera } = await adopted();
  camera.setPassword("another");
  expect(await service.move(1, moving, right)).toMatchObject({ error: { reason: "unauthorised" } });
  expect(await service.move(1, moving, right)).toMatchObject({ error: { reason: "unauthorised" } });
  expect(camera.counters.wrongPasswords).toBe(1);
  camera.setPassword("watchfloor-demo");
  service.loginsChanged();
  expect(await service.move(1, moving, right)).toEqual(ok(null));
});

test("a camera that came back at another address is moved there", async () => {
  const { service, moving, camera, devices, show } = await adopted();
  await service.move(1, moving, right);
  await camera.reboot({ newAddress: here("127.81.4.77"), downMs: 10 });
  show(() =>
    devices
      .list()
      .map((device) =>
        device.channels.some(({ id }) => id === moving)
          ? { ...device, address: { ...device.address, host: here("127.81.4.77") } }
          : device,
      ),
  );
  expect(await service.move(1, moving, right)).toEqual(ok(null));
});

test("a move of no speed is a stop", async () => {
  const { service, moving, camera } = await adopted();
  const before = stops(camera);
  await service.move(1, moving, home);
  expect(stops(camera)).toBeGreaterThan(before);
  expect(camera.counters.operation("ContinuousMove")).toBe(0);
});

test("the console's end stops what moves, and does not wait for a camera that hangs", async () => {
  const { service, moving, camera } = await adopted();
  await service.move(1, moving, right);
  const before = stops(camera);
  camera.setFault({ kind: "hang" });
  const startedMs = performance.now();
  await service.stopAll();
  expect(performance.now() - startedMs).toBeLessThan(3_000);
  expect(stops(camera)).toBeGreaterThan(before);
  camera.clearFaults();
});
