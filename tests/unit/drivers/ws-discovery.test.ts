import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Inbox } from "../../../electron/drivers/ws-discovery/inbox.ts";
import {
  buildProbe,
  DiscoveryMessageError,
  looksLikeCamera,
  maxMatchesPerMessage,
  parseDiscoveryMessage,
} from "../../../electron/drivers/ws-discovery/message.ts";
import { listNetworkCards } from "../../../electron/drivers/ws-discovery/network-cards.ts";
import { cleanLine, readMac, readScopes } from "../../../electron/drivers/ws-discovery/scopes.ts";
import { SentProbes } from "../../../electron/drivers/ws-discovery/sent-probes.ts";
import { chooseEndpoint, readXAddrs } from "../../../electron/drivers/ws-discovery/xaddrs.ts";
import { parseXml, textAt } from "../../../electron/drivers/soap/xml.ts";
import { probeMatches } from "../../fixtures/discovery-answers.ts";

const parse = (xml: string): ReturnType<typeof parseDiscoveryMessage> =>
  parseDiscoveryMessage(Buffer.from(xml));

describe("WS-Discovery messages", () => {
  test("reads an answer with its reference, types, scopes and addresses", () => {
    const message = parse(
      probeMatches("urn:uuid:probe", [
        {
          reference: "urn:uuid:cam-1",
          xaddrs: "http://10.0.0.5/onvif/device_service http://[fe80::1]/onvif/device_service",
          scopes:
            "onvif://www.onvif.org/name/Gate%20North\n  onvif://www.onvif.org/hardware/AM-1 onvif://www.onvif.org/location/country/UK",
        },
      ]),
    );
    expect(message).toMatchObject({ kind: "probe-matches", relatesTo: "urn:uuid:probe" });
    const [match] = message.matches;
    expect(match?.endpointReference).toBe("urn:uuid:cam-1");
    expect(match?.scopes).toMatchObject({ name: "Gate North", hardware: "AM-1", location: "UK" });
    expect(match?.xaddrs.map((xaddr) => xaddr.host)).toEqual(["10.0.0.5", "fe80::1"]);
  });

  test("reads bundles, but no more than its bound", () => {
    const many = Array.from({ length: maxMatchesPerMessage + 40 }, (_, n) => ({
      reference: `urn:uuid:${n}`,
      xaddrs: "",
    }));
    expect(parse(probeMatches("x", many.slice(0, 3))).matches).toHaveLength(3);
    expect(parse(probeMatches("x", many)).matches).toHaveLength(maxMatchesPerMessage);
  });

  test("says in plain words why a datagram is not understood", () => {
    const words = (xml: string): string => {
      try {
        parse(xml);
        return "";
      } catch (error) {
        expect(error).toBeInstanceOf(DiscoveryMessageError);
        return (error as Error).message;
      }
    };
    expect(words("lollipop")).toBe("broken XML");
    expect(words("<a/>")).toBe("not SOAP");
    expect(words('<!DOCTYPE x [<!ENTITY a "b">]><Envelope/>')).toMatch(/attack/);
    expect(words("<Envelope><Header/></Envelope>")).toBe("no SOAP body");
    expect(words("<Envelope><Body><Fault/></Body></Envelope>")).toBe("a SOAP fault");
    expect(words("<Envelope><Body><ProbeMatches/></Body></Envelope>")).toMatch(/names no device/);
    expect(words(buildProbe("x", "camera").toString())).toBe("not a WS-Discovery answer");
  });

  test("never throws anything but its own error, whatever arrives", () => {
    const mutated = fc
      .tuple(
        fc.array(fc.tuple(fc.nat(2_000), fc.integer({ min: 0, max: 255 })), { maxLength: 8 }),
        fc.nat(2_000),
      )
      .map(([edits, length]) => {
        const bytes = Buffer.from(
          probeMatches("urn:uuid:x", [{ reference: "urn:uuid:1", xaddrs: "http://10.0.0.1/" }]),
        );
        for (const [index, value] of edits) if (index < bytes.length) bytes[index] = value;
        return bytes.subarray(0, Math.max(1, length));
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 600 }), mutated), (bytes) => {
        try {
          parseDiscoveryMessage(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(DiscoveryMessageError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test("a probe is well-formed and asks for one type each", () => {
    for (const [kind, type] of [
      ["camera", "dn:NetworkVideoTransmitter"],
      ["device", "tds:Device"],
    ] as const) {
      const probe = parseXml(buildProbe("0-1", kind).toString());
      expect(textAt(probe, "Body", "Probe", "Types")).toBe(type);
      expect(textAt(probe, "Header", "MessageID")).toBe("urn:uuid:0-1");
    }
  });
});

describe("scopes", () => {
  test("are decoded once, cleaned and cut; unknown and broken ones do no harm", () => {
    const words = readScopes(
      "\n onvif://www.onvif.org/name/100%25%20%E2%80%AEevil onvif://www.onvif.org/name/second" +
        " onvif://www.onvif.org/hardware/50%zz onvif://www.onvif.org/mac/00-11-32-AA-bb-cc" +
        " onvif://www.onvif.org/location/city/Bath onvif://www.onvif.org/location/Roof odyssey://x",
    );
    expect(words.name).toBe("100% evil");
    expect(words.hardware).toBe("50%zz");
    expect(words.mac).toBe("00:11:32:aa:bb:cc");
    expect(words.location).toBe("Bath, Roof");
  });

  test("MACs that name no single device are none", () => {
    expect(readMac("00:00:00:00:00:00")).toBeNull();
    expect(readMac("ff:ff:ff:ff:ff:ff")).toBeNull();
    expect(readMac("0011.32aa.bbcc")).toBe("00:11:32:aa:bb:cc");
    expect(readMac("no")).toBeNull();
  });

  test("never throws and never gives a control character or more than 128 characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const { name } = readScopes(`onvif://www.onvif.org/name/${text}`);
        expect(name.length).toBeLessThanOrEqual(128);
        expect(name).not.toMatch(/[\p{Cc}\u202e]/u);
        expect(cleanLine(text, 10).length).toBeLessThanOrEqual(10);
      }),
    );
  });
});

describe("XAddrs", () => {
  test("the sender's own address is chosen among several, without a flag", () => {
    const xaddrs = readXAddrs(
      "http://cam.local/a http://[fe80::1]:81/b http://10.0.0.5:8080/onvif/device_service",
    );
    expect(chooseEndpoint(xaddrs, "10.0.0.5")).toEqual({
      host: "10.0.0.5",
      port: 8080,
      tls: false,
      path: "/onvif/device_service",
      flags: [],
    });
    expect(chooseEndpoint(xaddrs, "fe80::1%eth0")).toMatchObject({
      host: "fe80::1%eth0",
      port: 81,
      flags: [],
    });
  });

  test("an address of another host is flagged, and the host stays the sender", () => {
    const spoofed = readXAddrs("http://10.77.0.2:9999/admin/reboot");
    expect(chooseEndpoint(spoofed, "10.0.0.5")).toMatchObject({ host: "10.0.0.5", flags: ["other-host"] });
    expect(chooseEndpoint(readXAddrs("http://cam.local/x"), "10.0.0.5")).toMatchObject({
      host: "10.0.0.5",
      flags: ["host-name"],
    });
  });

  test("what is no plain web address is left out", () => {
    expect(readXAddrs("file:///etc/passwd http://u:p@10.0.0.1/ javascript:1 http://:0/ ftp://a x")).toEqual(
      [],
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const xaddr of readXAddrs(text)) expect(xaddr.path.startsWith("/")).toBe(true);
      }),
    );
  });

  test("devices that are no cameras are told apart", () => {
    const [printer] = parse(
      probeMatches("x", [{ reference: "urn:uuid:p", xaddrs: "", types: "wsdp:Device wprt:Printer" }]),
    ).matches;
    const [camera] = parse(probeMatches("x", [{ reference: "urn:uuid:c", xaddrs: "" }])).matches;
    expect(printer !== undefined && looksLikeCamera(printer)).toBe(false);
    expect(camera !== undefined && looksLikeCamera(camera)).toBe(true);
  });
});

