import { Check, Minus, SkipForward } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { Alarm } from "../../../shared/model/alarm.ts";
import { stepsDone } from "../../../shared/model/alarm-action.ts";
import { walk, type StepOnWay } from "../../../shared/model/instruction.ts";
import { Button } from "../../design/Button.tsx";
import { Panel } from "../../design/Panel.tsx";
import { clockTime } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useSiteZone } from "../../read-model/use-settings.ts";
import { useAlarmsStore } from "./alarms-context.tsx";
import { useAlarmDeeds } from "../../frame/use-alarm-deeds.ts";
import styles from "./alarms.module.css";

/** What to do, in order; only the step that is due has its buttons. */
export function AlarmSteps({ alarm }: { readonly alarm: Alarm }) {
  const say = useSay();
  const way = walk(alarm.instructions, alarm.steps);
  const { done, of } = stepsDone(alarm);
  // Who works through the list by keyboard stays in it; who has only opened the alarm answers nothing by Enter.
  const [answeredId, setAnsweredId] = useState<Alarm["id"] | null>(null);
  return (
    <Panel title={of === 0 ? say("alarms.todo") : say("alarms.todo.done", { done, of })}>
      {way.length === 0 && <p className={styles.dim}>{say("alarms.todo.none")}</p>}
      {alarm.rules.stepsToClose && done < of && <p className={styles.dim}>{say("alarms.todo.must")}</p>}
      <ol className={styles.steps}>
        {way.map((place) => (
          <Step
            key={place.step.id}
            alarm={alarm}
            place={place}
            focus={answeredId === alarm.id ? "take" : "leave"}
            onAnswered={() => setAnsweredId(alarm.id)}
          />
        ))}
      </ol>
    </Panel>
  );
}

interface StepProps {
  readonly alarm: Alarm;
  readonly place: StepOnWay;
  /** `take`: the step before was answered just now, and this one goes on. */
  readonly focus: "take" | "leave";
  readonly onAnswered: () => void;
}

function Step(props: StepProps) {
  const { alarm, place } = props;
  const say = useSay();
  const zone = useSiteZone();
  const { step, state, record } = place;
  return (
    <li className={styles.step} data-state={state} aria-current={state === "open" ? "step" : undefined}>
      <span className={styles.stepMark}>
        {state === "done" && <Check size={14} aria-label={say("alarms.step.done")} />}
        {state === "skipped" && <SkipForward size={14} aria-hidden />}
        {state === "not-needed" && <Minus size={14} aria-hidden />}
      </span>
      <span className={styles.stepText}>
        <span>{step.text}</span>
        {step.detail !== "" && state === "open" && <span className={styles.stepDetail}>{step.detail}</span>}
        {record?.answer != null && <strong> {record.answer}</strong>}
        {record?.skippedBecause != null && (
          <span className={styles.stepDetail}>
            {say("alarms.step.skipped", { reason: record.skippedBecause })}
          </span>
        )}
        {state === "not-needed" && <span className={styles.stepDetail}>{say("alarms.step.notNeeded")}</span>}
      </span>
      {record !== undefined && (
        <time className={styles.dim}>
          {say("alarms.step.by", { by: record.by, time: clockTime(record.at, zone) })}
        </time>
      )}
      {state === "open" && alarm.closed === null && <StepButtons {...props} />}
    </li>
  );
}

/** The answers; after one is given, the focus goes on to the next step. */
function StepButtons({ alarm, place, focus, onAnswered }: StepProps) {
  const say = useSay();
  const store = useAlarmsStore();
  const deed = useAlarmDeeds();
  const buttons = useRef<HTMLSpanElement>(null);
  const { step } = place;
  useEffect(() => {
    if (focus === "take") buttons.current?.querySelector("button")?.focus();
  }, [focus]);
  const answer = (label: string | null): void => {
    onAnswered();
    void deed([alarm.id], { kind: "step", stepId: step.id, answer: label });
  };
  return (
    <span ref={buttons} className={styles.answers} data-open-step>
      {step.answers.length === 0 ? (
        <Button size="small" tone="primary" onPress={() => answer(null)}>
          {say("alarms.step.do")}
        </Button>
      ) : (
        step.answers.map(({ label }) => (
          <Button key={label} size="small" tone="primary" onPress={() => answer(label)}>
            {label}
          </Button>
        ))
      )}
      <Button
        size="small"
        tone="quiet"
        onPress={() => store.setState({ task: { kind: "skip-step", ids: [alarm.id], stepId: step.id } })}
      >
        {say("alarms.step.skip")}
      </Button>
    </span>
  );
}
