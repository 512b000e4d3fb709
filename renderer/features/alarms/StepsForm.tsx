import { Plus, Trash2 } from "lucide-react";
import { Button } from "../../design/Button.tsx";
import { IconButton } from "../../design/IconButton.tsx";
import { TextField } from "../../design/TextField.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import type { StepDraft, StepProblem } from "./step-draft.ts";
import styles from "./alarms.module.css";

const mostSteps = 40;

/** A name for a new step that no other has. */
function freshId(drafts: readonly StepDraft[]): string {
  let number = drafts.length + 1;
  while (drafts.some(({ id }) => id === `step-${number}`)) number += 1;
  return `step-${number}`;
}

/** What a person is to do, step by step. */
export function StepsForm(props: {
  readonly drafts: readonly StepDraft[];
  readonly problem: StepProblem | undefined;
  readonly onChange: (drafts: readonly StepDraft[]) => void;
}) {
  const say = useSay();
  const { drafts, problem, onChange } = props;
  const change = (id: string, part: Partial<StepDraft>): void =>
    onChange(drafts.map((draft) => (draft.id === id ? { ...draft, ...part } : draft)));
  return (
    <fieldset className={styles.fieldset}>
      <legend className={styles.legend}>{say("alarms.definition.steps")}</legend>
      {drafts.map((draft, index) => (
        <div key={draft.id} className={styles.stepForm}>
          <TextField
            label={say("alarms.definition.step", { number: index + 1 })}
            value={draft.text}
            maxLength={300}
            error={
              problem?.number === index + 1
                ? say("alarms.definition.stepWrong", { number: index + 1, problem: problem.problem })
                : undefined
            }
            onChange={(text) => change(draft.id, { text })}
          />
          <IconButton
            label={say("alarms.definition.removeStep", { number: index + 1 })}
            icon={Trash2}
            onPress={() => onChange(drafts.filter(({ id }) => id !== draft.id))}
          />
          <TextField
            label={say("alarms.definition.detail")}
            value={draft.detail}
            maxLength={1_000}
            onChange={(detail) => change(draft.id, { detail })}
          />
          <TextField
            label={say("alarms.definition.answers")}
            description={say("alarms.definition.answersHint")}
            value={draft.answers}
            maxLength={300}
            onChange={(answers) => change(draft.id, { answers })}
          />
        </div>
      ))}
      <Button
        isDisabled={drafts.length >= mostSteps}
        onPress={() => onChange([...drafts, { id: freshId(drafts), text: "", detail: "", answers: "" }])}
      >
        <Plus size={14} aria-hidden /> {say("alarms.definition.addStep")}
      </Button>
    </fieldset>
  );
}
