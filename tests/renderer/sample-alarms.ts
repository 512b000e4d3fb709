import { AlarmDefinitionId, AlarmId } from "../../shared/base/ids.ts";
import type { Alarm, AlarmDefinition } from "../../shared/model/alarm.ts";
import { raise, type Trigger } from "../../shared/model/alarm-occurrence.ts";
import { exampleDefinition } from "../fixtures/example-alarm.ts";
import { createFakeAlarms, type FakeAlarms } from "./fake-alarms.ts";
import { sampleSite } from "./sample-devices.ts";

const steps = [
  { id: "look", text: "Look at the live picture", detail: "", answers: [] },
  {
    id: "person",
    text: "Is somebody there who should not be?",
    detail: "Look at what was recorded just before, too.",
    answers: [
      { label: "Yes", goTo: null },
      { label: "No", goTo: "end" },
    ],
  },
  { id: "call", text: "Call the patrol", detail: "Say the place, how many, what they do.", answers: [] },
];

/** What raises the sample alarms, the gravest first. */
export const sampleDefinitions: readonly AlarmDefinition[] = [
  exampleDefinition({
    instructions: steps,
    rules: { noteToAcknowledge: false, clearToAcknowledge: false, stepsToClose: true },
  }),
  exampleDefinition({
    id: AlarmDefinitionId.parse("tampering"),
    name: "Tampering",
    priority: 2,
    eventTypes: ["tamper"],
  }),
  exampleDefinition({
    id: AlarmDefinitionId.parse("door"),
    name: "Door left open",
    priority: 3,
    eventTypes: ["door-held"],
  }),
  exampleDefinition({
    id: AlarmDefinitionId.parse("deaf"),
    name: "No events",
    priority: 4,
    eventTypes: ["deaf"],
  }),
];

/** So many alarms of all priorities, some acknowledged, the first one of them worked on. */
export function sampleDesk(count: number, now: number): FakeAlarms {
  const channels = sampleSite(8).flatMap((device) => device.channels);
  const alarms = Array.from({ length: count }, (_, index): Alarm => {
    const definition = sampleDefinitions[index % sampleDefinitions.length] ?? exampleDefinition();
    const channel = channels[index % channels.length];
    const trigger: Trigger = {
      type: definition.eventTypes[0] ?? "intrusion",
      state: index % 3 === 1 ? "pulse" : "active",
      deviceId: null,
      channelId: channel?.id ?? null,
      place: channel?.name ?? "",
      at: now - index * 47_000 - 8_000,
    };
    const id = AlarmId.parse(`alarm-${index}`);
    const { alarm } = raise(definition, trigger, { id, number: 4_821 - index, at: trigger.at });
    const at = trigger.at + 4_000;
    if (index === 0)
      return {
        ...alarm,
        occurrences: { ...alarm.occurrences, count: 3 },
        steps: [{ stepId: "look", answer: null, skippedBecause: null, at, by: "ann" }],
      };
    return index % 2 === 0 ? { ...alarm, acknowledged: { at, by: "ann" }, owner: "ann" } : alarm;
  });
  const entries = new Map(
    alarms.map((alarm) => [
      alarm.id,
      [{ at: alarm.raisedAt, kind: "raised" as const, by: null, detail: alarm.standing[0] ?? "tamper" }],
    ]),
  );
  return createFakeAlarms({ alarms, entries, definitions: [...sampleDefinitions] });
}
