import { Button } from "../../design/Button.tsx";
import { PageHeader } from "../../design/PageHeader.tsx";
import { SegmentedControl } from "../../design/SegmentedControl.tsx";
import { useNow } from "../../frame/use-now.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useRecentAlarms } from "../../read-model/use-alarms.ts";
import { useAlarmsState, useAlarmsStore } from "./alarms-context.tsx";
import type { Alarm } from "../../../shared/model/alarm.ts";
import { intervalMs, targetPerInterval } from "../../../shared/model/alarm-load.ts";
import styles from "./alarms.module.css";

/** Which alarms, how many came lately, and what raises them. */
export function AlarmsHeader({ open }: { readonly open: readonly Alarm[] }) {
  const say = useSay();
  const store = useAlarmsStore();
  const lane = useAlarmsState((state) => state.lane);
  const now = useNow();
  const shelved = open.filter((alarm) => alarm.shelved !== null).length;
  const recent = useRecentAlarms().filter(({ raisedAt }) => raisedAt > now - intervalMs).length;
  return (
    <PageHeader
      title={say("alarms.title")}
      views={
        <SegmentedControl
          label={say("alarms.lanes")}
          segments={[
            { id: "open", title: say("alarms.lane.open"), count: open.length - shelved },
            { id: "shelved", title: say("alarms.lane.shelved"), count: shelved },
            { id: "closed", title: say("alarms.lane.closed") },
            { id: "load", title: say("alarms.lane.load") },
          ]}
          selected={lane}
          onSelect={(next) => store.setState({ lane: next, openId: null, ticked: new Set(), task: null })}
        />
      }
    >
      <span className={styles.load}>{say("alarms.load", { count: recent, target: targetPerInterval })}</span>
      <Button onPress={() => store.setState({ drawer: { kind: "definitions" } })}>
        {say("alarms.definitions.button")}
      </Button>
    </PageHeader>
  );
}
