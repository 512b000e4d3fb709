import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterEach, describe, expect, test } from "vitest";
import { DeviceFacts } from "../../electron/main/devices/device-facts.ts";
import type { SimulatedCamera } from "../../electron/simulator/site-api.ts";
import type { SiteOptions } from "../../electron/simulator/site-options.ts";
import { startSite } from "../../electron/simulator/site.ts";
import type { Device } from "../../shared/model/device.ts";
import { waitUntil } from "../fixtures/wait-until.ts";
import { openConsole, type ConsoleBench } from "./console-bench.ts";
import { here } from "../fixtures/address-block.ts";

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (let end = endings.pop(); end !== undefined; end = endings.pop()) await end();
});

interface Adopted extends ConsoleBench {
  readonly camera: SimulatedCamera;
  readonly device: () => Device;
  readonly history: () => Promise<string[]>;
  /** What the console noticed of it, in words. */
  readonly told: readonly string[];
}

/** A site of cameras, the first one adopted and watched every 300 ms unless told otherwise. */
async function adopted(options: SiteOptions, isListening = false, checkEveryMs = 300): Promise<Adopted> {
  const bench = await openConsole(
    { cameras: 1, auth: { kind: "username-token", skewMs: 2_000, replayCheck: true }, ...options },
    { checkEveryMs, isListening },
  );
  endings.push(() => bench.stop());
  const [camera] = bench.site.cameras;
  if (camera === undefined) throw new Error("no camera");
  const right = await bench.login("admin", "watchfloor-demo");
  const sighting = await bench.add(camera);
  const outcome = await bench.devices.adopt([sighting.id], [right]);
  const first = outcome.ok ? outcome.value[0] : undefined;
  if (first?.kind !== "adopted") throw new Error(`not adopted: ${JSON.stringify(outcome)}`);
  const device = (): Device => {
    const found = bench.devices.get(first.deviceId);
    if (found === undefined) throw new Error("the device is gone");
    return found;
  };
  const history = async (): Promise<string[]> =>
    (await bench.devices.history(first.deviceId, 50)).connections.map(({ kind }) => kind).reverse();
  const told: string[] = [];
  const facts = new DeviceFacts({
    devices: bench.devices,
    note: (noticed) => told.push(...noticed.map(({ type, state }) => `${type} ${state ?? ""}`)),
  });
  facts.start();
  endings.push(async () => facts.stop());
  return { ...bench, camera, device, history, told };
}

const stateOf = ({ device }: Adopted): string => device().state.kind;

