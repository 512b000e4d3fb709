import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  Instructions,
  openStep,
  walk,
  type Instruction,
  type StepRecord,
} from "../../../shared/model/instruction.ts";

const step = (id: string, ...answers: [string, string | null][]): Instruction => ({
  id,
  text: `do ${id}`,
  detail: "",
  answers: answers.map(([label, goTo]) => ({ label, goTo })),
});
const done = (stepId: string, answer: string | null = null): StepRecord => ({
  stepId,
  answer,
  skippedBecause: null,
  at: 1,
  by: "ann",
});
const states = (steps: Instruction[], records: StepRecord[]): string[] =>
  walk(steps, records).map(({ state }) => state);

const breakIn = [
  step("look"),
  step("person", ["Yes", null], ["No", "note"]),
  step("announce"),
  step("patrol", ["Came", "end"], ["Did not come", null]),
  step("note"),
];

describe("instructions", () => {
  it("are done from the first to the last", () => {
    expect(states(breakIn, [])).toEqual(["open", "later", "later", "later", "later"]);
    expect(states(breakIn, [done("look")])).toEqual(["done", "open", "later", "later", "later"]);
  });

  it("leave out what an answer leads past", () => {
    expect(states(breakIn, [done("look"), done("person", "No")])).toEqual([
      "done",
      "done",
      "not-needed",
      "not-needed",
      "open",
    ]);
  });

  it("are at their end where an answer says so", () => {
    const records = [done("look"), done("person", "Yes"), done("announce"), done("patrol", "Came")];
    expect(states(breakIn, records).at(-1)).toBe("not-needed");
    expect(openStep(breakIn, records)).toBeUndefined();
  });

  it("go on after a step that was left out", () => {
    const skipped = { ...done("look"), skippedBecause: "picture lost" };
    expect(states(breakIn, [skipped])).toEqual(["skipped", "open", "later", "later", "later"]);
  });

  it("are refused when an answer leads back, nowhere, or two steps share an id", () => {
    expect(Instructions.safeParse(breakIn).success).toBe(true);
    expect(Instructions.safeParse([step("a"), step("b", ["Again", "a"])]).success).toBe(false);
    expect(Instructions.safeParse([step("a", ["Lost", "z"])]).success).toBe(false);
    expect(Instructions.safeParse([step("a"), step("a")]).success).toBe(false);
  });

  it("come to an end whatever is answered", () => {
    const forward = fc
      .array(fc.array(fc.nat({ max: 12 }), { maxLength: 3 }), { minLength: 1, maxLength: 12 })
      .map((rows) =>
        rows.map((leaps, place) =>
          step(
            `s${place}`,
            ...leaps.map((leap, index): [string, string | null] => {
              const there = place + 1 + leap;
              return [`answer ${index}`, there < rows.length ? `s${there}` : "end"];
            }),
          ),
        ),
      );
    fc.assert(
      fc.property(forward, fc.infiniteStream(fc.nat({ max: 2 })), (steps, picks) => {
        expect(Instructions.safeParse(steps).success).toBe(true);
        const records: StepRecord[] = [];
        for (;;) {
          const open = openStep(steps, records);
          if (open === undefined) break;
          const pick = open.answers[(picks.next().value ?? 0) % Math.max(1, open.answers.length)];
          records.push(done(open.id, pick?.label ?? null));
          expect(records.length).toBeLessThanOrEqual(steps.length);
        }
        expect(walk(steps, records).every(({ state }) => state === "done" || state === "not-needed")).toBe(
          true,
        );
      }),
    );
  });
});
