import { z } from "zod";

const stepId = z
  .string()
  .min(1)
  .max(32)
  .regex(/^[A-Za-z0-9_-]+$/);
const words = (most: number) => z.string().trim().min(1).max(most);

/** An answer to a step that asks, and where it leads: to a later step, to the end, or (null) to the next one. */
export const Answer = z.strictObject({
  label: words(40),
  goTo: z.union([stepId, z.literal("end")]).nullable(),
});
export type Answer = z.infer<typeof Answer>;

/** One thing to do, or one question to answer. Without answers it is simply done. */
export const Instruction = z.strictObject({
  id: stepId,
  text: words(300),
  /** What to say or look for, shown under the text. */
  detail: z.string().max(1_000),
  answers: z.array(Answer).max(6),
});
export type Instruction = z.infer<typeof Instruction>;

/**
 * What a person is to do, in order. Ids are unique and answers lead only forward, so that every way through ends.
 */
export const Instructions = z
  .array(Instruction)
  .max(40)
  .superRefine((steps, context) => {
    const places = new Map(steps.map(({ id }, place) => [id, place]));
    if (places.size !== steps.length) context.addIssue({ code: "custom", message: "two steps share one id" });
    for (const [place, { answers }] of steps.entries()) {
      for (const { label, goTo } of answers) {
        if (goTo === null || goTo === "end") continue;
        const there = places.get(goTo);
        if (there === undefined || there <= place)
          context.addIssue({ code: "custom", message: `answer “${label}” does not lead to a later step` });
      }
    }
  });
export type Instructions = z.infer<typeof Instructions>;

/** A step that a person did, answered, or left out with a reason. */
export const StepRecord = z.strictObject({
  stepId,
  /** The label of the answer; null for a step without answers, or one left out. */
  answer: z.string().max(40).nullable(),
  /** Why it was left out; null: it was done. */
  skippedBecause: z.string().trim().min(1).max(300).nullable(),
  at: z.int(),
  by: z.string().max(64),
});
export type StepRecord = z.infer<typeof StepRecord>;

/** `open`: to be done now. `later`: after it. `not-needed`: an answer led past it. */
export type StepState = "done" | "skipped" | "open" | "later" | "not-needed";

/** One step and where it stands on the way that the answers so far have taken. */
export interface StepOnWay {
  readonly step: Instruction;
  readonly state: StepState;
  readonly record: StepRecord | undefined;
}

/** Walks the instructions along the answers given so far; the first step that is not done is `open`. */
export function walk(steps: readonly Instruction[], records: readonly StepRecord[]): readonly StepOnWay[] {
  const done = new Map(records.map((record) => [record.stepId, record]));
  const way: StepOnWay[] = [];
  let jumpTo: string | null = null;
  let hasOpen = false;
  for (const step of steps) {
    if (jumpTo === step.id) jumpTo = null;
    const record = done.get(step.id);
    if (jumpTo !== null) {
      way.push({ step, state: "not-needed", record: undefined });
    } else if (hasOpen || record === undefined) {
      way.push({ step, state: hasOpen ? "later" : "open", record: undefined });
      hasOpen = true;
    } else {
      way.push({ step, state: record.skippedBecause === null ? "done" : "skipped", record });
      jumpTo = step.answers.find(({ label }) => label === record.answer)?.goTo ?? null;
    }
  }
  return way;
}

/** The step to be done now; undefined when the way is at its end. */
export const openStep = (
  steps: readonly Instruction[],
  records: readonly StepRecord[],
): Instruction | undefined => walk(steps, records).find(({ state }) => state === "open")?.step;