describe("a camera that is watched", () => {
  test("is unreachable when it is silent, says why, and comes back by itself", async () => {
    const bench = await adopted({ addressBase: here("127.85.40.1"), discovery: { mode: "off" } });
    await bench.camera.powerOff();
    await waitUntil("unreachable", () => stateOf(bench) === "unreachable");
    const { state } = bench.device();
    expect(state).toMatchObject({
      kind: "unreachable",
      reason: "refused",
      detail: "nothing listens on this port",
    });
    expect(state.kind === "unreachable" && state.retryAt !== null).toBe(true);
    await bench.camera.start();
    await waitUntil("adopted again", () => stateOf(bench) === "adopted");
    expect(await bench.history()).toEqual(["adopted", "lost", "connected"]);
    expect(bench.told).toEqual(["device-lost begun", "device-lost ended"]);
    expect(bench.camera.counters.wrongPasswords).toBe(0);
  });

  test("is asked without a login while it is well", async () => {
    const bench = await adopted({ addressBase: here("127.85.41.1"), discovery: { mode: "off" } });
    await waitUntil("settled", () => bench.camera.counters.operation("GetEndpointReference") >= 2);
    bench.camera.counters.reset();
    await waitUntil("asked", () => bench.camera.counters.operation("GetSystemDateAndTime") >= 4);
    expect(bench.camera.counters.credentials).toEqual([]);
  });

  test("is the same device after it came back at another address", async () => {
    const bench = await adopted({ addressBase: here("127.85.42.1") }, true);
    const { id } = bench.device();
    const number = bench.device().channels[0]?.number;
    await bench.camera.reboot({ newAddress: here("127.85.42.77"), downMs: 500 });
    await waitUntil("found again", () => bench.device().address.host === here("127.85.42.77"), 20_000);
    await waitUntil("adopted", () => stateOf(bench) === "adopted");
    expect(bench.device()).toMatchObject({ id, channels: [{ number }] });
    expect(bench.device().channels[0]?.streams[0]?.uri).toContain(here("127.85.42.77"));
    expect(await bench.history()).toContain("address-changed");
    expect(bench.devices.list()).toHaveLength(1);
    expect(bench.camera.counters.wrongPasswords).toBe(0);
  });

  test("is looked for as soon as it is said to be gone, long before its next turn", async () => {
    const bench = await adopted({ addressBase: here("127.85.51.1") }, false, 3_600_000);
    await waitUntil("settled", () => bench.camera.counters.operation("GetEndpointReference") >= 2);
    await bench.camera.reboot({ newAddress: here("127.85.51.77"), downMs: 100, abrupt: true });
    expect(bench.device().address.host).toBe(here("127.85.51.1"));
    bench.devices.checkNow(bench.device().id);
    await waitUntil("found again", () => bench.device().address.host === here("127.85.51.77"), 20_000);
    expect(bench.camera.counters.wrongPasswords).toBe(0);
  });

  test("its clock is kept as a ledger, and a jump neither locks it out nor goes unnoticed", async () => {
    const bench = await adopted({ addressBase: here("127.85.43.1"), discovery: { mode: "off" } });
    bench.camera.skewClock(90_000);
    await waitUntil("jump seen", () => Math.abs((bench.device().clockOffsetMs ?? 0) - 90_000) < 1_000);
    const refreshed = await bench.devices.refresh(bench.device().id);
    expect(refreshed.ok).toBe(true);
    const { clock } = await bench.devices.history(bench.device().id, 10);
    expect(clock.length).toBeGreaterThanOrEqual(2);
    expect(await bench.history()).toContain("clock-offset");
    expect(bench.told).toEqual(["clock-drift begun"]);
    expect(bench.camera.counters.wrongPasswords).toBe(0);
  });

  test("another device at its address gets to see no login", async () => {
    const bench = await adopted({ addressBase: here("127.85.44.1"), discovery: { mode: "off" } });
    const { host } = bench.camera;
    await bench.camera.powerOff();
    await waitUntil("unreachable", () => stateOf(bench) === "unreachable");
    const impostors = await startSite({
      cameras: [{ host, auth: { kind: "username-token", skewMs: 5_000, replayCheck: true } }],
      seed: "impostor",
      rtsp: false,
      discovery: { mode: "off" },
    });
    endings.push(() => impostors.stop());
    const reason = (): string => {
      const { state } = bench.device();
      return state.kind === "unreachable" ? state.reason : state.kind;
    };
    await waitUntil("told apart", () => reason() === "identity-changed", 15_000);
    expect(impostors.cameras[0]?.counters.credentials).toEqual([]);
    expect(await bench.history()).toContain("identity-changed");
  });

  test("a changed password makes it degraded, after one refusal, until a person chooses another login", async () => {
    const bench = await adopted({ addressBase: here("127.85.45.1"), discovery: { mode: "off" } });
    bench.camera.setPassword("new-password");
    await bench.camera.powerOff();
    await waitUntil("unreachable", () => stateOf(bench) === "unreachable");
    await bench.camera.start();
    await waitUntil("degraded", () => stateOf(bench) === "degraded");
    const asked = bench.camera.counters.operation("GetSystemDateAndTime");
    await waitUntil(
      "still watched",
      () => bench.camera.counters.operation("GetSystemDateAndTime") > asked + 3,
    );
    expect(bench.camera.counters.wrongPasswords).toBe(1);
    const wrong = await bench.devices.setCredential(bench.device().id, await bench.login("admin", "no"));
    expect(wrong).toMatchObject({ ok: false, error: { reason: "unauthorised" } });
    const right = await bench.devices.setCredential(
      bench.device().id,
      await bench.login("admin", "new-password"),
    );
    expect(right.ok).toBe(true);
    expect(stateOf(bench)).toBe("adopted");
    expect(await bench.history()).toContain("credential-refused");
    expect(bench.told.toSorted()).toEqual([
      "device-lost begun",
      "device-lost ended",
      "login-refused begun",
      "login-refused ended",
    ]);
  });
});

