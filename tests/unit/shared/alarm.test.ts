import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ChannelId } from "../../../shared/base/ids.ts";
import { Alarm, alarmState, type AlarmRules } from "../../../shared/model/alarm.ts";
import { act, mostShelvedMs, type AlarmAction } from "../../../shared/model/alarm-action.ts";
import { clear, dueAt, fallDue, fold, matches } from "../../../shared/model/alarm-occurrence.ts";
import { openStep } from "../../../shared/model/instruction.ts";
import { exampleAlarm, exampleDefinition, exampleTrigger } from "../../fixtures/example-alarm.ts";

/** The alarm after these actions, all of which must be done. */
function after(alarm: Alarm, ...actions: AlarmAction[]): Alarm {
  let now = alarm;
  for (const action of actions) {
    const outcome = act(now, action, "ann", 5_000);
    if (!outcome.ok) throw new Error(`${action.kind} refused: ${outcome.error}`);
    now = outcome.value.alarm;
  }
  return now;
}
const refusal = (alarm: Alarm, action: AlarmAction): string | undefined => {
  const outcome = act(alarm, action, "ann", 5_000);
  return outcome.ok ? undefined : outcome.error;
};
const acknowledge = { kind: "acknowledge", note: "" } as const;
const close = { kind: "close", disposition: "real", note: "" } as const;
const cleared = (alarm: Alarm): Alarm => clear(alarm, "intrusion", 4_000)?.alarm ?? alarm;

describe("the life of an alarm", () => {
  it("goes from active to closed by acknowledging, clearing and closing, in either order", () => {
    const raised = exampleAlarm();
    expect(alarmState(raised)).toBe("active-unacked");
    expect(alarmState(after(raised, acknowledge))).toBe("active-acked");
    expect(alarmState(cleared(raised))).toBe("cleared-unacked");
    expect(alarmState(cleared(after(raised, acknowledge)))).toBe("awaiting-close");
    expect(alarmState(after(cleared(raised), acknowledge, close))).toBe("closed");
  });

  it("is not closed while it stands or before somebody has seen it", () => {
    expect(refusal(exampleAlarm(), close)).toBe("not-acknowledged");
    expect(refusal(after(exampleAlarm(), acknowledge), close)).toBe("condition-stands");
  });

  it("stays acknowledged when the camera repeats it", () => {
    const known = cleared(after(exampleAlarm(), acknowledge));
    const again = fold(known, exampleTrigger({ at: 9_000 }), 0, 9_000).alarm;
    expect(alarmState(again)).toBe("active-acked");
    expect(again.announcedAt).toBe(known.announcedAt);
    expect(again.occurrences).toEqual({ count: 2, firstAt: 1_000, lastAt: 9_000 });
  });

  it("is announced again only when the fold window has passed since it was last announced", () => {
    let alarm = exampleAlarm();
    const heard: number[] = [];
    for (let at = 2_000; at <= 70_000; at += 1_000) {
      const next = fold(alarm, exampleTrigger({ at }), 30_000, at).alarm;
      if (next.announcedAt !== alarm.announcedAt) heard.push(at);
      alarm = next;
    }
    expect(heard).toEqual([31_000, 61_000]);
  });

  it("keeps standing while one of two causes does", () => {
    const both = fold(exampleAlarm(), exampleTrigger({ type: "line-crossed" }), 0, 2_000).alarm;
    const one = clear(both, "intrusion", 3_000)?.alarm ?? both;
    expect(alarmState(one)).toBe("active-unacked");
    expect(clear(one, "line-crossed", 4_000)?.alarm.clearedAt).toBe(4_000);
    expect(clear(one, "tamper", 4_000)).toBeUndefined();
  });

  it("asks for a note, and for the condition to end, where it is so defined", () => {
    const rules = (change: Partial<AlarmRules>) => ({ rules: { ...exampleDefinition().rules, ...change } });
    expect(refusal(exampleAlarm(rules({ noteToAcknowledge: true })), acknowledge)).toBe("note-required");
    const strict = exampleAlarm(rules({ clearToAcknowledge: true }));
    expect(refusal(strict, acknowledge)).toBe("condition-stands");
    expect(refusal(cleared(strict), acknowledge)).toBeUndefined();
  });

  it("is not closed before its steps are done, where it is so defined, and only the open step can be done", () => {
    const alarm = exampleAlarm({
      rules: { ...exampleDefinition().rules, stepsToClose: true },
      instructions: [
        { id: "look", text: "Look", detail: "", answers: [] },
        { id: "ask", text: "A person?", detail: "", answers: [{ label: "No", goTo: "end" }] },
      ],
    });
    const known = after(cleared(alarm), acknowledge);
    expect(refusal(known, close)).toBe("steps-open");
    expect(refusal(known, { kind: "step", stepId: "ask", answer: "No" })).toBe("not-this-step");
    expect(refusal(known, { kind: "step", stepId: "look", answer: "No" })).toBe("no-such-answer");
    const asked = after(known, { kind: "skip-step", stepId: "look", reason: "no picture" });
    expect(refusal(asked, { kind: "step", stepId: "ask", answer: "Maybe" })).toBe("no-such-answer");
    expect(refusal(after(asked, { kind: "step", stepId: "ask", answer: "No" }), close)).toBeUndefined();
  });

  it("comes back from the shelf by itself and is announced", () => {
    const shelved = after(exampleAlarm(), { kind: "shelve", reason: "being repaired", until: 60_000 });
    expect(dueAt(shelved)).toBe(60_000);
    expect(fallDue(shelved, 59_999)).toBeUndefined();
    expect(fallDue(shelved, 60_000)).toMatchObject({
      alarm: { shelved: null, announcedAt: 60_000 },
      entry: { kind: "shelf-ended" },
    });
    const tooLong = { kind: "shelve", reason: "x", until: 5_000 + mostShelvedMs + 1 } as const;
    expect(refusal(exampleAlarm(), tooLong)).toBe("shelf-end");
    expect(refusal(exampleAlarm(), { ...tooLong, until: 5_000 })).toBe("shelf-end");
  });

  it("escalates once when nobody acknowledges it", () => {
    const alarm = exampleAlarm({ escalateAfterMs: 120_000, escalateTo: "Supervisor" });
    const change = fallDue(alarm, 121_000);
    expect(change?.entry).toMatchObject({ kind: "escalated", detail: "Supervisor" });
    expect(change && fallDue(change.alarm, 999_000)).toBeUndefined();
    expect(dueAt(after(alarm, acknowledge))).toBeNull();
  });

  it("is wanted by a definition for its type and place only", () => {
    const gate = exampleTrigger();
    expect(matches(exampleDefinition(), gate)).toBe(true);
    expect(matches(exampleDefinition({ isEnabled: false }), gate)).toBe(false);
    expect(matches(exampleDefinition({ channels: [ChannelId.parse("gate")] }), gate)).toBe(true);
    expect(matches(exampleDefinition({ channels: [ChannelId.parse("roof")] }), gate)).toBe(false);
    expect(matches(exampleDefinition(), { ...gate, type: "motion" })).toBe(false);
  });
});

