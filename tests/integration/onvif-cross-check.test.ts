import onvif from "onvif";
import { afterEach, expect, test } from "vitest";
import { askProfiles, askSnapshotUri, askStreamUri } from "../../electron/drivers/onvif/media-calls.ts";
import { askServices } from "../../electron/drivers/onvif/services.ts";
import { SoapClient } from "../../electron/drivers/soap/soap-client.ts";
import type { SimulatedCamera, Site } from "../../electron/simulator/site-api.ts";
import { startSite } from "../../electron/simulator/site.ts";
import { systemClock } from "../../shared/base/clock.ts";
import { here } from "../fixtures/address-block.ts";

let site: Site | undefined;
afterEach(async () => {
  await site?.stop();
  site = undefined;
});

const path = "/onvif/device_service";

/** What the `onvif` package, written by others, makes of the same camera. */
function askPeer(camera: SimulatedCamera): Promise<{ uri: string; snapshot: string; profiles: number }> {
  return new Promise((resolve, reject) => {
    const { host: hostname, httpPort: port, username, password } = camera;
    const cam = new onvif.Cam({ hostname, port, username, password, timeout: 5_000 }, (failed) => {
      if (failed !== null && failed !== undefined) {
        reject(new Error(String(failed)));
        return;
      }
      cam.getStreamUri({ protocol: "RTSP" }, (_failed, stream) => {
        cam.getSnapshotUri({}, (_none, still) => {
          resolve({
            uri: stream?.uri ?? "",
            snapshot: still?.uri ?? "",
            profiles: cam.profiles?.length ?? 0,
          });
        });
      });
    });
  });
}

async function askOurs(
  camera: SimulatedCamera,
): Promise<{ uri: string; snapshot: string; profiles: number }> {
  const { host, httpPort: port, username, password } = camera;
  const client = new SoapClient({
    clock: systemClock,
    target: { host, port, tls: false, fingerprint: null },
    login: { username, password },
    loginKind: null,
    clockOffsetMs: 0,
  });
  try {
    const { services } = await askServices(client, path);
    const media = await askProfiles(client, services);
    const [first] = media?.profiles ?? [];
    if (media === undefined || first === undefined) throw new Error("no profiles");
    return {
      uri: await askStreamUri(client, media.service, first.token),
      snapshot: await askSnapshotUri(client, media.service, first.token),
      profiles: media.profiles.length,
    };
  } finally {
    client.close();
  }
}

test("an independent client reads the same profiles, streams and still pictures from Media2 and Media", async () => {
  site = await startSite({
    cameras: [
      {
        media2: true,
        auth: {
          kind: "digest",
          algorithms: ["MD5"],
          qop: "auth",
          nonceLifetimeMs: 300_000,
          alsoUsernameToken: false,
        },
      },
      { media2: false, auth: { kind: "username-token", skewMs: 5_000, replayCheck: true } },
    ],
    addressBase: here("127.85.131.1"),
    rtsp: false,
    discovery: { mode: "off" },
  });
  for (const camera of site.cameras) expect(await askOurs(camera)).toEqual(await askPeer(camera));
});

test("a broken Media2 is left for Media, and an odd device still gives its streams", async () => {
  site = await startSite({
    cameras: 1,
    addressBase: here("127.85.132.1"),
    rtsp: false,
    discovery: { mode: "off" },
  });
  const [camera] = site.cameras;
  if (camera === undefined) throw new Error("no camera");
  camera.setFault({ kind: "media2-broken" });
  expect(await askOurs(camera)).toMatchObject({ uri: camera.mainUri, profiles: 2 });
  camera.clearFaults();
  camera.setFault({ kind: "slow", delayMs: 300, times: 2 });
  expect(await askOurs(camera)).toMatchObject({ uri: camera.mainUri });
});
