import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import {
  startSite,
  type SimulatedCamera,
  type Site,
  type SiteOptions,
} from "../../../electron/simulator/site.ts";
import { waitUntil } from "../../fixtures/wait-until.ts";
import { deviceCall, envelope, post, tds } from "./raw-soap.ts";
import { here } from "../../fixtures/address-block.ts";

let site: Site | undefined;
afterEach(async () => {
  await site?.stop();
  site = undefined;
});

async function start(options: SiteOptions = {}): Promise<SimulatedCamera> {
  const base = {
    cameras: 1,
    addressBase: here("127.82.14.1"),
    auth: { kind: "none" },
    discovery: { mode: "off" },
  } as const;
  site = await startSite({ ...base, rtsp: false, ...options });
  const [camera] = site.cameras;
  if (camera === undefined) throw new Error("no camera");
  return camera;
}

const ask = async (camera: SimulatedCamera, name: string, content = ""): Promise<string> =>
  (await post(camera.deviceUrl, envelope(deviceCall(name, content)))).text;
const tt = "http://www.onvif.org/ver10/schema";
const setName = (name: string): string => `<Name>${name}</Name>`;

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

describe("a simulated camera's life", () => {
  it("goes away and comes back at another address as the same device", async () => {
    const camera = await start();
    const { serial, mac, endpointReference } = camera;
    const back = camera.reboot({ newAddress: here("127.82.14.50"), downMs: 300 });
    await waitUntil("it to be away", () => camera.state === "rebooting");
    expect(await canConnect(here("127.82.14.1"), 8080)).toBe(false);
    await back;
    expect(camera.state).toBe("on");
    expect(camera.deviceUrl).toBe(`http://${here("127.82.14.50")}:8080/onvif/device_service`);
    expect(await canConnect(here("127.82.14.1"), 8080)).toBe(false);
    expect(await ask(camera, "GetDeviceInformation")).toContain(`<tds:SerialNumber>${serial}<`);
    expect(await ask(camera, "GetNetworkInterfaces")).toContain(mac);
    expect(await ask(camera, "GetEndpointReference")).toContain(endpointReference);
  });

  it("answers SystemReboot, then reboots", async () => {
    const camera = await start({ rebootMs: 10 });
    expect(await ask(camera, "SystemReboot")).toContain("Rebooting");
    await waitUntil("the reboot", () => camera.counters.reboots === 1 && camera.state === "on");
    expect(await ask(camera, "GetHostname")).toContain("<tt:Name>cam-1<");
  });

  it("takes a new address from SetNetworkInterfaces at its next reboot", async () => {
    const camera = await start();
    const manual = `<InterfaceToken>eth0</InterfaceToken><NetworkInterface><IPv4 xmlns="${tt}"><Manual><Address>${here("127.82.14.60")}</Address><PrefixLength>8</PrefixLength></Manual></IPv4></NetworkInterface>`;
    expect(await ask(camera, "SetNetworkInterfaces", manual)).toContain("<tds:RebootNeeded>true<");
    expect(camera.host).toBe(here("127.82.14.1"));
    await camera.reboot({ downMs: 0 });
    expect(camera.host).toBe(here("127.82.14.60"));
  });

  it("stays off after powerOff, even in the middle of a reboot, until it is started", async () => {
    const camera = await start();
    const rebooting = camera.reboot({ downMs: 60_000 });
    await waitUntil("it to be away", () => camera.state === "rebooting");
    await camera.powerOff();
    await rebooting;
    expect(camera.state).toBe("off");
    await camera.start();
    expect(await ask(camera, "GetHostname")).toContain("cam-1");
  });

  it("frees every address when the site stops, and the same site can start again", async () => {
    const first = await start({ cameras: 5 });
    const { serial } = first;
    await site?.stop();
    expect(await canConnect(first.host, first.httpPort)).toBe(false);
    expect((await start({ cameras: 5 })).serial).toBe(serial);
  });

  it("says which address is taken and leaves nothing open", async () => {
    await start({ cameras: [{ host: here("127.82.14.9") }] });
    const taken = startSite({
      cameras: [{ host: here("127.82.14.8") }, { host: here("127.82.14.9") }],
      rtsp: false,
      discovery: { mode: "off" },
    });
    await expect(taken).rejects.toThrow(/EADDRINUSE.*127\.82\.14\.9/);
    expect(await canConnect(here("127.82.14.8"), 8080)).toBe(false);
  });

  it("changes its host name, scopes and time when told to", async () => {
    const camera = await start();
    await ask(camera, "SetHostname", setName("north-gate"));
    expect(await ask(camera, "GetHostname")).toContain("<tt:Name>north-gate<");
    await ask(camera, "SetScopes", "<Scopes>onvif://www.onvif.org/name/North%20gate</Scopes>");
    expect(await ask(camera, "GetScopes")).toContain("name/North%20gate");
    const date = `<DateTimeType>Manual</DateTimeType><DaylightSavings>false</DaylightSavings><UTCDateTime><Time xmlns="${tt}"><Hour>1</Hour><Minute>2</Minute><Second>3</Second></Time><Date xmlns="${tt}"><Year>2031</Year><Month>4</Month><Day>5</Day></Date></UTCDateTime>`;
    await ask(camera, "SetSystemDateAndTime", date);
    expect(new Date(camera.now).toISOString()).toMatch(/^2031-04-05T01:02:0/);
    expect(await ask(camera, "SetSystemDateAndTime", date.replace("<Month>4", "<Month>14"))).toContain(
      "InvalidDateTime",
    );
  });
});

