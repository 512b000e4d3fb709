import type { DeviceModel } from "../device-model.ts";
import { namedEvent } from "./event-names.ts";

/** The properties every camera has from the start, all at rest: what a first synchronisation tells. */
export function primeEvents(device: DeviceModel): void {
  const { events, sources } = device.parts;
  for (const { token } of sources) {
    events.prime(namedEvent("motion", { active: false, source: token }));
    events.prime(namedEvent("tamper", { active: false, source: token }));
  }
  for (const token of device.inputs.keys()) {
    events.prime(namedEvent("digital-input", { active: false, source: token }));
  }
  for (const relay of device.relays) {
    events.prime(namedEvent("relay", { active: false, source: relay.token }));
  }
}
