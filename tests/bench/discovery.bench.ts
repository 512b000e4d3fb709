import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import onvif from "onvif";
import { z } from "zod";
import { listNetworkCards } from "../../electron/drivers/ws-discovery/network-cards.ts";
import { DiscoveryService } from "../../electron/main/discovery/discovery-service.ts";
import { systemClock } from "../../shared/base/clock.ts";
import { KeptLog } from "../fixtures/silent-log.ts";

/**
 * 250 simulated cameras, in a process of their own, answer a probe in one burst. How many are listed, and
 * when the last one is, by us and by the discovery of the `onvif` package; then a sweep of 254 addresses.
 */
const devices = 250;
const limits = { found: devices, lastMs: 1_000, sweepMs: 3_000 };
const isQuick = process.argv.includes("--quick");
const runs = isQuick ? 1 : 5;
const range = "127.85.60.0/24";

interface Found {
  readonly found: number;
  readonly lastMs: number;
}

const Ready = z.object({ references: z.array(z.string()) });

async function startCameras(): Promise<{ child: ChildProcess; references: ReadonlySet<string> }> {
  const file = fileURLToPath(new URL("discovery-site.ts", import.meta.url));
  const child = spawn(process.execPath, [file, String(devices)], { stdio: ["pipe", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, references: new Set(Ready.parse(JSON.parse(line)).references) };
  }
  throw new Error("the simulated cameras did not start");
}

function newDiscovery(): DiscoveryService {
  const service = new DiscoveryService({
    clock: systemClock,
    random: Math.random,
    log: new KeptLog(),
    listCards: () => listNetworkCards(true).filter((card) => card.address === "127.0.0.1"),
    listSubnets: () => ["127.0.0.1/8"],
    isListening: () => false,
    deviceOf: () => null,
  });
  service.start(new AbortController().signal);
  return service;
}

/** Counts what the discovery drawer would list, at the time it would. */
async function runOurs(references: ReadonlySet<string>): Promise<Found & { packets: number }> {
  const service = newDiscovery();
  const startedMs = performance.now();
  let found = 0;
  let lastMs = 0;
  service.changed.subscribe(({ sightings }) => {
    const listed = sightings.filter(({ endpointReference }) =>
      references.has(endpointReference ?? ""),
    ).length;
    if (listed > found) lastMs = performance.now() - startedMs;
    found = listed;
  });
  await service.probe();
  const packets = service.view().report.interfaces.reduce((sum, card) => sum + card.answers, 0);
  await service.stop();
  return { found, lastMs: Math.round(lastMs), packets };
}

async function runSweep(references: ReadonlySet<string>): Promise<{ sweepMs: number; sweepFound: number }> {
  const service = newDiscovery();
  const startedMs = performance.now();
  await service.sweep(range, new AbortController().signal);
  const sweepMs = Math.round(performance.now() - startedMs);
  const { sightings } = service.view();
  await service.stop();
  const sweepFound = sightings.filter(({ endpointReference }) =>
    references.has(endpointReference ?? ""),
  ).length;
  return { sweepMs, sweepFound };
}

/** The package's own discovery on the same card; without `resolve`, which would connect to every answer. */
function runPeer(references: ReadonlySet<string>, bufferSize: number | undefined): Promise<Found> {
  return new Promise((resolve) => {
    const { Discovery } = onvif;
    const seen = new Set<string>();
    const startedMs = performance.now();
    let lastMs = 0;
    const hear = (_device: unknown, _from: unknown, xml: string): void => {
      const reference = [...references].find((each) => xml.includes(each));
      if (reference === undefined || seen.has(reference)) return;
      seen.add(reference);
      lastMs = performance.now() - startedMs;
    };
    // Without a listener one bad datagram would end the process.
    const ignore = (): void => undefined;
    Discovery.on("error", ignore);
    Discovery.on("device", hear);
    const options = {
      device: "lo",
      resolve: false,
      timeout: 3_000,
      ...(bufferSize === undefined ? {} : { bufferSize }),
    };
    Discovery.probe(options, () => {
      Discovery.off("device", hear);
      Discovery.off("error", ignore);
      resolve({ found: seen.size, lastMs: Math.round(lastMs) });
    });
  });
}

/** `onvif-util -a` when it is installed; undefined when not. */
function runOnvifUtil(): number | undefined {
  const found = spawnSync("onvif-util", ["-a"], { encoding: "utf8", timeout: 15_000 });
  if (found.error !== undefined) return undefined;
  return new Set(found.stdout.match(/127\.85\.60\.\d{1,3}/g) ?? []).size;
}

const worst = (results: readonly Found[]): Found => ({
  found: Math.min(...results.map(({ found }) => found)),
  lastMs: Math.max(...results.map(({ lastMs }) => lastMs)),
});

const { child, references } = await startCameras();
try {
  const ours: Found[] = [];
  const peers: Found[] = [];
  const sweeps: Awaited<ReturnType<typeof runSweep>>[] = [];
  for (let run = 1; run <= runs; run += 1) {
    const own = await runOurs(references);
    const peer = await runPeer(references, undefined);
    const swept = await runSweep(references);
    ours.push(own);
    peers.push(peer);
    sweeps.push(swept);
    console.log(
      `run ${run}: ours ${own.found} of ${devices}, last after ${own.lastMs} ms (${own.packets} answers);` +
        ` onvif ${peer.found}, last after ${peer.lastMs} ms; sweep of 254 ${swept.sweepMs} ms, ${swept.sweepFound} found`,
    );
  }
  const largeBuffer = await runPeer(references, 4 * 1024 * 1024);
  console.log(`onvif with a receive buffer of 4 MB: ${largeBuffer.found} of ${devices}`);
  const util = runOnvifUtil();
  console.log(util === undefined ? "onvif-util is not installed: not compared" : `onvif-util: ${util}`);
  const own = {
    ...worst(ours),
    sweepMs: Math.max(...sweeps.map(({ sweepMs }) => sweepMs)),
    sweepFound: Math.min(...sweeps.map(({ sweepFound }) => sweepFound)),
  };
  const peer = { name: "onvif 0.8.3", ...worst(peers), foundLargeBuffer: largeBuffer.found };
  const pass =
    own.found >= limits.found &&
    own.lastMs < limits.lastMs &&
    own.sweepMs < limits.sweepMs &&
    own.sweepFound >= devices &&
    own.found >= peer.found;
  const ratio = { found: Number((own.found / Math.max(1, peer.found)).toFixed(2)) };
  const runtime = `node ${process.versions.node}`;
  console.log(JSON.stringify({ bench: "discovery", ours: own, peer, ratio, limits, pass, runtime }));
  process.exitCode = pass ? 0 : 1;
} finally {
  child.stdin?.end();
}
