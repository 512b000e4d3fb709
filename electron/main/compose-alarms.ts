import { mostOpenAlarms } from "../store/alarms.ts";
import { createAlarmsHandlers } from "./alarms/alarms-handlers.ts";
import { AlarmsService } from "./alarms/alarms-service.ts";
import { DefinitionsService } from "./alarms/definitions-service.ts";
import { endedByRemoval, endedByRestart, triggersOf } from "./alarms/triggers.ts";
import type { Trigger } from "../../shared/model/alarm-occurrence.ts";
import type { Core } from "./compose-core.ts";
import type { DeviceParts } from "./compose-devices.ts";
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
  { devices }: DeviceParts,
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
  const consider = (triggers: readonly Trigger[]): void => {
    for (const trigger of triggers) service.consider(trigger);
  };
  consider(endedByRestart(service.open, clock.now()));
  events.recorded.subscribe((recorded) => consider(recorded.flatMap(triggersOf)));
  devices.changed.subscribe(({ kind, deviceId }) => {
    if (kind === "removed") consider(endedByRemoval(service.open, deviceId, clock.now()));
  });
  return { service, handlers: createAlarmsHandlers(service, definitions) };
}
