import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { listNetworkCards } from "../../electron/drivers/ws-discovery/network-cards.ts";
import { DiscoveryService, type DiscoveryDeps } from "../../electron/main/discovery/discovery-service.ts";
import { systemClock } from "../../shared/base/clock.ts";
import type { Sighting } from "../../shared/model/sighting.ts";
import { announcement, probeMatches } from "../fixtures/discovery-answers.ts";
import { KeptLog } from "../fixtures/silent-log.ts";
import { UdpResponder, type Answer } from "../fixtures/udp-responder.ts";
import { waitUntil } from "../fixtures/wait-until.ts";
import { here } from "../fixtures/address-block.ts";

const endings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (let end = endings.pop(); end !== undefined; end = endings.pop()) await end();
});

/** Others on this machine may answer too: only references of this test count. */
let tag = 0;
const newTag = (): string => `urn:uuid:t${process.pid}-${(tag += 1)}-`;

async function network(
  answer: (relatesTo: string, probe: string) => readonly Answer[],
): Promise<UdpResponder> {
  const responder = new UdpResponder(answer);
  await responder.start();
  endings.push(() => responder.stop());
  return responder;
}

function discovery(deps: Partial<DiscoveryDeps> = {}): DiscoveryService {
  const service = new DiscoveryService({
    clock: systemClock,
    random: Math.random,
    log: new KeptLog(),
    listCards: () => listNetworkCards(true).filter((card) => card.address === "127.0.0.1"),
    listSubnets: () => ["127.0.0.1/8"],
    isListening: () => false,
    deviceOf: () => null,
    ...deps,
  });
  service.start(new AbortController().signal);
  endings.push(() => service.stop());
  return service;
}

const ours = (service: DiscoveryService, prefix: string): Sighting[] =>
  service.view().sightings.filter((each) => each.endpointReference?.startsWith(prefix) === true);

const url = (host: string): string => `http://${host}:8080/onvif/device_service`;

