import type { AlarmDefinition, Priority } from "./alarm.ts";
import type { WorstActor } from "./alarm-load.ts";

/** A change to a definition that would make its load bearable. */
export type Relief =
  | { readonly kind: "longer-fold"; readonly foldMs: number }
  | { readonly kind: "lower-priority"; readonly priority: Priority }
  | { readonly kind: "off" };

const foldSteps = [60_000, 300_000, 600_000, 1_800_000, 3_600_000] as const;
const lower: Readonly<Record<Priority, Priority>> = { 1: 2, 2: 3, 3: 4, 4: 4 };
/** Fewer closed alarms than this say nothing about a definition. */
const enoughToLower = 10;
const enoughForOff = 20;

/**
 * The one change to suggest for a worst actor; null: none. Something that may mean danger to people or property
 * (priority 1 and 2) is never to be switched off.
 */
export function reliefFor(actor: WorstActor, definition: AlarmDefinition | undefined): Relief | null {
  if (definition === undefined || !definition.isEnabled) return null;
  const uselessShare = actor.closed === 0 ? 0 : actor.useless / actor.closed;
  if (actor.closed >= enoughForOff && uselessShare >= 0.9 && definition.priority >= 3) return { kind: "off" };
  if (actor.closed >= enoughToLower && uselessShare >= 0.5 && definition.priority < 4)
    return { kind: "lower-priority", priority: lower[definition.priority] };
  const longer = foldSteps.find((step) => step > definition.foldMs);
  const repeatsMuch = actor.isChattering || actor.repeats >= 2 * actor.raised;
  return repeatsMuch && longer !== undefined ? { kind: "longer-fold", foldMs: longer } : null;
}

/** What the change makes of the definition. */
export function relieved(definition: AlarmDefinition, relief: Relief): AlarmDefinition {
  switch (relief.kind) {
    case "longer-fold":
      return { ...definition, foldMs: relief.foldMs };
    case "lower-priority":
      return { ...definition, priority: relief.priority };
    case "off":
      return { ...definition, isEnabled: false };
  }
}

/** Takes the change back, and leaves alone what was changed besides it. `before`: the definition as it was. */
export function unrelieved(now: AlarmDefinition, relief: Relief, before: AlarmDefinition): AlarmDefinition {
  switch (relief.kind) {
    case "longer-fold":
      return { ...now, foldMs: before.foldMs };
    case "lower-priority":
      return { ...now, priority: before.priority };
    case "off":
      return { ...now, isEnabled: before.isEnabled };
  }
}
