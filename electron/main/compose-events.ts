import type { Core } from "./compose-core.ts";
import type { DeviceParts } from "./compose-devices.ts";
import type { SiteParts } from "./compose-site.ts";
import { DeviceFacts } from "./devices/device-facts.ts";
import { EventListening } from "./events/event-listening.ts";
import { EventNewsDesk } from "./events/event-news.ts";
import { EventsService } from "./events/events-service.ts";

/** What devices report and what the console notices. */
export interface EventParts {
  readonly service: EventsService;
  /** Started after the devices. */
  readonly listening: EventListening;
  readonly news: EventNewsDesk;
  /** What the console notices of the devices. Started once they are there. */
  readonly facts: DeviceFacts;
}

/** The event log, which everything that notices something writes to. */
export function composeEvents(
  { clock, lifetime, log }: Core,
  { store, vault }: SiteParts,
  { devices }: DeviceParts,
): EventParts {
  const service = new EventsService({
    clock,
    log,
    store,
    placeOf: (deviceId, channelId) => {
      const device = deviceId === null ? undefined : devices.get(deviceId);
      return device?.channels.find(({ id }) => id === channelId)?.name ?? device?.name ?? "";
    },
  });
  service.start();
  lifetime.add("events", () => service.stop());
  const listening = new EventListening({
    clock,
    random: Math.random,
    log,
    store,
    devices,
    reveal: (id) => vault.reveal(id),
    record: (events) => service.record(events),
    note: (facts) => service.note(facts),
  });
  vault.loginsChanged.subscribe(() => listening.loginsChanged());
  devices.changed.subscribe(({ deviceId }) => {
    listening.deviceChanged(deviceId).catch((error: unknown) => {
      log.error("a device's events could not be followed", { device: deviceId, why: String(error) });
    });
  });
  const news = new EventNewsDesk(clock);
  service.recorded.subscribe((events) => news.add(events));
  lifetime.add("event news", () => news.stop());
  const facts = new DeviceFacts({ devices, note: (noticed) => service.note(noticed) });
  return { service, listening, news, facts };
}
