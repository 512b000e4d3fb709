import { createSocket, type Socket } from "node:dgram";
import { afterEach, describe, expect, it } from "vitest";
import {
  startSite,
  type FaultInput,
  type SimulatedCamera,
  type Site,
  type SiteOptions,
} from "../../../electron/simulator/site.ts";
import { waitUntil } from "../../fixtures/wait-until.ts";
import { here } from "../../fixtures/address-block.ts";

interface Heard {
  readonly text: string;
  readonly from: string;
}

let site: Site | undefined;
const sockets: Socket[] = [];
/** A port of our own: other tests on this computer use the usual one at the same time. */
const port = 38_202;

afterEach(async () => {
  await site?.stop();
  site = undefined;
  await Promise.all(
    sockets.splice(0).map((socket) => new Promise<void>((resolve) => socket.close(() => resolve()))),
  );
});

async function start(options: SiteOptions): Promise<readonly SimulatedCamera[]> {
  site = await startSite({ addressBase: here("127.82.20.1"), rtsp: false, discovery: { port }, ...options });
  return site.cameras;
}

async function listener(): Promise<{
  readonly heard: Heard[];
  probe: (to?: string, body?: string, id?: string) => void;
}> {
  const heard: Heard[] = [];
  const socket = createSocket("udp4");
  sockets.push(socket);
  socket.on("message", (bytes, from) => heard.push({ text: bytes.toString("utf8"), from: from.address }));
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", () => resolve()));
  socket.setMulticastInterface("127.0.0.1");
  socket.setRecvBufferSize(4_000_000);
  return {
    heard,
    probe: (to = "239.255.255.250", content = "", id = "urn:uuid:probe-1") => {
      const text = `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><s:Header><a:MessageID>${id}</a:MessageID></s:Header><s:Body><d:Probe>${content}</d:Probe></s:Body></s:Envelope>`;
      socket.send(text, port, to);
    },
  };
}

const types = (names: string): string => `<d:Types xmlns:dn="urn:x">${names}</d:Types>`;
const scopes = (text: string): string => `<d:Scopes>${text}</d:Scopes>`;

describe("WS-Discovery of a simulated site", () => {
  it("answers one multicast probe from every camera's own address", async () => {
    const cameras = await start({ cameras: 3 });
    const { heard, probe } = await listener();
    probe();
    await waitUntil("three answers", () => heard.length === 3);
    expect(heard.map(({ from }) => from).sort()).toEqual(cameras.map(({ host }) => host));
    for (const { text, from } of heard) {
      const camera = cameras.find(({ host }) => host === from);
      expect(text).toContain("<a:RelatesTo>urn:uuid:probe-1</a:RelatesTo>");
      expect(text).toContain(`<a:Address>${camera?.endpointReference ?? "?"}</a:Address>`);
      expect(text).toContain(camera?.deviceUrl);
      expect(text).toMatch(/AppSequence InstanceId="\d+" MessageNumber="\d+"/);
    }
  });

  it("answers 250 of 250 to one probe", async () => {
    await start({ cameras: 250 });
    const { heard, probe } = await listener();
    probe();
    await waitUntil("250 answers", () => heard.length === 250);
    const references = new Set(heard.map(({ text }) => /<a:Address>(urn:uuid:[^<]+)/.exec(text)?.[1]));
    expect(references.size).toBe(250);
  });

  it("answers a probe sent to one camera from that camera alone", async () => {
    const [, second] = await start({ cameras: 3 });
    const { heard, probe } = await listener();
    probe(second?.host);
    await waitUntil("an answer", () => heard.length > 0);
    probe(second?.host);
    await waitUntil("another", () => heard.length > 1);
    expect(new Set(heard.map(({ from }) => from))).toEqual(new Set([second?.host]));
  });

  it("is silent for other types and other scopes", async () => {
    const [first] = await start({ cameras: 2 });
    const { heard, probe } = await listener();
    probe(undefined, types("dn:Printer"));
    probe(undefined, scopes("onvif://www.onvif.org/name/Nobody"));
    probe(
      undefined,
      types("dn:NetworkVideoTransmitter") + scopes("onvif://www.onvif.org/name/Gate"),
      "urn:uuid:last",
    );
    await waitUntil("the one answer", () => heard.length > 0);
    expect(heard.map(({ from }) => from)).toEqual([first?.host]);
    expect(heard[0]?.text).toContain("urn:uuid:last");
  });

  it("says Hello when it starts and comes back, and Bye when it stops", async () => {
    const said: Heard[] = [];
    const group = createSocket({ type: "udp4", reuseAddr: true });
    sockets.push(group);
    group.on("message", (bytes, from) => said.push({ text: bytes.toString("utf8"), from: from.address }));
    await new Promise<void>((resolve) => group.bind(port, "239.255.255.250", () => resolve()));
    group.addMembership("239.255.255.250", "127.0.0.1");
    const [camera] = await start({ cameras: 1 });
    await camera?.reboot({ newAddress: here("127.82.20.77"), downMs: 10 });
    await site?.stop();
    const kind = ({ text, from }: Heard): string => `${/<d:(Hello|Bye)>/.exec(text)?.[1] ?? "?"} ${from}`;
    await waitUntil("four messages", () => said.length === 4);
    expect(said.map(kind)).toEqual([
      `Hello ${here("127.82.20.1")}`,
      `Bye ${here("127.82.20.1")}`,
      `Hello ${here("127.82.20.77")}`,
      `Bye ${here("127.82.20.77")}`,
    ]);
    const versions = said.map(({ text }) => /MetadataVersion>(\d+)</.exec(text)?.[1]);
    expect(versions).toEqual(["1", undefined, "2", undefined]);
    expect(new Set(said.map(({ text }) => /<a:Address>([^<]+)/.exec(text)?.[1])).size).toBe(1);
  });

  it("waits as long as it was told before it answers", async () => {
    await start({ cameras: 5, discovery: { port, answerDelayMs: { min: 150, max: 200 } } });
    const { heard, probe } = await listener();
    const started = performance.now();
    probe();
    await waitUntil("five answers", () => heard.length === 5);
    expect(performance.now() - started).toBeGreaterThanOrEqual(145);
  });

  it("tells several XAddrs and untidy scopes where a camera does", async () => {
    const [lobby] = await start({ cameras: [{ name: "Lobby", xaddrs: "several", untidyScopes: true }] });
    const { heard, probe } = await listener();
    probe();
    await waitUntil("an answer", () => heard.length > 0);
    const xaddrs = /<d:XAddrs>([^<]+)</.exec(heard[0]?.text ?? "")?.[1]?.split(" ") ?? [];
    expect(xaddrs).toHaveLength(3);
    expect(xaddrs.at(-1)).toBe(lobby?.deviceUrl);
    expect(heard[0]?.text).toMatch(/<d:Scopes>\n\s+onvif:/);
  });
});

