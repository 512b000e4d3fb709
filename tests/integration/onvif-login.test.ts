import { afterEach, expect, test } from "vitest";
import { OnvifDevice } from "../../electron/drivers/onvif/onvif-device.ts";
import { startSite, type Site } from "../../electron/simulator/site.ts";
import { systemClock } from "../../shared/base/clock.ts";
import { here } from "../fixtures/address-block.ts";

let site: Site | undefined;
afterEach(async () => {
  await site?.stop();
  site = undefined;
});

test("a refused login stays one on a device that wants a login for the time as well", async () => {
  site = await startSite({
    cameras: 1,
    addressBase: here("127.85.133.1"),
    auth: { kind: "username-token" },
    rtsp: false,
    discovery: { mode: "off" },
  });
  const [camera] = site.cameras;
  if (camera === undefined) throw new Error("no camera");
  camera.setFault({ kind: "bare-401", operations: ["GetSystemDateAndTime"] });
  const device = new OnvifDevice({
    clock: systemClock,
    address: { host: camera.host, port: camera.httpPort, tls: false, path: "/onvif/device_service" },
    login: { username: camera.username, password: "not this one" },
    loginKind: null,
    clockOffsetMs: null,
    fingerprint: null,
  });
  await expect(device.read()).rejects.toMatchObject({ reason: "unauthorised", refusedLogin: true });
  expect(camera.counters.wrongPasswords).toBe(1);
  device.close();
});
