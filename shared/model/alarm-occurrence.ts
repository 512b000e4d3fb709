import type { AlarmDefinitionId, AlarmId, ChannelId, DeviceId } from "../base/ids.ts";
import type { Alarm, AlarmDefinition } from "./alarm.ts";
import type { EventType } from "./event.ts";
import type { AlarmChange } from "./alarm-action.ts";

/** An event as far as alarms are concerned. */
export interface Trigger {
  readonly type: EventType;
  /** `pulse`: it happened, and does not last. */
  readonly state: "active" | "cleared" | "pulse";
  readonly deviceId: DeviceId | null;
  readonly channelId: ChannelId | null;
  /** In words, for the list. */
  readonly place: string;
  readonly at: number;
}

/** Alarms of one definition at one place fold into each other. */
export const foldKey = (
  definitionId: AlarmDefinitionId,
  { channelId, deviceId }: Pick<Trigger, "channelId" | "deviceId">,
): string => `${definitionId} ${channelId ?? deviceId ?? "console"}`;

/** Does this definition want this event? */
export function matches(definition: AlarmDefinition, trigger: Trigger): boolean {
  if (!definition.isEnabled || !definition.eventTypes.includes(trigger.type)) return false;
  return (
    definition.channels === null ||
    (trigger.channelId !== null && definition.channels.includes(trigger.channelId))
  );
}

/** A new alarm. `at` is now; what happened may be older. */
export function raise(
  definition: AlarmDefinition,
  trigger: Trigger,
  { id, number, at }: { readonly id: AlarmId; readonly number: number; readonly at: number },
): AlarmChange {
  const { name, priority, rules, instructions, related, escalateAfterMs, escalateTo } = definition;
  const { deviceId, channelId, place, state, type } = trigger;
  return {
    alarm: {
      id,
      number,
      definitionId: definition.id,
      title: name,
      priority,
      deviceId,
      channelId,
      place,
      raisedAt: at,
      shownAt: null,
      announcedAt: at,
      standing: state === "active" ? [type] : [],
      clearedAt: state === "active" ? null : at,
      occurrences: { count: 1, firstAt: trigger.at, lastAt: trigger.at },
      acknowledged: null,
      owner: null,
      shelved: null,
      escalatedAt: null,
      closed: null,
      escalateAfterMs,
      escalateTo,
      rules,
      instructions,
      steps: [],
      related: [...new Set(related)],
    },
    entry: { at, kind: "raised", by: null, detail: type },
  };
}

/**
 * The same thing again while the alarm is open: counted, and announced again only when the fold window has passed
 * since it was last announced and nobody has acknowledged or shelved it. What was acknowledged stays so.
 */
export function fold(alarm: Alarm, trigger: Trigger, foldMs: number, at: number): AlarmChange {
  const { count, firstAt, lastAt } = alarm.occurrences;
  const wasCleared = alarm.standing.length === 0;
  const stands = trigger.state === "active";
  const isQuiet = alarm.acknowledged !== null || alarm.shelved !== null;
  return {
    alarm: {
      ...alarm,
      occurrences: {
        count: count + 1,
        firstAt: Math.min(firstAt, trigger.at),
        lastAt: Math.max(lastAt, trigger.at),
      },
      standing: stands ? [...new Set([...alarm.standing, trigger.type])] : alarm.standing,
      clearedAt: stands ? null : alarm.clearedAt,
      announcedAt: isQuiet || at - alarm.announcedAt < foldMs ? alarm.announcedAt : at,
    },
    entry: { at, kind: stands && wasCleared ? "stood-again" : "occurred", by: null, detail: trigger.type },
  };
}

/** One of its conditions ended; undefined when it did not stand, which changes nothing. */
export function clear(alarm: Alarm, type: string, at: number): AlarmChange | undefined {
  if (!alarm.standing.includes(type)) return undefined;
  const standing = alarm.standing.filter((other) => other !== type);
  return {
    alarm: { ...alarm, standing, clearedAt: standing.length === 0 ? at : null },
    entry: { at, kind: "cleared", by: null, detail: type },
  };
}

/** When something happens to it by itself next: a shelf ends, it escalates; null: never. */
export function dueAt(alarm: Alarm): number | null {
  if (alarm.closed !== null) return null;
  if (alarm.shelved !== null) return alarm.shelved.until;
  if (alarm.escalateAfterMs === null || alarm.escalatedAt !== null || alarm.acknowledged !== null)
    return null;
  return alarm.raisedAt + alarm.escalateAfterMs;
}

/** Does what is due at `at`; undefined: nothing is. */
export function fallDue(alarm: Alarm, at: number): AlarmChange | undefined {
  const due = dueAt(alarm);
  if (due === null || due > at) return undefined;
  if (alarm.shelved !== null) {
    return {
      alarm: { ...alarm, shelved: null, announcedAt: at },
      entry: { at, kind: "shelf-ended", by: null, detail: alarm.shelved.reason },
    };
  }
  return {
    alarm: { ...alarm, escalatedAt: at, announcedAt: at },
    entry: { at, kind: "escalated", by: null, detail: alarm.escalateTo },
  };
}

/** The first time it was on a screen; undefined: it had been before. */
export const show = (alarm: Alarm, at: number): AlarmChange | undefined =>
  alarm.shownAt !== null
    ? undefined
    : { alarm: { ...alarm, shownAt: at }, entry: { at, kind: "shown", by: null, detail: "" } };
