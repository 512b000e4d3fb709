import { Instructions, type Answer, type Instruction } from "../../../shared/model/instruction.ts";

/** A step as it is typed: answers as one line, `Yes, No > 4, Nobody > end`. */
export interface StepDraft {
  readonly id: string;
  readonly text: string;
  readonly detail: string;
  readonly answers: string;
}

/** A step as a person writes it. */
export function draftOf(step: Instruction, steps: readonly Instruction[]): StepDraft {
  const answers = step.answers.map(({ label, goTo }) => {
    if (goTo === null) return label;
    return `${label} > ${goTo === "end" ? "end" : steps.findIndex(({ id }) => id === goTo) + 1}`;
  });
  return { id: step.id, text: step.text, detail: step.detail, answers: answers.join(", ") };
}

/** What is wrong with a list of steps: which one, by its number, and in words. */
export interface StepProblem {
  readonly number: number;
  readonly problem: string;
}

/** The instructions that the drafts mean, or the first thing that is wrong. */
export function stepsOf(
  drafts: readonly StepDraft[],
): { readonly ok: true; readonly steps: Instructions } | ({ readonly ok: false } & StepProblem) {
  const steps: Instruction[] = [];
  for (const [index, draft] of drafts.entries()) {
    const text = draft.text.trim();
    const number = index + 1;
    if (text === "") return { ok: false, number, problem: "it has no text" };
    const answers: Answer[] = [];
    for (const part of draft.answers.split(",").map((one) => one.trim())) {
      if (part === "") continue;
      const [label = "", goal] = part.split(">").map((one) => one.trim());
      const goTo = goalOf(goal, number, drafts);
      if (goTo === undefined)
        return {
          ok: false,
          number,
          problem: `“${part}” must lead to “end” or to the number of a later step`,
        };
      answers.push({ label, goTo });
    }
    steps.push({ id: draft.id, text, detail: draft.detail.trim(), answers });
  }
  const parsed = Instructions.safeParse(steps);
  if (parsed.success) return { ok: true, steps: parsed.data };
  const [issue] = parsed.error.issues;
  const place = typeof issue?.path[0] === "number" ? issue.path[0] : 0;
  return { ok: false, number: place + 1, problem: issue?.message ?? "it cannot be read" };
}

/** Where an answer leads: null is the next step; undefined is nowhere. */
function goalOf(
  goal: string | undefined,
  from: number,
  drafts: readonly StepDraft[],
): string | null | undefined {
  if (goal === undefined || goal === "") return null;
  if (goal.toLowerCase() === "end") return "end";
  const number = /^\d{1,2}$/.test(goal) ? Number(goal) : 0;
  return number > from ? drafts[number - 1]?.id : undefined;
}
