import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startSite, type SimulatedCamera, type Site } from "../../../electron/simulator/site.ts";
import { waitUntil } from "../../fixtures/wait-until.ts";
import { envelope, post, type RawReply } from "./raw-soap.ts";
import { here } from "../../fixtures/address-block.ts";

let site: Site;
let camera: SimulatedCamera;
const tev = "http://www.onvif.org/ver10/events/wsdl";
const wsnt = "http://docs.oasis-open.org/wsn/b-2";

beforeAll(async () => {
  site = await startSite({
    cameras: [{ inputs: 1, pullPoints: 3 }],
    addressBase: here("127.82.13.1"),
    rtsp: false,
    auth: { kind: "none" },
    discovery: { mode: "off" },
  });
  const [first] = site.cameras;
  if (first === undefined) throw new Error("no camera");
  camera = first;
});
afterEach(async () => {
  camera.clearFaults();
  await camera.powerOff();
  await camera.start();
  camera.counters.reset();
});
afterAll(() => site.stop());

const ask = (url: string, body: string): Promise<RawReply> => post(url, envelope(body));
const eventsUrl = (): string => camera.deviceUrl.replace("device_service", "events_service");

async function subscribe(
  content = "<InitialTerminationTime>PT60S</InitialTerminationTime>",
): Promise<string> {
  const body = `<CreatePullPointSubscription xmlns="${tev}">${content}</CreatePullPointSubscription>`;
  const reply = await ask(eventsUrl(), body);
  return /<wsa:Address>([^<]+)</.exec(reply.text)?.[1] ?? `refused: ${reply.text}`;
}
const pull = (address: string, timeout = "PT0S", limit = 100): Promise<RawReply> =>
  ask(
    address,
    `<PullMessages xmlns="${tev}"><Timeout>${timeout}</Timeout><MessageLimit>${String(limit)}</MessageLimit></PullMessages>`,
  );
const renew = (address: string): Promise<RawReply> =>
  ask(address, `<Renew xmlns="${wsnt}"><TerminationTime>PT60S</TerminationTime></Renew>`);
const unsubscribe = (address: string): Promise<RawReply> => ask(address, `<Unsubscribe xmlns="${wsnt}"/>`);
const topics = ({ text }: RawReply): string[] =>
  [...text.matchAll(/<wsnt:Topic [^>]*>([^<]+)</g)].map((match) => match[1] ?? "");

