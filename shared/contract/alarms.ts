import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { AlarmDefinitionId, AlarmId } from "../base/ids.ts";
import { Alarm, AlarmDefinition, AlarmEntry } from "../model/alarm.ts";
import { AlarmLoad } from "../model/alarm-load.ts";
import { AlarmAction, Refusal } from "../model/alarm-action.ts";

/** What became of an action on one of several alarms; `refusal` null: it was done. */
export const AlarmOutcome = z.strictObject({
  id: AlarmId,
  refusal: Refusal.or(z.literal("gone")).nullable(),
});
export type AlarmOutcome = z.infer<typeof AlarmOutcome>;

/** Alarms as they are after a commit, each once; closed ones are in it a last time. */
export const AlarmsChange = z.strictObject({
  /** Counts up by one; a gap means that a change was missed: read again. */
  sequence: z.int(),
  alarms: z.array(Alarm).max(10_000),
  /** Those to be announced now, with sound and banner. */
  announced: z.array(AlarmId).max(10_000),
});
export type AlarmsChange = z.infer<typeof AlarmsChange>;

/** An alarm and when it was raised, whatever became of it. */
export const RecentAlarm = z.strictObject({ id: AlarmId, raisedAt: z.int() });
export type RecentAlarm = z.infer<typeof RecentAlarm>;

/** How many days back the load is told. */
export const LoadDays = z.union([z.literal(1), z.literal(7), z.literal(30)]);
export type LoadDays = z.infer<typeof LoadDays>;

export const alarms = {
  /** Every alarm that is not closed, shelved ones too, oldest first. */
  open: oc.output(z.array(Alarm).max(10_000)),
  /** Closed alarms, last closed first; `before` is the last one of the page before. */
  closed: oc
    .input(
      z.strictObject({
        limit: z.int().min(1).max(200),
        before: z.strictObject({ at: z.int(), number: z.int() }).nullable(),
      }),
    )
    .output(z.array(Alarm).max(200)),
  /** One alarm with the newest 500 lines of its history, oldest first. */
  get: oc
    .errors({ NOT_FOUND: {} })
    .input(z.strictObject({ id: AlarmId }))
    .output(z.strictObject({ alarm: Alarm, entries: z.array(AlarmEntry).max(500) })),
  /** Does one thing to one or many; each is done or refused by itself. */
  act: oc
    .input(z.strictObject({ ids: z.array(AlarmId).min(1).max(500), action: AlarmAction }))
    .output(z.array(AlarmOutcome).max(500)),
  /** These were on a screen: the time is kept for those seen for the first time. */
  shown: oc.input(z.strictObject({ ids: z.array(AlarmId).min(1).max(500) })).output(z.null()),
  /** Raised in the last ten minutes, newest first; closed ones too. */
  recent: oc.output(z.array(RecentAlarm).max(10_000)),
  /** How many alarms there were, where they came from, and how they fared. */
  load: oc.input(z.strictObject({ days: LoadDays })).output(AlarmLoad),
  definitions: oc.output(z.array(AlarmDefinition).max(1_000)),
  /** `id: null` makes a new one. Alarms that stand keep their rules and instructions. */
  saveDefinition: oc
    .errors({ NOT_FOUND: {}, NAME_TAKEN: {} })
    .input(AlarmDefinition.omit({ id: true }).extend({ id: AlarmDefinitionId.nullable() }))
    .output(AlarmDefinition),
  removeDefinition: oc
    .errors({ NOT_FOUND: {} })
    .input(z.strictObject({ id: AlarmDefinitionId }))
    .output(z.null()),
  changed: oc.output(eventIterator(AlarmsChange)),
  definitionsChanged: oc.output(eventIterator(z.strictObject({ sequence: z.int() }))),
};
