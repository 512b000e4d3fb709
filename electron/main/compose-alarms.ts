import { mostOpenAlarms } from "../store/alarms.ts";
import { createAlarmsHandlers } from "./alarms/alarms-handlers.ts";
import { AlarmsService } from "./alarms/alarms-service.ts";
import { DefinitionsService } from "./alarms/definitions-service.ts";
import { triggersOf } from "./alarms/triggers.ts";
import type { Core } from "./compose-core.ts";
import type { EventParts } from "./compose-events.ts";
import type { SiteParts } from "./compose-site.ts";

/** The alarms with their calls. */
export interface AlarmParts {
  readonly service: AlarmsService;
  readonly handlers: ReturnType<typeof createAlarmsHandlers>;
}

/** What turns events into duties. Started when this resolves; every event recorded from then on is considered. */
export async function composeAlarms(
  { clock, lifetime, log }: Core,
  { store }: SiteParts,
  { service: events }: EventParts,
): Promise<AlarmParts> {
  const definitions = new DefinitionsService({ clock, store });
  await definitions.start();
  const service = new AlarmsService({
    clock,
    log,
    store,
    definitions: () => definitions.list,
    mostOpen: mostOpenAlarms,
  });
  await service.start();
  lifetime.add("alarms", () => service.stop());
  events.recorded.subscribe((recorded) => {
    for (const event of recorded) for (const trigger of triggersOf(event)) service.consider(trigger);
  });
  return { service, handlers: createAlarmsHandlers(service, definitions) };
}
