import { randomUUID } from "node:crypto";
import { systemClock } from "../../shared/base/clock.ts";
import { CredentialId } from "../../shared/base/ids.ts";
import { fail, ok } from "../../shared/base/result.ts";
import type { Sighting } from "../../shared/model/sighting.ts";
import { listNetworkCards } from "../../electron/drivers/ws-discovery/network-cards.ts";
import { DeviceService } from "../../electron/main/devices/device-service.ts";
import { DiscoveryService } from "../../electron/main/discovery/discovery-service.ts";
import { startSite } from "../../electron/simulator/site.ts";
import type { SimulatedCamera, Site } from "../../electron/simulator/site-api.ts";
import type { SiteOptions } from "../../electron/simulator/site-options.ts";
import { KeptLog } from "../fixtures/silent-log.ts";
import { openMemoryStore } from "../store/open-memory-store.ts";

/** Discovery and devices over a simulated site and a store in memory, wired as the console wires them. */
export interface ConsoleBench {
  readonly site: Site;
  readonly discovery: DiscoveryService;
  readonly devices: DeviceService;
  readonly log: KeptLog;
  /** Stores a login for the test. */
  readonly login: (username: string, password: string) => Promise<CredentialId>;
  /** Probes, and gives the site's cameras as sighted, in the site's order. */
  readonly sightings: () => Promise<Sighting[]>;
  /** Types a camera's address. */
  readonly add: (camera: SimulatedCamera) => Promise<Sighting>;
  readonly stop: () => Promise<void>;
}

export async function openConsole(
  options: SiteOptions,
  settings: { readonly checkEveryMs?: number; readonly isListening?: boolean } = {},
): Promise<ConsoleBench> {
  const site = await startSite({ rtsp: false, ...options });
  const { store, close } = openMemoryStore();
  const log = new KeptLog();
  const logins = new Map<CredentialId, { username: string; password: string }>();
  const discovery: DiscoveryService = new DiscoveryService({
    clock: systemClock,
    random: Math.random,
    log,
    listCards: () => listNetworkCards(true).filter((card) => card.address === "127.0.0.1"),
    listSubnets: () => ["127.0.0.1/8"],
    isListening: () => settings.isListening ?? false,
    deviceOf: (sighting) => devices.deviceOf(sighting),
  });
  const devices: DeviceService = new DeviceService({
    clock: systemClock,
    random: Math.random,
    log,
    store,
    reveal: async (id) => {
      const login = logins.get(id);
      return login === undefined ? fail("not-found") : ok(login);
    },
    sighting: (id) => discovery.get(id),
    runJob: (_title, _options, work) =>
      work({ step: () => undefined, progress: () => undefined }, new AbortController().signal),
    seek: () => discovery.seek(),
    probe: (host) => void discovery.probeAddress(host),
    checkEveryMs: settings.checkEveryMs ?? 60_000,
  });
  const unsubscribe = discovery.sighted.subscribe(({ sighting, isAnswer }) =>
    devices.considerSighting(sighting, isAnswer),
  );
  await devices.start();
  discovery.start(new AbortController().signal);
  return {
    site,
    discovery,
    devices,
    log,
    login: async (username, password) => {
      const id = CredentialId.parse(randomUUID());
      await store.saveCredential({
        id,
        label: username,
        username,
        sealed: new Uint8Array([1]),
        seal: "demo",
        createdAt: 0,
      });
      logins.set(id, { username, password });
      return id;
    },
    sightings: async () => {
      await discovery.probe();
      const seen = discovery.view().sightings;
      return site.cameras.flatMap((camera) =>
        seen.filter((each) => each.endpointReference === camera.endpointReference),
      );
    },
    add: (camera) => discovery.add(`${camera.host}:${camera.httpPort}`, new AbortController().signal),
    stop: async () => {
      unsubscribe();
      await discovery.stop();
      await devices.stop();
      await site.stop();
      close();
    },
  };
}
