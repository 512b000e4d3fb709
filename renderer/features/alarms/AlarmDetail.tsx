import { BellRing } from "lucide-react";
import { EmptyState } from "../../design/EmptyState.tsx";
import { PriorityMark } from "../../design/PriorityMark.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { useAlarm } from "../../read-model/use-alarms.ts";
import type { Alarm, AlarmEntry } from "../../../shared/model/alarm.ts";
import { AlarmActions } from "./AlarmActions.tsx";
import { AlarmForm } from "./AlarmForm.tsx";
import { AlarmHistory } from "./AlarmHistory.tsx";
import { AlarmPictures } from "./AlarmPictures.tsx";
import { AlarmSteps } from "./AlarmSteps.tsx";
import { useAlarmsState } from "./alarms-context.tsx";
import { stateWords } from "./alarm-words.ts";
import styles from "./alarms.module.css";

/** The alarm that is worked on: its pictures, what to do about it, what was done. */
export function AlarmDetail() {
  const say = useSay();
  const openId = useAlarmsState((state) => state.openId);
  const found = useAlarm(openId);
  if (found === undefined) {
    return (
      <section className={styles.detail} aria-label={say("alarms.none.selected")}>
        <EmptyState icon={BellRing} title={say("alarms.none.selected")}>
          {say("alarms.none.selectedText")}
        </EmptyState>
      </section>
    );
  }
  return <OpenAlarm alarm={found.alarm} entries={found.entries} />;
}

function OpenAlarm({ alarm, entries }: { readonly alarm: Alarm; readonly entries: readonly AlarmEntry[] }) {
  const say = useSay();
  const task = useAlarmsState((state) => state.task);
  return (
    <section className={styles.detail} aria-label={alarm.title}>
      <header className={styles.detailHeader}>
        <div>
          <h2 className={styles.detailTitle}>
            <PriorityMark
              priority={alarm.priority}
              label={say("alarms.priority", { priority: alarm.priority })}
            />
            {alarm.place === "" ? alarm.title : `${alarm.place} · ${alarm.title}`}
          </h2>
          <p className={styles.dim}>
            {say("alarms.number", { number: alarm.number })} · {stateWords(say, alarm)}
          </p>
        </div>
        <AlarmActions alarm={alarm} />
      </header>
      <div className={styles.detailBody}>
        {task !== null && <AlarmForm key={`${task.kind} ${task.ids.join()}`} task={task} />}
        <div className={styles.columns}>
          <AlarmPictures alarm={alarm} />
          <div className={styles.stack}>
            <AlarmSteps alarm={alarm} />
            <AlarmHistory alarm={alarm} entries={entries} />
          </div>
        </div>
      </div>
    </section>
  );
}
