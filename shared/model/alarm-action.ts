import { z } from "zod";
import { assertNever, fail, ok, type Result } from "../base/result.ts";
import { Disposition, type Alarm, type AlarmEntry } from "./alarm.ts";
import { openStep, walk } from "./instruction.ts";

const reason = z.string().trim().min(1).max(300);
const note = z.string().trim().max(2_000);
/** Nobody shelves for longer: a shelf that is forgotten is a blind spot. */
export const mostShelvedMs = 7 * 86_400_000;

/** What a person may do with an alarm. */
export const AlarmAction = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("acknowledge"), note }),
  z.strictObject({ kind: z.literal("take") }),
  z.strictObject({ kind: z.literal("hand-over"), to: z.string().trim().min(1).max(64), note }),
  z.strictObject({ kind: z.literal("note"), note: note.min(1) }),
  z.strictObject({
    kind: z.literal("step"),
    stepId: z.string().min(1).max(32),
    answer: z.string().max(40).nullable(),
  }),
  z.strictObject({ kind: z.literal("skip-step"), stepId: z.string().min(1).max(32), reason }),
  z.strictObject({ kind: z.literal("shelve"), reason, until: z.int().min(0) }),
  z.strictObject({ kind: z.literal("unshelve") }),
  z.strictObject({ kind: z.literal("close"), disposition: Disposition, note }),
  z.strictObject({ kind: z.literal("reopen"), reason }),
]);
export type AlarmAction = z.infer<typeof AlarmAction>;

/** Why an action was refused. Each has its words in the message catalogue. */
export const Refusal = z.enum([
  "closed",
  "not-closed",
  "already-acknowledged",
  "already-yours",
  "note-required",
  "condition-stands",
  "not-acknowledged",
  "steps-open",
  "not-this-step",
  "no-such-answer",
  "not-shelved",
  "shelf-end",
  "another-open",
]);
export type Refusal = z.infer<typeof Refusal>;

/** The alarm after the action, and the line it leaves in the history. */
export interface AlarmChange {
  readonly alarm: Alarm;
  readonly entry: AlarmEntry;
}

/** Does what a person asks, or says why not. Pure: `at` is now, `by` the person. */
export function act(alarm: Alarm, action: AlarmAction, by: string, at: number): Result<AlarmChange, Refusal> {
  if (alarm.closed !== null && action.kind !== "reopen" && action.kind !== "note") return fail("closed");
  const done = (
    kind: AlarmEntry["kind"],
    detail: string,
    change: Partial<Alarm>,
  ): Result<AlarmChange, Refusal> => ok({ alarm: { ...alarm, ...change }, entry: { at, kind, by, detail } });
  switch (action.kind) {
    case "acknowledge":
      if (alarm.acknowledged !== null) return fail("already-acknowledged");
      if (alarm.rules.clearToAcknowledge && alarm.standing.length > 0) return fail("condition-stands");
      if (alarm.rules.noteToAcknowledge && action.note === "") return fail("note-required");
      return done("acknowledged", action.note, {
        acknowledged: { at, by },
        owner: alarm.owner ?? by,
        shownAt: alarm.shownAt ?? at,
      });
    case "take":
      return alarm.owner === by ? fail("already-yours") : done("taken", "", { owner: by });
    case "hand-over":
      return done("handed-over", action.note === "" ? action.to : `${action.to}: ${action.note}`, {
        owner: action.to,
      });
    case "note":
      return done("noted", action.note, {});
    case "step":
    case "skip-step":
      return doStep(alarm, action, by, at);
    case "shelve":
      if (action.until <= at || action.until > at + mostShelvedMs) return fail("shelf-end");
      return done("shelved", action.reason, {
        shelved: { at, by, reason: action.reason, until: action.until },
      });
    case "unshelve":
      return alarm.shelved === null ? fail("not-shelved") : done("unshelved", "", { shelved: null });
    case "close":
      if (alarm.acknowledged === null) return fail("not-acknowledged");
      if (alarm.standing.length > 0) return fail("condition-stands");
      if (alarm.rules.stepsToClose && openStep(alarm.instructions, alarm.steps) !== undefined)
        return fail("steps-open");
      return done("closed", action.note, {
        closed: { at, by, disposition: action.disposition },
        shelved: null,
      });
    case "reopen":
      return alarm.closed === null ? fail("not-closed") : done("reopened", action.reason, { closed: null });
    default:
      return assertNever(action);
  }
}

/** Only the step that is open now can be done or left out: nobody fills in a list from the end. */
function doStep(
  alarm: Alarm,
  action: Extract<AlarmAction, { kind: "step" | "skip-step" }>,
  by: string,
  at: number,
): Result<AlarmChange, Refusal> {
  const step = openStep(alarm.instructions, alarm.steps);
  if (step === undefined || step.id !== action.stepId) return fail("not-this-step");
  const isSkipped = action.kind === "skip-step";
  const answer = isSkipped ? null : action.answer;
  if (!isSkipped && !isAnswer(step.answers, answer)) return fail("no-such-answer");
  const record = { stepId: step.id, answer, skippedBecause: isSkipped ? action.reason : null, at, by };
  const detail = `${step.text}${isSkipped ? `: ${action.reason}` : answer === null ? "" : `: ${answer}`}`;
  return ok({
    alarm: { ...alarm, steps: [...alarm.steps, record] },
    entry: { at, kind: isSkipped ? "step-skipped" : "step-done", by, detail },
  });
}

const isAnswer = (answers: readonly { readonly label: string }[], answer: string | null): boolean =>
  answers.length === 0 ? answer === null : answers.some(({ label }) => label === answer);

/** How many steps of the way are behind, and how many it has. */
export function stepsDone(alarm: Pick<Alarm, "instructions" | "steps">): { done: number; of: number } {
  const way = walk(alarm.instructions, alarm.steps).filter(({ state }) => state !== "not-needed");
  return { done: way.filter(({ state }) => state === "done" || state === "skipped").length, of: way.length };
}
