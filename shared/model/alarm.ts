import { z } from "zod";
import { AlarmDefinitionId, AlarmId, ChannelId, DeviceId } from "../base/ids.ts";
import { EventType } from "./event.ts";
import { Instruction, Instructions, StepRecord } from "./instruction.ts";

const instant = z.int().min(0).max(8_640_000_000_000_000);
const person = z.string().min(1).max(64);

/** 1 life, 2 serious, 3 attention, 4 information. */
export const Priority = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export type Priority = z.infer<typeof Priority>;

/** What it turned out to be. */
export const Disposition = z.enum(["real", "nuisance", "false", "test", "maintenance"]);
export type Disposition = z.infer<typeof Disposition>;

/** What has to be so before an alarm may be acknowledged or closed. */
export const AlarmRules = z.strictObject({
  /** Acknowledging needs a note. */
  noteToAcknowledge: z.boolean(),
  /** It cannot be acknowledged while its condition stands. */
  clearToAcknowledge: z.boolean(),
  /** Every step of the instructions is done, or left out with a reason, before it can be closed. */
  stepsToClose: z.boolean(),
});
export type AlarmRules = z.infer<typeof AlarmRules>;

/** Which events raise an alarm, and what a person is to do about it. */
export const AlarmDefinition = z.strictObject({
  id: AlarmDefinitionId,
  name: z.string().trim().min(1).max(80),
  priority: Priority,
  isEnabled: z.boolean(),
  /** Types of events, as in `event.ts`. */
  eventTypes: z.array(EventType).min(1).max(64),
  /** Where; null: everywhere. */
  channels: z.array(ChannelId).min(1).max(4_096).nullable(),
  /** A repeated occurrence is announced again only this long after the last one that was. */
  foldMs: z.int().min(0).max(86_400_000),
  /** Not acknowledged for this long: announced again as escalated, to `escalateTo`. Null: never. */
  escalateAfterMs: z.int().min(5_000).max(86_400_000).nullable(),
  escalateTo: z.string().trim().max(64),
  rules: AlarmRules,
  instructions: Instructions,
  /** Cameras to look at beside the one that raised it. */
  related: z.array(ChannelId).max(16),
});
export type AlarmDefinition = z.infer<typeof AlarmDefinition>;

/**
 * A duty for a person. What it is to do and under which rules is kept as it was when it was raised, so that a changed
 * definition changes no alarm.
 */
export const Alarm = z.strictObject({
  id: AlarmId,
  /** What people call it by. */
  number: z.int().min(1),
  definitionId: AlarmDefinitionId,
  title: z.string().min(1).max(80),
  priority: Priority,
  deviceId: DeviceId.nullable(),
  channelId: ChannelId.nullable(),
  /** The name of the place when it was raised: it may be renamed or removed later. */
  place: z.string().max(128),
  raisedAt: instant,
  /** First seen on a screen; null: not yet. */
  shownAt: instant.nullable(),
  /** Last announced with sound and banner: what the fold window counts from. */
  announcedAt: instant,
  /** Event types whose condition stands; empty: cleared. */
  standing: z.array(z.string().min(1).max(64)).max(64),
  clearedAt: instant.nullable(),
  occurrences: z.strictObject({ count: z.int().min(1), firstAt: instant, lastAt: instant }),
  acknowledged: z.strictObject({ at: instant, by: person }).nullable(),
  /** Who took it. */
  owner: person.nullable(),
  shelved: z
    .strictObject({ at: instant, by: person, reason: z.string().trim().min(1).max(300), until: instant })
    .nullable(),
  escalatedAt: instant.nullable(),
  closed: z.strictObject({ at: instant, by: person, disposition: Disposition }).nullable(),
  escalateAfterMs: z.int().nullable(),
  escalateTo: z.string().max(64),
  rules: AlarmRules,
  instructions: z.array(Instruction).max(40),
  steps: z.array(StepRecord).max(40),
  related: z.array(ChannelId).max(16),
});
export type Alarm = z.infer<typeof Alarm>;

/** Where an alarm is in its life (ISA-18.2), shelving aside. */
export type AlarmState = "active-unacked" | "active-acked" | "cleared-unacked" | "awaiting-close" | "closed";

/** The state follows from what is known; it is never stored beside it. */
export function alarmState(alarm: Pick<Alarm, "standing" | "acknowledged" | "closed">): AlarmState {
  if (alarm.closed !== null) return "closed";
  const isActive = alarm.standing.length > 0;
  if (alarm.acknowledged === null) return isActive ? "active-unacked" : "cleared-unacked";
  return isActive ? "active-acked" : "awaiting-close";
}

/** What happened to an alarm, for its history. */
export const AlarmEntryKind = z.enum([
  "raised",
  "occurred",
  "cleared",
  "stood-again",
  "shown",
  "acknowledged",
  "taken",
  "handed-over",
  "noted",
  "step-done",
  "step-skipped",
  "shelved",
  "unshelved",
  "shelf-ended",
  "escalated",
  "closed",
  "reopened",
]);
export type AlarmEntryKind = z.infer<typeof AlarmEntryKind>;

/** One line of an alarm's history: never edited. */
export const AlarmEntry = z.strictObject({
  at: instant,
  kind: AlarmEntryKind,
  /** Who; null: the console by itself. */
  by: person.nullable(),
  /** A note, a reason, an answer, to whom; empty when there is nothing to add. */
  detail: z.string().max(2_000),
});
export type AlarmEntry = z.infer<typeof AlarmEntry>;
