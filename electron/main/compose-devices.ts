import { listNetworkCards, listSubnets } from "../drivers/ws-discovery/network-cards.ts";
import type { Core } from "./compose-core.ts";
import type { SiteParts } from "./compose-site.ts";
import { DeviceService } from "./devices/device-service.ts";
import { DiscoveryService } from "./discovery/discovery-service.ts";

/** What is out there, and what of it is ours. */
export interface DeviceParts {
  readonly discovery: DiscoveryService;
  readonly devices: DeviceService;
}

/** Discovery and devices, introduced to each other; started later, when the windows may hear of them. */
export function composeDevices(
  { clock, flags, log }: Core,
  { jobs, settings, store, vault }: SiteParts,
): DeviceParts {
  const discovery: DiscoveryService = new DiscoveryService({
    clock,
    random: Math.random,
    log,
    // The demo sends nothing to anybody's network.
    listCards: () =>
      listNetworkCards(flags.loopback || settings.current.discoverLoopback).filter(
        ({ isLoopback }) => isLoopback || !flags.demo,
      ),
    listSubnets,
    isListening: () => settings.current.listenForHello,
    deviceOf: (sighting) => devices.deviceOf(sighting),
  });
  const devices: DeviceService = new DeviceService({
    clock,
    random: Math.random,
    log,
    store,
    reveal: (id) => vault.reveal(id),
    sighting: (id) => discovery.get(id),
    runJob: (title, options, work) => jobs.run(title, options, work),
    seek: () => discovery.seek(),
    probe: (host) => void discovery.probeAddress(host),
  });
  discovery.sighted.subscribe(({ sighting, isAnswer }) => devices.considerSighting(sighting, isAnswer));
  devices.changed.subscribe(() => discovery.refreshMarks());
  return { discovery, devices };
}