describe("faults of WS-Discovery", () => {
  const cases: readonly (readonly [FaultInput, number, RegExp])[] = [
    [{ kind: "probe-duplicate", copies: 4 }, 4, /ProbeMatches/],
    [{ kind: "probe-late", delayMs: 200 }, 1, /ProbeMatches/],
    [{ kind: "probe-bundled", others: 4 }, 1, /(<d:ProbeMatch>.*){5}/s],
    [{ kind: "probe-forged", xaddrs: "http://10.0.0.1:99/admin/reboot" }, 2, /10\.0\.0\.1|127\.82\.20\.1/],
    [{ kind: "wrong-relates-to" }, 1, /^((?!probe-1).)*$/s],
    [{ kind: "bad-xaddrs", xaddrs: "gopher://x http://[::" }, 1, /gopher:\/\/x http:\/\/\[::</],
    [{ kind: "no-xaddrs" }, 1, /^((?!XAddrs).)*$/s],
    [{ kind: "probe-flood", count: 50 }, 51, /ProbeMatches/],
    [{ kind: "split-datagram" }, 2, /.+/s],
    [{ kind: "shared-endpoint-reference", endpointReference: "urn:uuid:same" }, 1, /urn:uuid:same</],
    [{ kind: "hostile-datagram", flavour: "lollipop", copies: 2 }, 2, /^lollipop$/],
    [{ kind: "hostile-datagram", flavour: "bomb" }, 1, /<!ENTITY e9/],
    [{ kind: "hostile-datagram", flavour: "entity" }, 1, /SYSTEM "file:/],
    [{ kind: "hostile-datagram", flavour: "deep" }, 1, /(<a>){8000}/],
    [{ kind: "hostile-datagram", flavour: "bad-xml" }, 1, /<\/s:Bod<\/s:Envelope>/],
    [{ kind: "hostile-datagram", flavour: "no-body" }, 1, /^((?!<s:Body>).)*$/s],
    [{ kind: "hostile-datagram", flavour: "soap-fault" }, 1, /<s:Fault\/>/],
    [{ kind: "hostile-datagram", flavour: "prototype" }, 1, /__proto__/],
    [{ kind: "hostile-datagram", flavour: "bad-utf8" }, 1, /\uFFFD/],
    [{ kind: "hostile-datagram", flavour: "random", copies: 3 }, 3, /./s],
  ];

  it.each(cases)("%o", async (fault, count, pattern) => {
    const [camera] = await start({ cameras: 1 });
    camera?.setFault(fault);
    const { heard, probe } = await listener();
    probe();
    await waitUntil("every datagram", () => heard.length === count);
    for (const { text } of heard) expect(text).toMatch(pattern);
    expect(camera?.counters.snapshot().faults[fault.kind]).toBe(1);
    camera?.clearFaults();
    probe();
    await waitUntil("a true answer", () => heard.length === count + 1);
    expect(heard.at(-1)?.text).toContain(camera?.endpointReference);
  });

  it("changes its endpoint reference with every answer", async () => {
    const [camera] = await start({ cameras: 1 });
    camera?.setFault({ kind: "changing-endpoint-reference" });
    const { heard, probe } = await listener();
    probe();
    probe();
    await waitUntil("two answers", () => heard.length === 2);
    const references = heard.map(({ text }) => /<a:Address>([^<]+)/.exec(text)?.[1]);
    expect(new Set(references).size).toBe(2);
  });

  it("can keep silent", async () => {
    const [silent, other] = await start({ cameras: 2 });
    silent?.setFault({ kind: "probe-silent" });
    const { heard, probe } = await listener();
    probe(silent?.host);
    probe(other?.host);
    await waitUntil("the other's answer", () => heard.length > 0);
    probe(other?.host);
    await waitUntil("and again", () => heard.length > 1);
    expect(new Set(heard.map(({ from }) => from))).toEqual(new Set([other?.host]));
  });

  it("lives through datagrams that are no probes", async () => {
    const [camera] = await start({ cameras: 1 });
    const { heard, probe } = await listener();
    const noise = createSocket("udp4");
    sockets.push(noise);
    for (const text of ["", "lollipop", "<a>", `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`, "<Envelope/>"]) {
      await new Promise<void>((resolve) => noise.send(text, port, camera?.host, () => resolve()));
    }
    probe(camera?.host);
    await waitUntil("an answer", () => heard.length > 0);
    expect(heard.map(({ from }) => from)).toEqual([camera?.host]);
  });
});