describe("inbox", () => {
  const limits = { maxCount: 10, maxBytes: 1_000, maxWaitingPerSender: 4, maxPerSender: 6, windowMs: 1_000 };
  const from = (sender: string, receivedMs = 0, size = 10): Parameters<Inbox["put"]>[0] => ({
    bytes: new Uint8Array(size),
    sender,
    receivedMs,
    interfaceAddress: "10.0.0.1",
    isAnnouncement: false,
  });

  test("one flooding address is cut while others are still heard", () => {
    const inbox = new Inbox(limits);
    const refusals = Array.from({ length: 8 }, () => inbox.put(from("10.0.0.66")));
    expect(refusals.filter((each) => each === "flood")).toHaveLength(4);
    expect(inbox.put(from("10.0.0.5"))).toBeUndefined();
  });

  test("is bounded in count and bytes", () => {
    const inbox = new Inbox(limits);
    for (let n = 0; n < 10; n += 1) expect(inbox.put(from(`10.0.1.${n}`))).toBeUndefined();
    expect(inbox.put(from("10.0.2.1"))).toBe("full");
    const second = new Inbox(limits);
    expect(second.put(from("10.0.0.1", 0, 999))).toBeUndefined();
    expect(second.put(from("10.0.0.2", 0, 2))).toBe("full");
  });

  test("gives back in order what was put, and hears a flooder again after the window", () => {
    const inbox = new Inbox(limits);
    for (let n = 0; n < 4; n += 1) inbox.put(from("10.0.0.1", n));
    expect([inbox.take(), inbox.take()].map((each) => each?.receivedMs)).toEqual([0, 1]);
    inbox.take();
    inbox.take();
    expect(inbox.take()).toBeUndefined();
    for (let n = 0; n < 3; n += 1) inbox.put(from("10.0.0.1", 5));
    expect(inbox.put(from("10.0.0.1", 6))).toBe("flood");
    expect(inbox.put(from("10.0.0.1", 2_000))).toBeUndefined();
  });
});

