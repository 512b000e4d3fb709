import type { ReactNode } from "react";
import {
  RecordedStreams,
  RecordingMode,
  RecordingTrigger,
  type RecordingRule,
} from "../../shared/model/recording-rule.ts";
import { Checkbox } from "../design/Checkbox.tsx";
import { Select } from "../design/Select.tsx";
import { useSay } from "../messages/messages-context.tsx";
import styles from "./recording-rule.module.css";
import { WeekGrid } from "./WeekGrid.tsx";

export interface RuleFormProps {
  readonly rule: RecordingRule;
  readonly onChange: (rule: RecordingRule) => void;
  /** What it costs on the disk, in words. */
  readonly cost: ReactNode;
}

const preRolls = [0, 5, 10, 15, 20, 30, 45, 60];
const postRolls = [5, 10, 20, 30, 60, 120, 300, 600];
/** The lengths to choose from, with the one that is set. */
const withSet = (all: readonly number[], set: number): readonly number[] =>
  [...new Set([...all, set])].sort((a, b) => a - b);

/** When and what is recorded; every change takes effect at once. */
export function RuleForm({ rule, onChange, cost }: RuleFormProps) {
  const say = useSay();
  const lengths = (all: readonly number[], set: number) =>
    withSet(all, set).map((seconds) => ({ id: String(seconds), label: say("rule.seconds", { seconds }) }));
  const isTriggered = rule.mode === "event" || rule.mode === "schedule";
  return (
    <div className={styles.form}>
      <Select
        label={say("rule.mode")}
        description={say(`rule.modeHint.${rule.mode}`)}
        options={RecordingMode.options.map((id) => ({ id, label: say(`rule.mode.${id}`) }))}
        selected={rule.mode}
        onSelect={(mode) => onChange({ ...rule, mode })}
      />
      {rule.mode === "schedule" && (
        <WeekGrid schedule={rule.schedule} onChange={(schedule) => onChange({ ...rule, schedule })} />
      )}
      {isTriggered && (
        <>
          <div className={styles.pair}>
            <Select
              label={say("rule.preRoll")}
              options={lengths(preRolls, rule.preRollS)}
              selected={String(rule.preRollS)}
              onSelect={(seconds) => onChange({ ...rule, preRollS: Number(seconds) })}
            />
            <Select
              label={say("rule.postRoll")}
              options={lengths(postRolls, rule.postRollS)}
              selected={String(rule.postRollS)}
              onSelect={(seconds) => onChange({ ...rule, postRollS: Number(seconds) })}
            />
          </div>
          <fieldset className={styles.triggers}>
            <legend>{say("rule.triggers")}</legend>
            {RecordingTrigger.options.map((trigger) => (
              <Checkbox
                key={trigger}
                isSelected={rule.triggers.includes(trigger)}
                onChange={(isOn) =>
                  onChange({
                    ...rule,
                    triggers: RecordingTrigger.options.filter((one) =>
                      one === trigger ? isOn : rule.triggers.includes(one),
                    ),
                  })
                }
              >
                {say(`rule.trigger.${trigger}`)}
              </Checkbox>
            ))}
          </fieldset>
        </>
      )}
      {rule.mode !== "off" && (
        <Select
          label={say("rule.streams")}
          options={RecordedStreams.options.map((id) => ({ id, label: say(`rule.streams.${id}`) }))}
          selected={rule.streams}
          onSelect={(streams) => onChange({ ...rule, streams })}
        />
      )}
      <p className={styles.hint}>{cost}</p>
    </div>
  );
}
