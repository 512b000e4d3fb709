import { BellOff } from "lucide-react";
import { useMemo } from "react";
import type { Alarm } from "../../../shared/model/alarm.ts";
import { Button } from "../../design/Button.tsx";
import { EmptyState } from "../../design/EmptyState.tsx";
import { PriorityMark } from "../../design/PriorityMark.tsx";
import { Table } from "../../design/Table.tsx";
import type { TableColumn } from "../../design/table-column.ts";
import { useNow } from "../../frame/use-now.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useSiteZone } from "../../read-model/use-settings.ts";
import { isCalling } from "../../read-model/use-alarms.ts";
import { stateWords, timeWords } from "./alarm-words.ts";
import { useAlarmsState, useAlarmsStore } from "./alarms-context.tsx";
import type { Lane } from "./alarms-store.ts";
import styles from "./alarms.module.css";

/** The order is that of the rows as they come: what calls first. */
const asGiven = { column: "none", direction: "ascending" } as const;

/** The alarms of one lane, what calls first. */
export function AlarmList(props: {
  readonly lane: Lane;
  readonly rows: readonly Alarm[];
  readonly onMore?: (() => void) | undefined;
}) {
  const say = useSay();
  const store = useAlarmsStore();
  const { lane } = props;
  const ticked = useAlarmsState((state) => state.ticked);
  const openId = useAlarmsState((state) => state.openId);
  const columns = useMemo<readonly TableColumn<Alarm>[]>(
    () => [
      {
        id: "title",
        title: say("alarms.column.title"),
        width: 124,
        grow: 1,
        isRowHeader: true,
        render: title,
      },
      { id: "place", title: say("alarms.column.place"), width: 96, grow: 1, render: place },
      {
        id: "state",
        title: say("alarms.column.state"),
        width: 100,
        grow: 2,
        render: state,
      },
      {
        id: "time",
        title: say(
          lane === "open"
            ? "alarms.column.age"
            : lane === "shelved"
              ? "alarms.column.until"
              : "alarms.column.closed",
        ),
        width: 84,
        align: "end",
        render: (alarm) => <AlarmTime alarm={alarm} />,
      },
    ],
    [say, lane],
  );
  return (
    <div className={styles.list}>
      <Table
        label={say("alarms.table")}
        columns={columns}
        rows={props.rows}
        sort={{ by: asGiven, onChange: () => undefined }}
        selection={{
          ids: ticked,
          onChange: (ids) => store.setState({ ticked: ids }),
          openId: openId ?? undefined,
        }}
        onOpen={({ id }) => store.setState({ openId: id, task: null })}
        empty={
          <EmptyState icon={BellOff} title={say(`alarms.none.${lane}`)}>
            {say(`alarms.none.${lane}Text`)}
          </EmptyState>
        }
      />
      {props.onMore !== undefined && <Button onPress={props.onMore}>{say("alarms.more")}</Button>}
    </div>
  );
}

function title(alarm: Alarm) {
  return <AlarmTitle alarm={alarm} />;
}

function place(alarm: Alarm) {
  return <CutWords words={alarm.place} />;
}

function state(alarm: Alarm) {
  return <AlarmStanding alarm={alarm} />;
}

function AlarmStanding({ alarm }: { readonly alarm: Alarm }) {
  return <CutWords words={stateWords(useSay(), alarm)} />;
}

/** What does not fit is cut at its end and read by pointing at it. */
function CutWords({ words }: { readonly words: string }) {
  return <span title={words}>{words}</span>;
}

/** Its priority by shape, its name, how often it came. */
function AlarmTitle({ alarm }: { readonly alarm: Alarm }) {
  const say = useSay();
  const { count } = alarm.occurrences;
  return (
    <span className={styles.name} data-calling={isCalling(alarm)}>
      <PriorityMark priority={alarm.priority} label={say("alarms.priority", { priority: alarm.priority })} />
      {alarm.title}
      {count > 1 && <span className={styles.times}>{say("alarms.times", { count })}</span>}
    </span>
  );
}

function AlarmTime({ alarm }: { readonly alarm: Alarm }) {
  const say = useSay();
  const zone = useSiteZone();
  return <>{timeWords(say, alarm, useNow(), zone)}</>;
}
