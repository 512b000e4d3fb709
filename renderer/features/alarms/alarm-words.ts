import { alarmState, type Alarm, type AlarmEntry } from "../../../shared/model/alarm.ts";
import { duration } from "../../messages/format.ts";
import { clockTime } from "../../messages/format.ts";
import type { Say } from "../../messages/messages.ts";

/** Where an alarm stands and who has it: `acknowledged, stands · ann`. */
export function stateWords(say: Say, alarm: Alarm): string {
  if (alarm.closed !== null) {
    const disposition = say(`alarms.disposition.${alarm.closed.disposition}`).toLowerCase();
    return say("alarms.state.closed", { disposition });
  }
  const state =
    alarm.shelved === null ? say(`alarms.state.${alarmState(alarm)}`) : say("alarms.state.shelved");
  return alarm.owner === null ? state : say("alarms.state.owned", { state, owner: alarm.owner });
}

/** How long an alarm has been there, ticking: `8.0 s`, `2 min 41 s`. */
export const ageWords = (say: Say, alarm: Alarm, now: number): string =>
  duration(say, Math.max(0, (alarm.closed?.at ?? now) - alarm.raisedAt));

/** What the right-most column shows: its age, when the shelf ends, when it was closed. */
export function timeWords(say: Say, alarm: Alarm, now: number, zone: string): string {
  if (alarm.closed !== null) return clockTime(alarm.closed.at, zone);
  return alarm.shelved === null ? ageWords(say, alarm, now) : clockTime(alarm.shelved.until, zone);
}

/** One line of history in words; event types are named by `eventName`. */
export function entryWords(say: Say, entry: AlarmEntry, eventName: (type: string) => string): string {
  const { kind, detail } = entry;
  const isEvent = kind === "raised" || kind === "occurred" || kind === "cleared" || kind === "stood-again";
  const [type = "", times] = detail.split(" ×");
  const named = isEvent ? `${eventName(type)}${times === undefined ? "" : ` ×${times}`}` : detail;
  return say(`alarms.history.${kind}`, { detail: named }).trim();
}