const note = fc.string({ maxLength: 20 }).map((text) => text.trim());
const reason = fc.constant("because");
const action: fc.Arbitrary<AlarmAction> = fc.oneof(
  fc.record({ kind: fc.constant("acknowledge" as const), note }),
  fc.record({ kind: fc.constant("take" as const) }),
  fc.record({ kind: fc.constant("hand-over" as const), to: fc.constantFrom("bob", "cy"), note }),
  fc.record({
    kind: fc.constant("step" as const),
    stepId: fc.constantFrom("look", "ask"),
    answer: fc.constantFrom(null, "No"),
  }),
  fc.record({ kind: fc.constant("skip-step" as const), stepId: fc.constantFrom("look", "ask"), reason }),
  fc.record({ kind: fc.constant("shelve" as const), reason, until: fc.integer({ min: 0, max: 200_000 }) }),
  fc.record({ kind: fc.constant("unshelve" as const) }),
  fc.record({
    kind: fc.constant("close" as const),
    disposition: fc.constantFrom("real" as const, "false" as const),
    note,
  }),
  fc.record({ kind: fc.constant("reopen" as const), reason }),
);
const happening = fc.oneof(
  { weight: 3, arbitrary: action },
  {
    weight: 1,
    arbitrary: fc.constantFrom("occur" as const, "pulse" as const, "clear" as const, "time" as const),
  },
);
const rules = fc.record({
  noteToAcknowledge: fc.boolean(),
  clearToAcknowledge: fc.boolean(),
  stepsToClose: fc.boolean(),
});

describe("whatever is done in whatever order", () => {
  it("an alarm stays lawful", () => {
    fc.assert(
      fc.property(rules, fc.array(happening, { maxLength: 60 }), (law, happenings) => {
        let alarm = exampleAlarm({
          rules: law,
          escalateAfterMs: 20_000,
          instructions: [
            { id: "look", text: "Look", detail: "", answers: [] },
            { id: "ask", text: "Person?", detail: "", answers: [{ label: "No", goTo: null }] },
          ],
        });
        let at = 1_000;
        for (const what of happenings) {
          at += 1_000;
          const before = alarm;
          if (what === "time") alarm = fallDue(alarm, at)?.alarm ?? alarm;
          else if (alarm.closed === null && what === "clear")
            alarm = clear(alarm, "intrusion", at)?.alarm ?? alarm;
          else if (alarm.closed === null && (what === "occur" || what === "pulse")) {
            const state = what === "occur" ? "active" : "pulse";
            alarm = fold(alarm, exampleTrigger({ at, state }), 30_000, at).alarm;
          } else if (typeof what === "object") {
            const outcome = act(alarm, what, "ann", at);
            if (outcome.ok) {
              alarm = outcome.value.alarm;
              expect(outcome.value.entry).toMatchObject({ at, by: "ann" });
            }
          }
          expect(Alarm.safeParse(alarm).success).toBe(true);
          expect(alarm.occurrences.count).toBeGreaterThanOrEqual(before.occurrences.count);
          expect(alarm.clearedAt === null).toBe(alarm.standing.length > 0);
          // Nothing takes an acknowledgement back, and the history of steps only grows.
          if (before.acknowledged !== null) expect(alarm.acknowledged).toEqual(before.acknowledged);
          expect(alarm.steps.slice(0, before.steps.length)).toEqual(before.steps);
          if (before.acknowledged === null && alarm.acknowledged !== null && law.clearToAcknowledge)
            expect(before.standing).toEqual([]);
          if (before.closed === null && alarm.closed !== null) {
            expect(alarmState(before)).toBe("awaiting-close");
            if (law.stepsToClose) expect(openStep(before.instructions, before.steps)).toBeUndefined();
          }
          // Shelved or not, it is never lost: it is open, or a person closed it.
          if (alarm.shelved !== null) expect(dueAt(alarm)).toBe(alarm.shelved.until);
        }
      }),
    );
  });
});
