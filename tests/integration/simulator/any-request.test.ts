import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startSite, type SimulatedCamera, type Site } from "../../../electron/simulator/site.ts";
import { escapeXml } from "../../../electron/simulator/xml/write-xml.ts";
import { envelope, post } from "./raw-soap.ts";
import { here } from "../../fixtures/address-block.ts";

let site: Site;
let camera: SimulatedCamera;

beforeAll(async () => {
  site = await startSite({
    cameras: [{ ptz: true, relays: 1, inputs: 1, pullPoints: 100, sources: 2 }],
    addressBase: here("127.82.17.1"),
    rtsp: false,
    rebootMs: 0,
    auth: { kind: "none" },
    discovery: { mode: "off" },
  });
  const [first] = site.cameras;
  if (first === undefined) throw new Error("no camera");
  camera = first;
});
afterAll(() => site.stop());

const namespaces = {
  device: "http://www.onvif.org/ver10/device/wsdl",
  media: "http://www.onvif.org/ver10/media/wsdl",
  media2: "http://www.onvif.org/ver20/media/wsdl",
  events: "http://www.onvif.org/ver10/events/wsdl",
  ptz: "http://www.onvif.org/ver20/ptz/wsdl",
  imaging: "http://www.onvif.org/ver20/imaging/wsdl",
  deviceio: "http://www.onvif.org/ver10/deviceIO/wsdl",
} as const;

/** Operations that take arguments; those that read only and take none need no fuzzing. */
const operations = {
  device:
    "GetServices GetCapabilities SetSystemDateAndTime SetNTP SetHostname SetHostnameFromDHCP SetNetworkInterfaces SetDNS SetNetworkDefaultGateway SetNetworkProtocols SetDiscoveryMode SetScopes AddScopes RemoveScopes CreateUsers SetUser DeleteUsers SetRelayOutputSettings SetRelayOutputState",
  media:
    "GetProfile CreateProfile DeleteProfile GetStreamUri GetSnapshotUri GetVideoEncoderConfiguration SetVideoEncoderConfiguration SetSynchronizationPoint",
  media2:
    "GetProfiles GetStreamUri GetSnapshotUri GetVideoEncoderConfigurations SetVideoEncoderConfiguration",
  events: "CreatePullPointSubscription PullMessages SetSynchronizationPoint GetEventProperties",
  ptz: "ContinuousMove AbsoluteMove RelativeMove Stop GetStatus GetPresets SetPreset GotoPreset RemovePreset GetNode SetHomePosition",
  imaging: "GetImagingSettings SetImagingSettings GetOptions Move GetStatus",
  deviceio: "SetRelayOutputSettings SetRelayOutputState GetDigitalInputs",
} as const satisfies Record<keyof typeof namespaces, string>;

const element = fc.constantFrom(
  ..."ProfileToken Token Name Type Configuration Encoding Resolution Width Height RateControl FrameRateLimit BitrateLimit Quality H264 GovLength VideoSourceToken ImagingSettings Brightness IrCutFilter Focus Absolute Position PanTilt Velocity Timeout PresetToken PresetName Speed RelayOutputToken LogicalState Properties Mode DelayTime IdleState DateTimeType UTCDateTime Date Year Month Day Time Hour Minute Second TimeZone TZ NTPManual IPv4Address DNSname FromDHCP InterfaceToken NetworkInterface IPv4 Manual Address User Username Password UserLevel Scopes ScopeItem Filter TopicExpression InitialTerminationTime MessageLimit NetworkProtocols Enabled Category StreamSetup Stream Protocol ConfigurationToken".split(
    " ",
  ),
);
const value = fc.oneof(
  fc.string(),
  fc.constantFrom(
    "Profile_Main_1",
    "Encoder_Main_1",
    "VideoSource_1",
    "Relay_1",
    "1",
    "-1",
    "1e999",
    "NaN",
    "",
    "true",
  ),
  fc.constantFrom(
    "PT1S",
    "2026-11-22T05:00:00Z",
    "H264",
    "H265",
    "active",
    "Manual",
    "eth0",
    "__proto__",
    "All",
  ),
);
const { tree } = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    value.map(escapeXml),
    fc
      .array(fc.tuple(element, value, tie("tree")), { maxLength: 4 })
      .map((children) =>
        children
          .map(
            ([name, token, inner]) =>
              `<${name} token="${escapeXml(token)}" x="${escapeXml(token)}">${inner}</${name}>`,
          )
          .join(""),
      ),
  ),
}));

it("answers any body of any operation with a SOAP reply or a SOAP fault, and lives on", async () => {
  const calls = Object.entries(operations).flatMap(([service, names]) =>
    names.split(" ").map((name) => ({ service, name })),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...calls), tree, async ({ service, name }, content) => {
      const uri = Object.entries(namespaces).find(([key]) => key === service)?.[1] ?? "";
      const url = `http://${camera.host}:${String(camera.httpPort)}/onvif/${service}_service`;
      const reply = await post(url, envelope(`<${name} xmlns="${uri}">${content}</${name}>`));
      expect([200, 400, 500]).toContain(reply.status);
      expect(reply.headers["content-type"]).toContain("application/soap+xml");
      expect(reply.text).toContain(reply.status === 200 ? `${name}Response` : "s:Fault>");
    }),
    { numRuns: 1_500 },
  );
  expect(camera.state).toBe("on");
});

it("refuses encoder settings that are no numbers or out of its ranges, and keeps the old ones", async () => {
  const url = `http://${camera.host}:${String(camera.httpPort)}/onvif/media_service`;
  const ask = (body: string): ReturnType<typeof post> => post(url, envelope(body));
  const tt = "http://www.onvif.org/ver10/schema";
  const read = `<GetVideoEncoderConfiguration xmlns="${namespaces.media}"><ConfigurationToken>Encoder_Sub_2</ConfigurationToken></GetVideoEncoderConfiguration>`;
  const set = (gov: string): string =>
    `<SetVideoEncoderConfiguration xmlns="${namespaces.media}"><Configuration token="Encoder_Sub_2"><Encoding xmlns="${tt}">H264</Encoding><H264 xmlns="${tt}"><GovLength>${gov}</GovLength></H264></Configuration></SetVideoEncoderConfiguration>`;
  expect((await ask(set("40"))).status).toBe(200);
  for (const wrong of ["many", "0", "-3", "1e999"]) {
    expect((await ask(set(wrong))).text).toContain("ter:ConfigModify");
  }
  expect((await ask(read)).text).toContain("<tt:GovLength>40<");
});
