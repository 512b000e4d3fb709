import type { DeviceId } from "../../../shared/base/ids.ts";
import type { Alarm } from "../../../shared/model/alarm.ts";
import { EventType, type Event } from "../../../shared/model/event.ts";
import type { Trigger } from "../../../shared/model/alarm-occurrence.ts";

const states = { begun: "active", ended: "cleared" } as const;
/** What a picture that is live again puts an end to. */
const endedByPicture = ["picture-stale", "source-lost"] as const;

/** What an event means to the alarms: usually one trigger; a picture that is live again ends two conditions. */
export function triggersOf(event: Event): readonly Trigger[] {
  const { deviceId, channelId, place, type, state, occurredAt } = event;
  const trigger = { deviceId, channelId, place, at: occurredAt };
  if (type === "picture-live")
    return endedByPicture.map((ended) => ({ ...trigger, type: ended, state: "cleared" }));
  const isStanding = type === "picture-stale" || type === "source-lost";
  return [{ ...trigger, type, state: state === null ? (isStanding ? "active" : "pulse") : states[state] }];
}

/**
 * Conditions whose end nobody may have heard while the console was off. What the console watches itself it looks at
 * anew, and tells again if it still stands. Devices repeat their state without calling it a change: an alarm that
 * waited for a change that never comes could never be closed, so theirs are over too; acknowledged it must still be.
 */
export const endedByRestart = (open: readonly Alarm[], at: number): readonly Trigger[] =>
  // A lost device is kept with the device, so its end is told.
  endings(open, at).filter(({ type }) => type !== "device-lost");

/** A device that was removed says no end of anything. */
export const endedByRemoval = (open: readonly Alarm[], deviceId: DeviceId, at: number): readonly Trigger[] =>
  endings(
    open.filter((alarm) => alarm.deviceId === deviceId),
    at,
  );

function endings(open: readonly Alarm[], at: number): Trigger[] {
  return open.flatMap(({ deviceId, channelId, place, standing }) =>
    standing.flatMap((text) => {
      const type = EventType.safeParse(text);
      return type.success
        ? [{ type: type.data, state: "cleared" as const, deviceId, channelId, place, at }]
        : [];
    }),
  );
}
