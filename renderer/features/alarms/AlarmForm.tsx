import { useState, type FormEvent, type KeyboardEvent } from "react";
import { systemClock } from "../../../shared/base/clock.ts";
import { Disposition } from "../../../shared/model/alarm.ts";
import type { AlarmAction } from "../../../shared/model/alarm-action.ts";
import { Button } from "../../design/Button.tsx";
import { Panel } from "../../design/Panel.tsx";
import { SegmentedControl } from "../../design/SegmentedControl.tsx";
import { Select } from "../../design/Select.tsx";
import { TextField } from "../../design/TextField.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { useAlarmsStore } from "./alarms-context.tsx";
import type { AlarmTask } from "./alarms-store.ts";
import { useAlarmDeeds } from "../../frame/use-alarm-deeds.ts";
import styles from "./alarms.module.css";

const shelfMinutes = ["15", "60", "240", "720", "10080"] as const;
type ShelfMinutes = (typeof shelfMinutes)[number];

/** Without words these are refused. */
const needsWords: ReadonlySet<AlarmTask["kind"]> = new Set([
  "acknowledge",
  "note",
  "shelve",
  "reopen",
  "skip-step",
]);

/** The words that an action needs, asked for in place: Enter sends, Esc goes back. */
export function AlarmForm({ task }: { readonly task: AlarmTask }) {
  const say = useSay();
  const store = useAlarmsStore();
  const deed = useAlarmDeeds();
  const [words, setWords] = useState("");
  const [to, setTo] = useState("");
  const [minutes, setMinutes] = useState<ShelfMinutes>("60");
  const [disposition, setDisposition] = useState<Disposition>("real");
  const [isTried, setIsTried] = useState(false);
  const text = words.trim();
  const isMissing = task.kind === "hand-over" ? to.trim() === "" : needsWords.has(task.kind) && text === "";
  const back = (): void => store.setState({ task: null });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    setIsTried(true);
    if (isMissing) return;
    const until = systemClock.now() + Number(minutes) * 60_000;
    void deed(task.ids, actionOf(task, { text, to: to.trim(), until, disposition })).then((isDone) => {
      if (!isDone) return;
      const ends = task.kind === "close" || task.kind === "shelve";
      store.setState({ task: null, ticked: new Set(), ...(ends ? { openId: null } : {}) });
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    back();
  };
  const error = isTried && isMissing ? say("alarms.form.needed") : undefined;
  const isReason = task.kind === "shelve" || task.kind === "reopen" || task.kind === "skip-step";
  return (
    <Panel
      title={`${say(task.kind === "note" ? "alarms.form.note.title" : `alarms.form.${task.kind}`)}${
        task.ids.length > 1 ? ` · ${say("alarms.many", { count: task.ids.length })}` : ""
      }`}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc bubbles from the fields */}
      <form className={styles.form} onSubmit={send} onKeyDown={onKeyDown}>
        {task.kind === "close" && (
          <SegmentedControl
            label={say("alarms.disposition")}
            segments={Disposition.options.map((id) => ({ id, title: say(`alarms.disposition.${id}`) }))}
            selected={disposition}
            onSelect={setDisposition}
          />
        )}
        {task.kind === "hand-over" && (
          <TextField
            autoFocus
            label={say("alarms.form.to")}
            value={to}
            maxLength={64}
            error={error}
            onChange={setTo}
          />
        )}
        {task.kind === "shelve" && (
          <Select
            label={say("alarms.form.until")}
            options={shelfMinutes.map((id) => ({ id, label: say(`alarms.form.until.${id}`) }))}
            selected={minutes}
            onSelect={setMinutes}
          />
        )}
        <TextField
          autoFocus={task.kind !== "hand-over"}
          label={say(isReason ? "alarms.form.reason" : "alarms.form.note")}
          value={words}
          maxLength={isReason ? 300 : 2_000}
          error={task.kind === "hand-over" ? undefined : error}
          onChange={setWords}
        />
        <div className={styles.formActions}>
          <Button onPress={back}>{say("alarms.form.cancel")}</Button>
          <Button type="submit" tone="primary">
            {say(`alarms.form.send.${task.kind}`)}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

interface Answers {
  readonly text: string;
  readonly to: string;
  readonly until: number;
  readonly disposition: Disposition;
}

function actionOf({ kind, stepId = "" }: AlarmTask, { text, to, until, disposition }: Answers): AlarmAction {
  switch (kind) {
    case "acknowledge":
    case "note":
      return { kind, note: text };
    case "shelve":
      return { kind, reason: text, until };
    case "hand-over":
      return { kind, to, note: text };
    case "close":
      return { kind, disposition, note: text };
    case "reopen":
      return { kind, reason: text };
    case "skip-step":
      return { kind, stepId, reason: text };
  }
}
