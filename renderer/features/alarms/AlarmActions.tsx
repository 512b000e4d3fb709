import type { Alarm } from "../../../shared/model/alarm.ts";
import { Button } from "../../design/Button.tsx";
import { Kbd } from "../../design/Kbd.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { useAlarmsStore } from "./alarms-context.tsx";
import type { AlarmTask } from "./alarms-store.ts";
import { useAlarmDeeds } from "../../frame/use-alarm-deeds.ts";
import styles from "./alarms.module.css";

/** What can be done with the alarm now; what cannot is not offered. */
export function AlarmActions({ alarm }: { readonly alarm: Alarm }) {
  const say = useSay();
  const store = useAlarmsStore();
  const deed = useAlarmDeeds();
  const ids = [alarm.id];
  const ask = (kind: AlarmTask["kind"]): void => store.setState({ task: { kind, ids } });
  if (alarm.closed !== null) {
    return (
      <div className={styles.actions}>
        <Button onPress={() => ask("note")}>{say("alarms.note")}</Button>
        <Button onPress={() => ask("reopen")}>{say("alarms.reopen")}</Button>
      </div>
    );
  }
  const acknowledge = (): void => {
    if (alarm.rules.noteToAcknowledge) ask("acknowledge");
    else void deed(ids, { kind: "acknowledge", note: "" });
  };
  return (
    <div className={styles.actions}>
      {alarm.acknowledged === null && (
        <Button tone="primary" onPress={acknowledge}>
          {say("alarms.acknowledge")} <Kbd keys="A" />
        </Button>
      )}
      <Button onPress={() => void deed(ids, { kind: "take" })}>
        {say("alarms.take")} <Kbd keys="T" />
      </Button>
      <Button onPress={() => ask("note")}>
        {say("alarms.note")} <Kbd keys="N" />
      </Button>
      <Button onPress={() => ask("hand-over")}>
        {say("alarms.handOver")} <Kbd keys="H" />
      </Button>
      {alarm.shelved === null ? (
        <Button onPress={() => ask("shelve")}>
          {say("alarms.shelve")} <Kbd keys="S" />
        </Button>
      ) : (
        <Button onPress={() => void deed(ids, { kind: "unshelve" })}>
          {say("alarms.unshelve")} <Kbd keys="S" />
        </Button>
      )}
      <Button
        tone={alarm.acknowledged === null ? "plain" : "primary"}
        isDisabled={alarm.acknowledged === null || alarm.standing.length > 0}
        onPress={() => ask("close")}
      >
        {say("alarms.close")} <Kbd keys="C" />
      </Button>
    </div>
  );
}