describe("faults of services", () => {
  it("silent-setter answers well and changes nothing", async () => {
    const camera = await start();
    camera.setFault({ kind: "silent-setter" });
    expect(await ask(camera, "SetHostname", setName("other"))).toContain("SetHostnameResponse");
    expect(await ask(camera, "GetHostname")).toContain("<tt:Name>cam-1<");
  });

  it("setter-needs-reboot takes effect with the reboot", async () => {
    const camera = await start();
    camera.setFault({ kind: "setter-needs-reboot" });
    const dhcp = await ask(camera, "SetHostnameFromDHCP", "<FromDHCP>true</FromDHCP>");
    expect(dhcp).toContain("<tds:RebootNeeded>true<");
    await ask(camera, "SetHostname", setName("after"));
    expect(await ask(camera, "GetHostname")).toContain("<tt:Name>cam-1<");
    await camera.reboot({ downMs: 0 });
    expect(await ask(camera, "GetHostname")).toContain("<tt:Name>after<");
  });

  it("service-xaddr leads every service elsewhere", async () => {
    const camera = await start();
    camera.setFault({ kind: "service-xaddr", host: "camera.local", port: 81 });
    for (const name of ["GetServices", "GetCapabilities"]) {
      const text = await ask(
        camera,
        name,
        name === "GetServices" ? "<IncludeCapability>false</IncludeCapability>" : "",
      );
      const hosts = [...text.matchAll(/XAddr>(http:\/\/[^/]+)/g)].map((match) => match[1]);
      expect(hosts.length).toBeGreaterThan(2);
      expect(new Set(hosts)).toEqual(new Set(["http://camera.local:81"]));
    }
  });

  it("cloned-identity answers as somebody else", async () => {
    const camera = await start();
    camera.setFault({ kind: "cloned-identity", serial: "0001", mac: "02:00:00:00:00:01" });
    expect(await ask(camera, "GetDeviceInformation")).toContain("<tds:SerialNumber>0001<");
    expect(await ask(camera, "GetNetworkInterfaces")).toContain("02:00:00:00:00:01");
  });

  it("media2-broken lists Media2 and fails every call of it", async () => {
    const camera = await start();
    camera.setFault({ kind: "media2-broken" });
    expect(await ask(camera, "GetServices")).toContain("ver20/media/wsdl");
    const url = camera.deviceUrl.replace("device_service", "media2_service");
    const reply = await post(url, envelope(`<GetProfiles xmlns="http://www.onvif.org/ver20/media/wsdl"/>`));
    expect(reply.status).toBe(500);
  });

  it("clock-jump and clock-drift make the clock wrong, clearing makes it right", async () => {
    const camera = await start();
    camera.setFault({ kind: "clock-jump", byMs: -86_400_000 });
    expect(Date.now() - camera.now).toBeGreaterThan(86_000_000);
    camera.setFault({ kind: "clock-drift", ppm: 1e6 });
    await waitUntil("a clock that is fast", () => camera.now - Date.now() > 50);
    camera.clearFaults();
    expect(Math.abs(camera.now - Date.now())).toBeLessThan(50);
  });

  it("keeps tds:SystemReboot off the DeviceIO service, as strict cameras do", async () => {
    const camera = await start();
    const url = camera.deviceUrl.replace("device_service", "deviceio_service");
    const reply = await post(url, envelope(`<SystemReboot xmlns="${tds}"/>`));
    expect(reply.text).toContain("ter:ActionNotSupported");
    expect(camera.counters.operation("unknown.SystemReboot")).toBe(1);
  });
});
