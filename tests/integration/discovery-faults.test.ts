import { afterEach, describe, expect, test } from "vitest";
import type { FaultInput } from "../../electron/simulator/fault.ts";
import { openConsole, type ConsoleBench } from "./console-bench.ts";
import { here } from "../fixtures/address-block.ts";

const hostile = [
  "lollipop",
  "entity",
  "bomb",
  "deep",
  "bad-xml",
  "no-body",
  "soap-fault",
  "prototype",
  "bad-utf8",
  "random",
] as const;

let bench: ConsoleBench | undefined;
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});

/** Three cameras, the first with the fault; what the list and the report say after one run. */
async function probeWith(block: number, fault: FaultInput) {
  bench = await openConsole({ cameras: 3, addressBase: `${here(`127.85.${block}`)}.1` });
  bench.site.cameras[0]?.setFault(fault);
  const decoy = await bench.site.addDecoy({ host: `${here(`127.85.${block}`)}.200`, port: 9_996 });
  await bench.sightings();
  const { report, sightings } = bench.discovery.view();
  const mine = sightings.filter(({ host }) => host.startsWith(`${here(`127.85.${block}`)}.`));
  const at = (last: number): typeof mine =>
    mine.filter(({ host }) => host === `${here(`127.85.${block}`)}.${last}`);
  const reasons = new Map(report.ignored.map(({ reason, count }) => [reason, count]));
  return { mine, at, reasons, decoy, site: bench.site };
}

describe("cameras that answer oddly", () => {
  test("duplicates and late answers are one camera each", async () => {
    const copies = await probeWith(100, { kind: "probe-duplicate", copies: 20 });
    expect(copies.mine).toHaveLength(3);
    expect(copies.mine.flatMap(({ flags }) => flags)).toEqual([]);
  });

  test("an answer that is late but within the run is heard", async () => {
    const late = await probeWith(101, { kind: "probe-late", delayMs: 1_200 });
    expect(late.at(1)).toHaveLength(1);
  });

  test("bundled answers are all read, and flagged where they speak for other hosts", async () => {
    const bundled = await probeWith(102, { kind: "probe-bundled", others: 4 });
    expect(bundled.at(2)).toHaveLength(1);
    expect(bundled.at(1).length).toBeGreaterThanOrEqual(1);
  });

  test("a forged answer that points at another host is flagged and nobody goes there", async () => {
    const forged = await probeWith(103, {
      kind: "probe-forged",
      xaddrs: `http://${here("127.85.103.200")}:9996/admin`,
    });
    expect(forged.at(1).some(({ flags }) => flags.includes("other-host"))).toBe(true);
    expect(forged.at(200)).toEqual([]);
    expect(forged.decoy.connections).toBe(0);
  });

  test("a forged answer with another camera's identity is flagged on both", async () => {
    bench = await openConsole({ cameras: 3, addressBase: here("127.85.104.1") });
    const [first, second] = bench.site.cameras;
    if (first === undefined || second === undefined) throw new Error("no cameras");
    const { endpointReference } = second;
    first.setFault({ kind: "probe-forged", xaddrs: first.deviceUrl, endpointReference });
    await bench.sightings();
    const claimed = bench.discovery
      .view()
      .sightings.filter((each) => each.endpointReference === endpointReference);
    expect(claimed.map(({ host }) => host).sort()).toEqual([here("127.85.104.1"), here("127.85.104.2")]);
    for (const { flags } of claimed) expect(flags).toContain("duplicate-identity");
  });

  test("answers to somebody else's question are ignored and counted", async () => {
    const wrong = await probeWith(105, { kind: "wrong-relates-to" });
    expect(wrong.at(1)).toEqual([]);
    expect(wrong.at(2)).toHaveLength(1);
    expect(wrong.reasons.get("an answer to a question that we did not ask")).toBeGreaterThanOrEqual(1);
  });

  test.each([
    [106, { kind: "bad-xaddrs", xaddrs: "javascript:alert(1) http://u:p@1.2.3.4/ ::::" }],
    [107, { kind: "no-xaddrs" }],
  ] as const)(
    "without a usable address it is listed at the address it answered from (%i)",
    async (block, fault) => {
      const odd = await probeWith(block, fault);
      expect(odd.at(1)).toHaveLength(1);
      expect(odd.at(1)[0]).toMatchObject({ host: `${here(`127.85.${block}`)}.1`, port: 80 });
    },
  );

  test("hostile datagrams of every kind do no harm and hide nobody", async () => {
    bench = await openConsole({ cameras: hostile.length + 2, addressBase: here("127.85.108.1") });
    for (const [index, flavour] of hostile.entries()) {
      bench.site.cameras[index]?.setFault({ kind: "hostile-datagram", flavour, copies: 3 });
    }
    const seen = await bench.sightings();
    const whole = bench.site.cameras.slice(hostile.length).map(({ host }) => host);
    expect(seen.map(({ host }) => host)).toEqual(expect.arrayContaining(whole));
    const { ignored } = bench.discovery.view().report;
    const reasons = ignored.map(({ reason }) => reason);
    expect(reasons).toEqual(
      expect.arrayContaining(["broken XML", "an XML document type, which may be an attack"]),
    );
    expect(ignored.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(20);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test("a flood is cut, counted, and the others are still found", async () => {
    const flood = await probeWith(109, { kind: "probe-flood", count: 2_000 });
    expect(flood.at(1).length).toBeLessThanOrEqual(64);
    expect(flood.at(2)).toHaveLength(1);
    expect(flood.at(3)).toHaveLength(1);
    expect(flood.reasons.get("too many answers from one address")).toBeGreaterThanOrEqual(1);
  });

  test("an answer cut in two datagrams and references that change do no harm", async () => {
    const split = await probeWith(110, { kind: "split-datagram" });
    expect(split.at(2)).toHaveLength(1);
    expect(split.reasons.get("broken XML")).toBeGreaterThanOrEqual(1);
    await bench?.stop();
    const changing = await probeWith(111, { kind: "changing-endpoint-reference" });
    expect(changing.at(1)).toHaveLength(1);
  });
});
