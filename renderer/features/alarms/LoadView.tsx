import { useState } from "react";
import { LoadDays } from "../../../shared/contract/alarms.ts";
import { Button } from "../../design/Button.tsx";
import { ErrorState } from "../../design/ErrorState.tsx";
import { LoadingState } from "../../design/LoadingState.tsx";
import { Panel } from "../../design/Panel.tsx";
import { SegmentedControl } from "../../design/SegmentedControl.tsx";
import { errorWords } from "../../messages/error-words.ts";
import { dateTime } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useAlarmLoad } from "../../read-model/use-alarms.ts";
import { useSiteZone } from "../../read-model/use-settings.ts";
import { LoadMeasures } from "./LoadMeasures.tsx";
import { WorstActors } from "./WorstActors.tsx";
import type { AlarmLoad } from "../../../shared/model/alarm-load.ts";
import styles from "./load.module.css";

const periods = ["1", "7", "30"] as const;

/** How many alarms there were, against what people can bear, and what to change. */
export function LoadView() {
  const say = useSay();
  const [days, setDays] = useState<(typeof periods)[number]>("1");
  const load = useAlarmLoad(LoadDays.parse(Number(days)));
  return (
    <section className={styles.load} aria-label={say("alarms.load.title")}>
      <SegmentedControl
        label={say("alarms.load.days")}
        segments={periods.map((id) => ({ id, title: say(`alarms.load.days.${id}`) }))}
        selected={days}
        onSelect={setDays}
      />
      {load.data !== undefined ? (
        <LoadPanels load={load.data} />
      ) : load.isError ? (
        <ErrorState
          title={say("alarms.load.failed")}
          cause={say("alarms.failedCause")}
          remedy={say("alarms.failedRemedy")}
          detail={errorWords(say, load.error)}
          action={
            <Button tone="primary" onPress={() => void load.refetch()}>
              {say("design.retry")}
            </Button>
          }
        />
      ) : (
        <LoadingState label={say("alarms.load.counting")} />
      )}
    </section>
  );
}

function LoadPanels({ load }: { readonly load: AlarmLoad }) {
  const say = useSay();
  const zone = useSiteZone();
  return (
    <>
      {!load.isWhole && (
        <p className={styles.dim}>{say("alarms.load.part", { time: dateTime(load.fromAt, zone) })}</p>
      )}
      <div className={styles.columns}>
        <div className={styles.stack}>
          <Panel title={say("alarms.load.measures")}>
            <LoadMeasures load={load} />
          </Panel>
          <Panel title={say("alarms.load.last")}>
            {load.floods.last.length === 0 && <p className={styles.dim}>{say("alarms.load.last.none")}</p>}
            <ul>
              {load.floods.last.map(({ fromAt, toAt, count }) => (
                <li key={fromAt}>
                  {say("alarms.load.flood", {
                    from: dateTime(fromAt, zone),
                    to: dateTime(toAt, zone),
                    count,
                  })}
                </li>
              ))}
            </ul>
          </Panel>
        </div>
        <Panel title={say("alarms.load.worst")}>
          <WorstActors worst={load.worst} />
        </Panel>
      </div>
    </>
  );
}
