import { get } from "node:http";
import { X509Certificate } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { OnvifDevice } from "../../../electron/drivers/onvif/onvif-device.ts";
import { selfSigned } from "../../../electron/simulator/http/self-signed.ts";
import { startSite, type SimulatedCamera, type Site } from "../../../electron/simulator/site.ts";
import { systemClock } from "../../../shared/base/clock.ts";
import { digestHeader, envelope, post } from "./raw-soap.ts";
import { here } from "../../fixtures/address-block.ts";

let site: Site | undefined;
afterEach(async () => {
  await site?.stop();
  site = undefined;
});

async function open(options: Parameters<typeof startSite>[0]): Promise<SimulatedCamera> {
  site = await startSite({ addressBase: here("127.82.40.1"), discovery: { mode: "off" }, ...options });
  const [camera] = site.cameras;
  if (camera === undefined) throw new Error("no camera");
  return camera;
}

const device = (camera: SimulatedCamera, fingerprint: string | null): OnvifDevice =>
  new OnvifDevice({
    clock: systemClock,
    address: { host: camera.host, port: camera.httpPort, tls: true, path: "/onvif/device_service" },
    login: { username: camera.username, password: camera.password },
    loginKind: null,
    clockOffsetMs: null,
    fingerprint,
  });

describe("a camera that speaks HTTPS", () => {
  test("is read in full, and keeps its certificate through a reboot", async () => {
    const camera = await open({ cameras: [{ tls: true }], auth: { kind: "digest" }, rtsp: false });
    expect(camera.deviceUrl).toBe(`https://${camera.host}:8080/onvif/device_service`);
    const first = device(camera, null);
    const { identity, services, remarks } = await first.read();
    expect(identity.serial).toBe(camera.serial);
    expect(services.map(({ name }) => name)).toContain("media2");
    expect(remarks).toEqual([]);
    const { fingerprint } = first;
    first.close();
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
    await camera.reboot({ downMs: 0 });
    const again = device(camera, fingerprint);
    expect(await again.measureTime()).toBeDefined();
    again.close();
  });

  test("that shows another certificate gets to see no request and no login", async () => {
    const camera = await open({ cameras: [{ tls: true }], auth: { kind: "digest" }, rtsp: false });
    const first = device(camera, null);
    await first.read();
    first.close();
    camera.setFault({ kind: "new-certificate" });
    const before = camera.counters.snapshot();
    const shown = camera.counters.credentials.length;
    const wary = device(camera, first.fingerprint);
    await expect(wary.read()).rejects.toMatchObject({ reason: "identity-changed" });
    wary.close();
    const after = camera.counters.snapshot();
    expect(after.operations).toEqual(before.operations);
    expect(camera.counters.credentials).toHaveLength(shown);
    camera.clearFaults();
    const trusting = device(camera, first.fingerprint);
    expect(await trusting.measureTime()).toBeDefined();
    trusting.close();
  });

  test("has a certificate that others can read, valid now and another one each time it is made", () => {
    const at = Date.UTC(2026, 10, 22, 9);
    const { cert } = selfSigned("serial 1", at);
    const read = new X509Certificate(cert);
    expect(read.subject).toBe("CN=serial 1");
    expect(read.verify(read.publicKey)).toBe(true);
    expect(Date.parse(read.validFrom)).toBe(at - 86_400_000);
    expect(Date.parse(read.validTo)).toBe(at + 3_650 * 86_400_000);
    expect(selfSigned("serial 1", at).cert).not.toBe(cert);
    expect(Date.parse(new X509Certificate(selfSigned("x", Date.UTC(2051, 1)).cert).validFrom)).toBe(
      Date.UTC(2051, 0, 31),
    );
  });
});

describe("the still picture of a camera", () => {
  const uriOf = (text: string): string => />(http[^<]*\.jpg)</.exec(text)?.[1] ?? "";
  const fetchJpeg = (
    url: string,
    authorization?: string,
  ): Promise<{ status: number; body: Buffer; challenge: string }> =>
    new Promise((resolve, reject) => {
      const headers = authorization === undefined ? {} : { Authorization: authorization };
      get(url, { agent: false, headers }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("end", () => {
          const challenge = String(incoming.headers["www-authenticate"] ?? "");
          resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks), challenge });
        });
      }).on("error", reject);
    });

  test("is where both media services say, one for each source, only with the login", async () => {
    const camera = await open({ cameras: [{ scene: "gate", sources: 2 }], auth: { kind: "none" } });
    const ask = async (service: string, version: string, token: string): Promise<string> => {
      const body = envelope(
        `<GetSnapshotUri xmlns="http://www.onvif.org/${version}/media/wsdl"><ProfileToken>${token}</ProfileToken></GetSnapshotUri>`,
      );
      const url = camera.deviceUrl.replace("device_service", service);
      return uriOf((await post(url, body)).text);
    };
    const first = await ask("media_service", "ver10", "Profile_Main_1");
    expect(first).toBe(`http://${camera.host}:8080/onvif/snapshot/1.jpg`);
    expect(await ask("media2_service", "ver20", "Profile_Sub_1")).toBe(first);
    const second = await ask("media_service", "ver10", "Profile_Main_2");
    const [gate, lobby] = [await fetchJpeg(first), await fetchJpeg(second)];
    for (const { status, body } of [gate, lobby]) {
      expect(status).toBe(200);
      expect([...body.subarray(0, 3), ...body.subarray(-2)]).toEqual([0xff, 0xd8, 0xff, 0xff, 0xd9]);
    }
    expect(gate.body.equals(lobby.body)).toBe(false);
    await site?.stop();

    const closed = await open({ cameras: [{ scene: "gate" }], auth: { kind: "digest" } });
    const url = `http://${closed.host}:8080/onvif/snapshot/1.jpg`;
    const asked = await fetchJpeg(url);
    expect(asked.status).toBe(401);
    expect(asked.challenge).toMatch(/^Digest /);
    const { username, password } = closed;
    const loginWith = (each: string): string =>
      digestHeader({ challenge: asked.challenge, url, username, password: each, method: "GET" });
    expect((await fetchJpeg(url, loginWith("no"))).status).toBe(401);
    expect((await fetchJpeg(url, loginWith(password))).status).toBe(200);
  });
});
