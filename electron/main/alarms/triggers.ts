import type { Event } from "../../../shared/model/event.ts";
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