describe("identity", () => {
  test("a clone that answers beside the adopted camera is refused with words", async () => {
    const bench = await adopted({ addressBase: here("127.85.46.1"), discovery: { mode: "off" } });
    const { endpointReference, serial, mac, maker } = bench.camera;
    const clones = await startSite({
      cameras: [
        { host: here("127.85.46.50"), endpointReference, serial, mac, maker, auth: { kind: "none" } },
      ],
      rtsp: false,
      discovery: { mode: "off" },
    });
    endings.push(() => clones.stop());
    const [clone] = clones.cameras;
    if (clone === undefined) throw new Error("no clone");
    const sighting = await bench.add(clone);
    expect(sighting.flags).toContain("duplicate-identity");
    const outcome = await bench.devices.adopt([sighting.id], []);
    expect(outcome.ok && outcome.value[0]).toMatchObject({ kind: "failed", reason: "identity-changed" });
    expect(bench.device().address.host).toBe(bench.camera.host);
  });

  test("adopting a known camera under its new address returns the same device", async () => {
    const bench = await adopted({ addressBase: here("127.85.47.1"), discovery: { mode: "off" } });
    const { id, credentialId } = bench.device();
    await bench.camera.reboot({ newAddress: here("127.85.47.9"), downMs: 10 });
    const sighting = await bench.add(bench.camera);
    expect(sighting.deviceId).toBe(id);
    const outcome = await bench.devices.adopt([sighting.id], credentialId === null ? [] : [credentialId]);
    expect(outcome.ok && outcome.value[0]).toMatchObject({ kind: "returned", deviceId: id });
    expect(bench.device().address.host).toBe(here("127.85.47.9"));
  });
});

/** TLS in front of a camera, with one of the test certificates. */
async function tlsFront(
  camera: SimulatedCamera,
  host: string,
  port: number,
  name: string,
): Promise<() => Promise<void>> {
  const read = (kind: string): Buffer =>
    readFileSync(new URL(`../fixtures/certificates/${name}.${kind}.pem`, import.meta.url));
  const sockets = new Set<{ destroy(): void }>();
  const server = createTlsServer({ key: read("key"), cert: read("cert") }, (outside) => {
    const inside = connect({ host: camera.host, port: camera.httpPort });
    for (const socket of [outside, inside]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        outside.destroy();
        inside.destroy();
      });
    }
    outside.pipe(inside).pipe(outside);
  });
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  return () =>
    new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
}

test("over TLS the certificate met when it was adopted is the only one that gets a login", async () => {
  const bench = await openConsole({
    cameras: 1,
    addressBase: here("127.85.49.1"),
    discovery: { mode: "off" },
  });
  endings.push(() => bench.stop());
  const [camera] = bench.site.cameras;
  if (camera === undefined) throw new Error("no camera");
  const closeFirst = await tlsFront(camera, here("127.85.49.100"), 8_443, "first");
  const sighting = await bench.discovery.add(
    `https://${here("127.85.49.100")}:8443/onvif/device_service`,
    new AbortController().signal,
  );
  const right = await bench.login("admin", "watchfloor-demo");
  const adoptedOver = await bench.devices.adopt([sighting.id], [right]);
  const outcome = adoptedOver.ok ? adoptedOver.value[0] : undefined;
  if (outcome?.kind !== "adopted") throw new Error(JSON.stringify(adoptedOver));
  expect(bench.devices.get(outcome.deviceId)?.address).toMatchObject({ tls: true, port: 8_443 });
  expect((await bench.devices.refresh(outcome.deviceId)).ok).toBe(true);
  await closeFirst();
  const closeSecond = await tlsFront(camera, here("127.85.49.100"), 8_443, "second");
  endings.push(closeSecond);
  camera.counters.reset();
  const refused = await bench.devices.refresh(outcome.deviceId);
  expect(refused).toMatchObject({ ok: false, error: { reason: "identity-changed" } });
  expect(camera.counters.requests).toBe(0);
  expect((await bench.devices.adopt([sighting.id], [right])).ok).toBe(true);
  expect((await bench.devices.refresh(outcome.deviceId)).ok).toBe(true);
});

describe("addresses that lie", () => {
  test("services, streams and redirects of other hosts are never followed", async () => {
    const bench = await openConsole(
      { cameras: 1, addressBase: here("127.85.48.1"), discovery: { mode: "off" } },
      { checkEveryMs: 300 },
    );
    endings.push(() => bench.stop());
    const [camera] = bench.site.cameras;
    if (camera === undefined) throw new Error("no camera");
    const decoy = await bench.site.addDecoy({ host: here("127.85.48.200"), port: 9_997 });
    camera.setFault({ kind: "service-xaddr", host: decoy.host, port: decoy.port });
    const right = await bench.login("admin", "watchfloor-demo");
    const sighting = await bench.add(camera);
    const outcome = await bench.devices.adopt([sighting.id], [right]);
    expect(outcome.ok && outcome.value[0]?.kind).toBe("adopted");
    expect(bench.devices.list()[0]?.channels[0]?.streams[0]?.uri).toContain(camera.host);
    expect(decoy.connections).toBe(0);
  });
});
