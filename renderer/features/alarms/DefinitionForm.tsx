import { useState, type FormEvent } from "react";
import type { ChannelId } from "../../../shared/base/ids.ts";
import type { AlarmDefinition, AlarmRules, Priority } from "../../../shared/model/alarm.ts";
import type { EventType } from "../../../shared/model/event.ts";
import { Button } from "../../design/Button.tsx";
import { Checkbox } from "../../design/Checkbox.tsx";
import { Select } from "../../design/Select.tsx";
import { Switch } from "../../design/Switch.tsx";
import { TextField } from "../../design/TextField.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { useAlarmsStore } from "./alarms-context.tsx";
import { CameraChoice, DelayChoice, TypeChoice } from "./DefinitionChoices.tsx";
import { draftOf, stepsOf, type StepDraft } from "./step-draft.ts";
import { StepsForm } from "./StepsForm.tsx";
import { useDefinitionDeeds } from "./use-definition-deeds.ts";
import styles from "./alarms.module.css";

const priorities = ["1", "2", "3", "4"] as const;
const priorityOf: Readonly<Record<(typeof priorities)[number], Priority>> = { 1: 1, 2: 2, 3: 3, 4: 4 };
const rules: readonly (keyof AlarmRules)[] = ["noteToAcknowledge", "clearToAcknowledge", "stepsToClose"];

/** One definition: which events, where, how grave, and what a person is to do. */
export function DefinitionForm({ definition }: { readonly definition: AlarmDefinition | undefined }) {
  const say = useSay();
  const store = useAlarmsStore();
  const deeds = useDefinitionDeeds();
  const [name, setName] = useState(definition?.name ?? "");
  const [priority, setPriority] = useState<Priority>(definition?.priority ?? 3);
  const [isEnabled, setIsEnabled] = useState(definition?.isEnabled ?? true);
  const [types, setTypes] = useState<readonly EventType[]>(definition?.eventTypes ?? []);
  const [channels, setChannels] = useState<readonly ChannelId[] | null>(definition?.channels ?? null);
  const [related, setRelated] = useState<readonly ChannelId[]>(definition?.related ?? []);
  const [foldMs, setFoldMs] = useState<number | null>(definition?.foldMs ?? 60_000);
  const [escalateAfterMs, setEscalateAfterMs] = useState(definition?.escalateAfterMs ?? null);
  const [escalateTo, setEscalateTo] = useState(definition?.escalateTo ?? "");
  const [law, setLaw] = useState<AlarmRules>(
    definition?.rules ?? { noteToAcknowledge: false, clearToAcknowledge: false, stepsToClose: false },
  );
  const [steps, setSteps] = useState<readonly StepDraft[]>(() =>
    (definition?.instructions ?? []).map((step, _place, all) => draftOf(step, all)),
  );
  const [isTried, setIsTried] = useState(false);
  const parsed = stepsOf(steps);
  const save = (event: FormEvent): void => {
    event.preventDefault();
    setIsTried(true);
    if (name.trim() === "" || types.length === 0 || !parsed.ok) return;
    const draft = {
      id: definition?.id ?? null,
      name: name.trim(),
      priority,
      isEnabled,
      eventTypes: [...types],
      channels: channels === null || channels.length === 0 ? null : [...channels],
      foldMs: foldMs ?? 0,
      escalateAfterMs,
      escalateTo: escalateTo.trim(),
      rules: law,
      instructions: parsed.steps,
      related: [...related],
    };
    void deeds.save(draft).then((isSaved) => {
      if (isSaved) store.setState({ drawer: { kind: "definitions" } });
    });
  };
  return (
    <form className={styles.drawerBody} onSubmit={save}>
      <TextField
        autoFocus
        label={say("alarms.definition.name")}
        value={name}
        maxLength={80}
        error={isTried && name.trim() === "" ? say("alarms.definition.needName") : undefined}
        onChange={setName}
      />
      <Switch isSelected={isEnabled} onChange={setIsEnabled}>
        {say("alarms.definition.enabled")}
      </Switch>
      <Select
        label={say("alarms.definition.priority")}
        options={priorities.map((id) => ({ id, label: say(`alarms.priority.${id}`) }))}
        selected={`${priority}`}
        onSelect={(id) => setPriority(priorityOf[id])}
      />
      <TypeChoice
        types={types}
        error={isTried && types.length === 0 ? say("alarms.definition.needTypes") : undefined}
        onChange={setTypes}
      />
      <CameraChoice
        title="alarms.definition.where"
        chosen={channels ?? []}
        isAll={channels === null}
        onChange={(chosen) => setChannels(chosen.length === 0 ? null : chosen)}
      />
      <CameraChoice title="alarms.definition.related" chosen={related} isAll={false} onChange={setRelated} />
      <DelayChoice
        label="alarms.definition.fold"
        ms={foldMs}
        zero="alarms.definition.atOnce"
        onChange={setFoldMs}
      />
      <DelayChoice
        label="alarms.definition.escalate"
        ms={escalateAfterMs}
        zero="alarms.definition.never"
        onChange={(ms) => setEscalateAfterMs(ms === 0 ? null : ms)}
      />
      {escalateAfterMs !== null && (
        <TextField
          label={say("alarms.definition.escalateTo")}
          value={escalateTo}
          maxLength={64}
          onChange={setEscalateTo}
        />
      )}
      {rules.map((rule) => (
        <Checkbox key={rule} isSelected={law[rule]} onChange={(is) => setLaw({ ...law, [rule]: is })}>
          {say(`alarms.definition.${rule}`)}
        </Checkbox>
      ))}
      <StepsForm drafts={steps} problem={isTried && !parsed.ok ? parsed : undefined} onChange={setSteps} />
      <div className={styles.formActions}>
        <Button onPress={() => store.setState({ drawer: { kind: "definitions" } })}>
          {say("alarms.form.cancel")}
        </Button>
        <Button type="submit" tone="primary">
          {say("alarms.definition.save")}
        </Button>
      </div>
    </form>
  );
}
