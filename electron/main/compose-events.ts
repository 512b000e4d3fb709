import type { Core } from "./compose-core.ts";
import type { DeviceParts } from "./compose-devices.ts";
import type { SiteParts } from "./compose-site.ts";
import { EventsService } from "./events/events-service.ts";

/** What devices report and what the console notices. */
export interface EventParts {
  readonly service: EventsService;
}

/** The event log, which everything that notices something writes to. */
export function composeEvents(
  { clock, lifetime, log }: Core,
  { store }: SiteParts,
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
  return { service };
}
