import { afterEach, expect, test } from "vitest";
import { PtzControl } from "../../electron/drivers/onvif/ptz-control.ts";
import type { FaultInput } from "../../electron/simulator/fault.ts";
import { demoCameras } from "../../electron/simulator/demo-site.ts";
import type { SimulatedCamera, Site } from "../../electron/simulator/site-api.ts";
import type { AuthSpec } from "../../electron/simulator/site-options.ts";
import { startSite } from "../../electron/simulator/site.ts";
import { systemClock } from "../../shared/base/clock.ts";
import { waitUntil } from "../fixtures/wait-until.ts";
import { here } from "../fixtures/address-block.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const specs = { addressBase: here("127.81.3.1"), rtsp: false, discovery: { mode: "off" } } as const;
const wsToken: AuthSpec = { kind: "username-token", skewMs: 5_000, replayCheck: true };

async function movingCamera(auth: AuthSpec = wsToken): Promise<SimulatedCamera> {
  const site: Site = await startSite({ ...specs, cameras: [{ auth, ptz: true }] });
  cleanups.push(() => site.stop());
  const [camera] = site.cameras;
  if (camera === undefined) throw new Error("no camera");
  return camera;
}

function control(camera: SimulatedCamera, deps: Partial<ConstructorParameters<typeof PtzControl>[0]> = {}) {
  const { host, httpPort: port, username, password } = camera;
  const made = new PtzControl({
    clock: systemClock,
    address: { host, port, tls: false, path: "/onvif/device_service" },
    path: "/onvif/ptz_service",
    profileTokens: ["Profile_Main_1"],
    login: { username, password },
    loginKind: null,
    clockOffsetMs: 0,
    fingerprint: null,
    deadlineMs: 1_000,
    ...deps,
  });
  cleanups.push(() => made.close());
  return made;
}

const auths = [...new Map(demoCameras.map(({ auth }) => [JSON.stringify(auth), auth])).values()];

test.each(auths.map((auth) => [JSON.stringify(auth), auth] as const))(
  "a head behind the login %s moves, stops where it is and goes home",
  async (_name, auth) => {
    const camera = await movingCamera(auth);
    const head = control(camera);
    await head.continuousMove({ pan: 1, tilt: -0.5, zoom: 0 });
    await waitUntil("the head has turned", async () => ((await head.status()).pan ?? 0) > 0.05);
    await head.stop();
    const still = await head.status();
    expect(still.moving).toBe(false);
    expect(still.tilt).toBeLessThan(0);
    expect(still.zoom).toBe(0);
    expect((await head.status()).pan).toBe(still.pan);
    await head.gotoHome();
    await waitUntil("the head is home", async () => (await head.status()).pan === 0);
    expect(camera.counters.wrongPasswords).toBe(0);
  },
);

test("presets keep their names and tokens exactly, whatever is in them", async () => {
  const head = control(await movingCamera());
  expect((await head.presets()).map(({ token, name }) => [token, name])).toEqual([
    ["1", "Entrance"],
    ["2", "Far corner"],
  ]);
  const name = 'Gate & <1> "ä"';
  const token = await head.setPreset(name);
  expect(await head.presets()).toContainEqual({ token, name });
  await head.continuousMove({ pan: 1, tilt: 0, zoom: 0 });
  await waitUntil("the head has left", async () => ((await head.status()).pan ?? 0) > 0.02);
  await head.gotoPreset(token);
  await waitUntil("the head is back", async () => (await head.status()).moving === false);
  expect((await head.status()).pan).toBe(0);
  await head.removePreset(token);
  expect((await head.presets()).map((preset) => preset.token)).not.toContain(token);
  await expect(head.gotoPreset("<x/>")).rejects.toMatchObject({ name: "SoapError" });
});

test("the camera stops by itself when nothing more is heard from the console", async () => {
  const head = control(await movingCamera());
  await head.continuousMove({ pan: -0.2, tilt: 0, zoom: 0 });
  expect((await head.status()).moving).toBe(true);
  await waitUntil("it has stopped", async () => (await head.status()).moving === false, 4_000);
  expect((await head.status()).pan).toBeGreaterThan(-0.3);
});

test("a camera that takes no time limit is moved without one", async () => {
  const camera = await movingCamera();
  const head = control(camera);
  await head.stop();
  camera.setFault({
    kind: "soap-fault",
    subcode: "ter:TimeoutNotSupported",
    operations: ["ContinuousMove"],
    times: 1,
  });
  await head.continuousMove({ pan: 0, tilt: 0, zoom: 1 });
  await waitUntil("it zooms", async () => ((await head.status()).zoom ?? 0) > 0);
  await head.stop();
  expect(camera.counters.operation("ContinuousMove")).toBe(2);
});

test("a profile without a head is passed over", async () => {
  const camera = await movingCamera();
  const head = control(camera, { profileTokens: ["nothing", "Profile_Main_1"] });
  await head.status();
  camera.counters.reset();
  await head.stop();
  expect(camera.counters.operation("Stop")).toBe(1);
});

const faults: readonly (readonly [FaultInput, string])[] = [
  [{ kind: "hang" }, "timeout"],
  [{ kind: "drip", intervalMs: 50 }, "timeout"],
  [{ kind: "drop" }, "closed"],
  [{ kind: "huge", bytes: 30_000_000 }, "too-large"],
  [{ kind: "entity" }, "garbage"],
  [{ kind: "garbage" }, "garbage"],
  [{ kind: "html-error", status: 500 }, "garbage"],
  [{ kind: "soap-fault", subcode: "ter:ActionNotSupported" }, "not-supported"],
  [{ kind: "redirect", to: `http://${here("127.81.3.250")}:8080/` }, "garbage"],
];

test.each(faults)("%o of the camera is the failure %s, in time", async (fault, reason) => {
  const camera = await movingCamera();
  const head = control(camera);
  camera.setFault(fault);
  const startedMs = performance.now();
  await expect(head.continuousMove({ pan: 1, tilt: 0, zoom: 0 })).rejects.toMatchObject({
    name: "SoapError",
    reason,
  });
  expect(performance.now() - startedMs).toBeLessThan(4_000);
});

test.each(["bare-401", "wrong password"])("after %s no further call sends the login", async (kind) => {
  const camera = await movingCamera({
    kind: "digest",
    algorithms: ["MD5"],
    qop: "auth",
    nonceLifetimeMs: 300_000,
    alsoUsernameToken: false,
  });
  if (kind === "bare-401") camera.setFault({ kind: "bare-401" });
  const login = { username: camera.username, password: kind === "bare-401" ? camera.password : "wrong" };
  const head = control(camera, { login });
  await expect(head.stop()).rejects.toMatchObject({ reason: "unauthorised", refusedLogin: true });
  const asked = camera.counters.requests;
  await expect(head.continuousMove({ pan: 1, tilt: 0, zoom: 0 })).rejects.toMatchObject({
    reason: "unauthorised",
  });
  expect(camera.counters.requests).toBe(asked);
});

test("a clock that jumped is asked for, and the login dated anew", async () => {
  const camera = await movingCamera();
  const head = control(camera, { loginKind: "ws-username-token" });
  await head.stop();
  camera.skewClock(3_600_000);
  await head.stop();
  expect(camera.counters.wrongPasswords).toBe(0);
});

test("the password reaches nobody but our transport", async () => {
  const camera = await movingCamera({ kind: "none" });
  const head = control(camera);
  await head.stop();
  expect(camera.counters.credentials).toEqual([]);
});
