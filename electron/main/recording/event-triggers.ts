import type { Topic } from "../../../shared/base/topic.ts";
import type { Device } from "../../../shared/model/device.ts";
import type { Event } from "../../../shared/model/event.ts";
import { RecordingTrigger } from "../../../shared/model/recording-rule.ts";
import type { TriggerEvent } from "./event-gate.ts";

/** A device's clock may lie: an event older than this when it is heard of counts as this old. */
const oldestMs = 60_000;

/**
 * What an event means for recording. One that a device reports of no channel in particular (a contact at its input)
 * counts for all of its channels. What the console itself noticed begins no recording.
 */
export function triggersOf(event: Event, devices: readonly Device[]): readonly TriggerEvent[] {
  const type = RecordingTrigger.safeParse(event.type);
  if (!type.success || event.source !== "device") return [];
  const at = Math.min(event.receivedAt, Math.max(event.occurredAt, event.receivedAt - oldestMs));
  const channels =
    event.channelId === null
      ? (devices.find(({ id }) => id === event.deviceId)?.channels.map(({ id }) => id) ?? [])
      : [event.channelId];
  return channels.map((channelId) => ({ channelId, type: type.data, state: event.state, at }));
}

/** Lets stored events begin recordings. */
export function followEvents(
  recorded: Topic<readonly Event[]>,
  devices: () => readonly Device[],
  triggered: (trigger: TriggerEvent) => void,
): void {
  recorded.subscribe((events) => {
    for (const event of events) for (const trigger of triggersOf(event, devices())) triggered(trigger);
  });
}