describe("discovery on a network", () => {
  test("finds every device of a burst and tells what it did", async () => {
    const prefix = newTag();
    const hosts = Array.from({ length: 60 }, (_, n) => `${here("127.85.1")}.${n + 1}`);
    await network((relatesTo) =>
      hosts.map((from) => ({
        from,
        xml: probeMatches(relatesTo, [{ reference: prefix + from, xaddrs: url(from) }]),
      })),
    );
    const service = discovery();
    await service.probe();
    const found = ours(service, prefix);
    expect(found).toHaveLength(60);
    expect(found.every((each) => each.flags.length === 0 && each.via === "probe" && each.port === 8080)).toBe(
      true,
    );
    const [card] = service.view().report.interfaces;
    expect(card).toMatchObject({ name: "lo", address: "127.0.0.1", probesSent: 5, failure: null });
    expect(card?.answers).toBeGreaterThanOrEqual(60);
    expect(card?.devices).toBeGreaterThanOrEqual(60);
    expect(card?.firstAnswerMs).toBeLessThanOrEqual(card?.lastAnswerMs ?? 0);
  });

  test("hostile answers are counted, flagged and never followed", async () => {
    const prefix = newTag();
    let connections = 0;
    const decoy: Server = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => decoy.listen(9_999, here("127.85.2.99"), resolve));
    endings.push(() => new Promise<void>((resolve) => decoy.close(() => resolve())));
    const bomb = `<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><a>&b;</a>`;
    const spoofed = {
      reference: `${prefix}spoofed`,
      xaddrs: `http://${here("127.85.2.99")}:9999/admin/reboot`,
    };
    const honest = { reference: `${prefix}honest`, xaddrs: url(here("127.85.2.1")) };
    await network((relatesTo) => [
      { from: here("127.85.2.66"), xml: "lollipop" },
      { from: here("127.85.2.66"), xml: bomb },
      { from: here("127.85.2.66"), xml: "<a>".repeat(5_000) },
      {
        from: here("127.85.2.66"),
        xml: probeMatches("urn:uuid:somebody-else", [{ ...honest, reference: `${prefix}wrong` }]),
      },
      { from: here("127.85.2.67"), xml: probeMatches(relatesTo, [spoofed]) },
      { from: here("127.85.2.1"), xml: probeMatches(relatesTo, [honest]) },
      { from: here("127.85.2.1"), xml: probeMatches(relatesTo, [honest]) },
      {
        from: here("127.85.2.2"),
        xml: probeMatches(relatesTo, [{ ...honest, xaddrs: url(here("127.85.2.2")) }]),
      },
      ...Array.from({ length: 300 }, () => ({ from: here("127.85.2.68"), xml: "<x/>" })),
    ]);
    const service = discovery();
    await service.probe();
    const found = ours(service, prefix);
    const flagsOf = (host: string): readonly string[] =>
      found.find((each) => each.host === host)?.flags ?? [];
    expect(found.map((each) => each.host).sort()).toEqual([
      here("127.85.2.1"),
      here("127.85.2.2"),
      here("127.85.2.67"),
    ]);
    expect(flagsOf(here("127.85.2.67"))).toEqual(["other-host"]);
    expect(flagsOf(here("127.85.2.1"))).toEqual(["duplicate-identity"]);
    expect(flagsOf(here("127.85.2.2"))).toEqual(["duplicate-identity"]);
    const reasons = new Map(service.view().report.ignored.map((each) => [each.reason, each.count]));
    expect(reasons.get("broken XML")).toBeGreaterThanOrEqual(2);
    expect(reasons.get("an XML document type, which may be an attack")).toBeGreaterThanOrEqual(1);
    expect(reasons.get("an answer to a question that we did not ask")).toBeGreaterThanOrEqual(1);
    expect(reasons.get("too many answers from one address")).toBeGreaterThanOrEqual(1);
    expect(connections).toBe(0);
  });

  test("a device in a subnet in which we have no address is flagged and explained", async () => {
    const prefix = newTag();
    await network((relatesTo) => [
      {
        from: here("127.85.3.7"),
        xml: probeMatches(relatesTo, [{ reference: `${prefix}far`, xaddrs: url(here("127.85.3.7")) }]),
      },
    ]);
    const service = discovery({ listSubnets: () => ["127.0.0.1/24"] });
    await service.probe();
    expect(ours(service, prefix)[0]?.flags).toEqual(["foreign-subnet"]);
    const remarks = service.view().report.interfaces[0]?.remarks ?? [];
    expect(remarks).toContain(`answered from ${here("127.85.3.7")}, but you have no address there`);
  });

  test("a card that cannot send says why, and a card that appears during the run is probed", async () => {
    const prefix = newTag();
    await network((relatesTo) => [
      {
        from: here("127.85.4.1"),
        xml: probeMatches(relatesTo, [{ reference: `${prefix}1`, xaddrs: url(here("127.85.4.1")) }]),
      },
    ]);
    const real = listNetworkCards(true).filter((card) => card.address === "127.0.0.1");
    const unplugged = {
      name: "usb0",
      address: "198.51.100.7",
      family: "IPv4",
      prefixLength: 24,
      zone: "",
      isLoopback: false,
    } as const;
    let asked = 0;
    const service = discovery({ listCards: () => ((asked += 1) < 3 ? [unplugged] : [unplugged, ...real]) });
    await service.probe();
    const report = service.view().report.interfaces;
    expect(report.find((each) => each.name === "usb0")).toMatchObject({
      probesSent: 0,
      failure: "this address is no longer on the network card",
    });
    expect(ours(service, prefix)).toHaveLength(1);
  });

  test("cameras that say Hello appear by themselves, and go when they say Bye", async () => {
    const prefix = newTag();
    const responder = await network(() => []);
    const service = discovery({ isListening: () => true });
    const device = { reference: `${prefix}new`, xaddrs: url(here("127.85.5.1")) };
    await waitUntil("Hello heard", async () => {
      await responder.send(here("127.85.5.1"), announcement("Hello", device), "239.255.255.250", 3702);
      return ours(service, prefix).length === 1;
    });
    expect(ours(service, prefix)[0]).toMatchObject({ via: "hello", gone: false, host: here("127.85.5.1") });
    await responder.send(here("127.85.5.66"), announcement("Bye", device), "239.255.255.250", 3702);
    await responder.send(here("127.85.5.1"), announcement("Bye", device), "239.255.255.250", 3702);
    await waitUntil("Bye heard", () => ours(service, prefix)[0]?.gone === true);
  });

  test("a device that comes back at another address in a later run is one entry at the new address", async () => {
    const prefix = newTag();
    let host = here("127.85.6.1");
    await network((relatesTo) => [
      { from: host, xml: probeMatches(relatesTo, [{ reference: `${prefix}moving`, xaddrs: url(host) }]) },
    ]);
    const service = discovery();
    await service.probe();
    const before = ours(service, prefix);
    host = here("127.85.6.2");
    await service.probe();
    const after = ours(service, prefix);
    expect(after).toHaveLength(1);
    expect(after[0]).toMatchObject({ id: before[0]?.id, host: here("127.85.6.2"), flags: [] });
  });
});