test("answers relate to our probes of the last 30 s, in any spelling of the id", () => {
  const sent = new SentProbes();
  sent.add("Ab-1", "group", 0);
  expect(sent.find("urn:uuid:ab-1", 29_000)).toBe("group");
  expect(sent.find("uuid:AB-1", 30_000)).toBe("group");
  expect(sent.find("ab-1", 30_001)).toBeUndefined();
  expect(sent.find("urn:uuid:other", 0)).toBeUndefined();
  expect(sent.find("", 0)).toBeUndefined();
});

test("every IPv4 address is a card, IPv6 only by its link-local one, loopback only when asked", () => {
  const four = (address: string, internal = false) =>
    ({ address, netmask: "", family: "IPv4", mac: "", internal, cidr: `${address}/24` }) as const;
  const six = (address: string, scopeid: number) =>
    ({
      address,
      netmask: "",
      family: "IPv6",
      mac: "",
      internal: false,
      cidr: `${address}/64`,
      scopeid,
    }) as const;
  const table = {
    lo: [four("127.0.0.1", true)],
    eth0: [four("10.0.0.5"), four("192.168.1.5"), six("fd00::2", 0), six("fe80::2", 7)],
  };
  const names = (loopback: boolean, platform = "linux"): string[] =>
    listNetworkCards(loopback, table, platform).map(
      (card) => `${card.address}/${card.prefixLength}%${card.zone}`,
    );
  expect(names(false)).toEqual(["10.0.0.5/24%", "192.168.1.5/24%", "fe80::2/64%eth0"]);
  expect(names(true)[0]).toBe("127.0.0.1/24%");
  expect(names(false, "win32")[2]).toBe("fe80::2/64%7");
});