describe("pull points", () => {
  it("tell every property as Initialized, then changes in order, up to the limit", async () => {
    const address = await subscribe();
    const first = await pull(address);
    expect(topics(first)).toEqual([
      "tns1:VideoSource/MotionAlarm",
      "tns1:VideoSource/GlobalSceneChange/ImagingService",
      "tns1:Device/Trigger/DigitalInput",
    ]);
    expect(first.text).not.toContain("Changed");
    for (const active of [true, false, true]) camera.raise("motion", { active });
    camera.raise("line-crossing");
    expect(topics(await pull(address, "PT5S", 3))).toHaveLength(3);
    const last = await pull(address, "PT5S", 3);
    expect(topics(last)).toEqual(["tns1:RuleEngine/LineDetector/Crossed"]);
    expect(last.text).not.toContain("PropertyOperation");
  });

  it("wait for an event no longer than until it happens", async () => {
    const address = await subscribe();
    await pull(address);
    const waiting = pull(address, "PT30S");
    camera.raise("tamper");
    expect(topics(await waiting)).toEqual(["tns1:VideoSource/GlobalSceneChange/ImagingService"]);
  });

  it("hear only what their filter lets through", async () => {
    const dialect = "http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet";
    const filter = `<Filter><w:TopicExpression xmlns:w="${wsnt}" Dialect="${dialect}">tns1:VideoSource//.|tns1:Device/Trigger/Relay</w:TopicExpression></Filter>`;
    const address = await subscribe(`${filter}<InitialTerminationTime>PT60S</InitialTerminationTime>`);
    camera.raise("digital-input");
    camera.raise("motion");
    expect(new Set(topics(await pull(address)))).toEqual(
      new Set(["tns1:VideoSource/MotionAlarm", "tns1:VideoSource/GlobalSceneChange/ImagingService"]),
    );
  });

  it("repeat the state on a synchronisation point", async () => {
    const address = await subscribe();
    camera.raise("digital-input");
    await pull(address);
    await ask(address, `<SetSynchronizationPoint xmlns="${tev}"/>`);
    const again = await pull(address);
    expect(again.text).toMatch(/DigitalInput.*PropertyOperation="Initialized".*LogicalState" Value="true"/s);
  });

  it("are refused beyond the camera's number and free again after Unsubscribe", async () => {
    const addresses = [await subscribe(), await subscribe(), await subscribe()];
    expect(await subscribe()).toContain("SubscribeCreationFailedFault");
    expect(camera.counters.liveSubscriptions).toBe(3);
    expect((await unsubscribe(addresses[0] ?? "")).status).toBe(200);
    expect(await subscribe()).toMatch(/^http/);
    expect((await pull(addresses[0] ?? "")).text).toContain("ResourceUnknownFault");
  });

  it("end when their term runs out", async () => {
    const address = await subscribe("<InitialTerminationTime>PT0.2S</InitialTerminationTime>");
    expect(camera.counters.liveSubscriptions).toBe(1);
    await waitUntil("the end of the term", () => camera.counters.liveSubscriptions === 0);
    expect((await renew(address)).text).toContain("ResourceUnknownFault");
  });

  it("name every topic with its items in GetEventProperties", async () => {
    const { text } = await ask(eventsUrl(), `<GetEventProperties xmlns="${tev}"/>`);
    expect(text).toMatch(/<tns1:RuleEngine>.*<LineDetector>.*<Crossed wstop:topic="true">/s);
    expect(text).toContain('SimpleItemDescription Name="LogicalState"');
  });

  it("are gone after a reboot", async () => {
    const address = await subscribe();
    await camera.reboot({ downMs: 0 });
    expect(camera.counters.liveSubscriptions).toBe(0);
    expect((await pull(address)).text).toContain("ResourceUnknownFault");
  });
});

describe("faults of events", () => {
  it("subscription-reference names another host, which hears nothing from the simulator", async () => {
    const decoy = await site.addDecoy();
    camera.setFault({ kind: "subscription-reference", address: `${decoy.url}/steal` });
    expect(await subscribe()).toBe(`${decoy.url}/steal`);
    expect(decoy.connections).toBe(0);
    await post(`${decoy.url}/steal`, "led astray", { "X-Login": "canary" });
    expect(decoy.requests).toMatchObject([{ body: "led astray" }]);
    expect(decoy.requests[0]?.head).toContain("canary");
    await decoy.stop();
  });

  it.each([
    ["offset", /CurrentTime>[^<]+\+08:00</],
    ["unparsable", /TerminationTime>in a while</],
    ["expired", /TerminationTime>\d{4}-/],
  ] as const)("subscription-times: %s", async (mode, pattern) => {
    const address = await subscribe();
    camera.setFault({ kind: "subscription-times", mode });
    const { text } = await renew(address);
    expect(text).toMatch(pattern);
    const end = Date.parse(/TerminationTime>([^<]+)</.exec(text)?.[1] ?? "");
    if (mode === "expired") expect(end).toBeLessThan(Date.now());
    if (mode === "offset") expect(Math.abs(end - Date.now() - 60_000)).toBeLessThan(5_000);
  });

  it("empty-pull answers at once with nothing", async () => {
    const address = await subscribe();
    camera.setFault({ kind: "empty-pull" });
    const started = performance.now();
    for (let count = 0; count < 5; count += 1) expect(topics(await pull(address, "PT60S"))).toEqual([]);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(camera.counters.operation("PullMessages")).toBe(5);
    expect(camera.counters.snapshot().peakRequestsPerSecond).toBeGreaterThanOrEqual(5);
  });

  it("endless-pull never answers, and frees itself when the camera goes off", async () => {
    const address = await subscribe();
    await pull(address);
    camera.setFault({ kind: "endless-pull" });
    const ended = pull(address, "PT0S").then(
      () => "answered",
      () => "cut",
    );
    await waitUntil("the pull to hang", () => camera.counters.snapshot().faults["endless-pull"] === 1);
    await camera.powerOff();
    expect(await ended).toBe("cut");
  });

  it("closing-pull hangs up without an answer", async () => {
    const address = await subscribe();
    await pull(address);
    camera.setFault({ kind: "closing-pull", afterMs: 50 });
    await expect(pull(address, "PT60S")).rejects.toThrow(/hang up|ECONNRESET/);
  });

  it("max-pull-points, renew-unsupported, unsubscribe-ends-all, termination-time-required", async () => {
    camera.setFault({ kind: "max-pull-points", limit: 2 });
    const address = await subscribe();
    await subscribe();
    expect(await subscribe()).toContain("SubscribeCreationFailedFault");
    camera.setFault({ kind: "renew-unsupported" });
    expect((await renew(address)).text).toContain("ActionNotSupported");
    camera.setFault({ kind: "unsubscribe-ends-all" });
    await unsubscribe(address);
    expect(camera.counters.liveSubscriptions).toBe(0);
    camera.setFault({ kind: "termination-time-required" });
    expect(await subscribe("")).toContain("s:Fault");
    expect(await subscribe()).toMatch(/^http/);
  });

  it("motion-without-stop swallows the end of every state", async () => {
    const address = await subscribe();
    await pull(address);
    camera.setFault({ kind: "motion-without-stop" });
    camera.raise("motion");
    camera.raise("motion", { active: false });
    const { text } = await pull(address);
    expect(text).toContain('Value="true"');
    expect(text).not.toContain('Value="false"');
  });

  it("event-flood raises until it is cleared", async () => {
    const address = await subscribe();
    camera.setFault({ kind: "event-flood", perSecond: 500 });
    await waitUntil("a hundred events", () => camera.counters.eventsRaised >= 100);
    camera.clearFault("event-flood");
    expect(topics(await pull(address))).toContain("tnsven:Logs/Entry");
  });

  it("runs a script step by step", async () => {
    const address = await subscribe();
    await pull(address);
    await camera.play([
      { afterMs: 0, raise: "motion" },
      { afterMs: 10, event: { topic: "tnsven:Door/Knock", data: { Times: "3" } } },
      { afterMs: 0, setFault: { kind: "renew-unsupported" } },
      { afterMs: 10, raise: "motion", active: false },
    ]);
    expect(topics(await pull(address))).toEqual([
      "tns1:VideoSource/MotionAlarm",
      "tnsven:Door/Knock",
      "tns1:VideoSource/MotionAlarm",
    ]);
    expect(camera.faults).toEqual([{ kind: "renew-unsupported" }]);
  });
});
