import { randomUUID } from "node:crypto";
import { systemClock } from "../../shared/base/clock.ts";
import { CredentialId } from "../../shared/base/ids.ts";
import { fail, ok } from "../../shared/base/result.ts";
import type { Sighting } from "../../shared/model/sighting.ts";
import { listNetworkCards, listSubnets } from "../../electron/drivers/ws-discovery/network-cards.ts";
import { DeviceService } from "../../electron/main/devices/device-service.ts";
import { DiscoveryService } from "../../electron/main/discovery/discovery-service.ts";
import { urlHost } from "../../electron/simulator/addresses.ts";
import { startSite } from "../../electron/simulator/site.ts";
import type { SimulatedCamera, Site } from "../../electron/simulator/site-api.ts";
import type { SiteOptions } from "../../electron/simulator/site-options.ts";
import { KeptLog } from "../fixtures/silent-log.ts";
import { openMemoryStore } from "../store/open-memory-store.ts";

/** Discovery and devices over a store in memory, wired as the console wires them. */
export interface Desk {
  readonly discovery: DiscoveryService;
  readonly devices: DeviceService;
  readonly log: KeptLog;
  /** Stores a login for the test. */
  readonly login: (username: string, password: string) => Promise<CredentialId>;
  readonly stop: () => Promise<void>;
}

/** The same over a simulated site. */
export interface ConsoleBench extends Desk {
  readonly site: Site;
  /** Probes, and gives the site's cameras as sighted, in the site's order. */
  readonly sightings: () => Promise<Sighting[]>;
  /** Types a camera's address. */
  readonly add: (camera: SimulatedCamera) => Promise<Sighting>;
}

export interface DeskSettings {
  readonly checkEveryMs?: number;
  readonly isListening?: boolean;
  /** All cards of this computer but the loopback, instead of 127.0.0.1. */
  readonly usesRealCards?: boolean;
}

export async function openConsole(options: SiteOptions, settings: DeskSettings = {}): Promise<ConsoleBench> {
  const site = await startSite({ rtsp: false, ...options });
  const desk = await openDesk(settings);
  return {
    ...desk,
    site,
    sightings: async () => {
      await desk.discovery.probe();
      const seen = desk.discovery.view().sightings;
      return site.cameras.flatMap((camera) =>
        seen.filter((each) => each.endpointReference === camera.endpointReference),
      );
    },
    add: (camera) =>
      desk.discovery.add(`${urlHost(camera.host)}:${camera.httpPort}`, new AbortController().signal),
    stop: async () => {
      await desk.stop();
      await site.stop();
    },
  };
}

/** Discovery and devices alone, for cameras that run elsewhere. */
export async function openDesk(settings: DeskSettings = {}): Promise<Desk> {
  const { usesRealCards = false } = settings;
  const { store, close } = openMemoryStore();
  const log = new KeptLog();
  const logins = new Map<CredentialId, { username: string; password: string }>();
  const discovery: DiscoveryService = new DiscoveryService({
    clock: systemClock,
    random: Math.random,
    log,
    listCards: () =>
      usesRealCards
        ? listNetworkCards(false)
        : listNetworkCards(true).filter((card) => card.address === "127.0.0.1"),
    listSubnets: () => (usesRealCards ? listSubnets() : ["127.0.0.1/8", "::1/128"]),
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
    stop: async () => {
      unsubscribe();
      await discovery.stop();
      await devices.stop();
      close();
    },
  };
}
