import { useEffect, useMemo } from "react";
import { Button } from "../../design/Button.tsx";
import { ErrorState } from "../../design/ErrorState.tsx";
import { LoadingState } from "../../design/LoadingState.tsx";
import { PageHeader } from "../../design/PageHeader.tsx";
import { useKept, useTarget } from "../../frame/frame-context.tsx";
import { errorWords } from "../../messages/error-words.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";
import { inOrderOfCall, useClosedAlarms, useOpenAlarms } from "../../read-model/use-alarms.ts";
import { AlarmDetail } from "./AlarmDetail.tsx";
import { AlarmList } from "./AlarmList.tsx";
import { AlarmsHeader } from "./AlarmsHeader.tsx";
import { AlarmsProvider, useAlarmsState, useAlarmsStore } from "./alarms-context.tsx";
import { createAlarmsStore } from "./alarms-store.ts";
import { DefinitionsDrawer } from "./DefinitionsDrawer.tsx";
import { LoadView } from "./LoadView.tsx";
import { useAlarmKeys } from "./use-alarm-keys.ts";
import type { Alarm } from "../../../shared/model/alarm.ts";
import styles from "./alarms.module.css";

/** The desk: what calls on the left, the alarm that is worked on at the right. */
export function AlarmsView() {
  const say = useSay();
  const store = useKept("alarms", createAlarmsStore);
  useTarget("alarm", ({ id }) =>
    store.setState({ openId: id, lane: "open", task: null, drawer: { kind: "none" } }),
  );
  const open = useOpenAlarms();
  if (open.data !== undefined) {
    return (
      <AlarmsProvider store={store}>
        <AlarmsPage open={open.data} />
      </AlarmsProvider>
    );
  }
  if (!open.isError) return <LoadingState label={say("alarms.loading")} />;
  return (
    <div className={styles.page}>
      <PageHeader title={say("alarms.title")} />
      <ErrorState
        title={say("alarms.failed")}
        cause={say("alarms.failedCause")}
        remedy={say("alarms.failedRemedy")}
        detail={errorWords(say, open.error)}
        action={
          <Button tone="primary" onPress={() => void open.refetch()}>
            {say("design.retry")}
          </Button>
        }
      />
    </div>
  );
}

function AlarmsPage({ open }: { readonly open: readonly Alarm[] }) {
  const store = useAlarmsStore();
  const lane = useAlarmsState((state) => state.lane);
  const openId = useAlarmsState((state) => state.openId);
  const closed = useClosedAlarms(lane === "closed");
  const listed = useMemo(() => {
    if (lane === "closed") return closed.data?.pages.flat() ?? [];
    if (lane === "load") return [];
    return inOrderOfCall(open.filter(({ shelved }) => (shelved === null) === (lane === "open")));
  }, [lane, open, closed.data]);
  useShown(listed, lane === "open");
  useAlarmKeys(listed);
  // The gravest alarm is open by itself when nobody has chosen one, so that A and T have a meaning at once.
  useEffect(() => {
    const first = listed[0];
    if (openId === null && first !== undefined) store.setState({ openId: first.id });
  }, [listed, openId, store]);
  return (
    <div className={styles.page}>
      <AlarmsHeader open={open} />
      <div className={styles.content}>
        {lane === "load" ? (
          <LoadView />
        ) : (
          <>
            <AlarmList
              lane={lane}
              rows={listed}
              onMore={lane === "closed" && closed.hasNextPage ? () => void closed.fetchNextPage() : undefined}
            />
            <AlarmDetail />
          </>
        )}
        <DefinitionsDrawer />
      </div>
    </div>
  );
}

/** Tells main which alarms are on the screen, once each: the time to acknowledge is counted from there. */
function useShown(listed: readonly Alarm[], isOpenLane: boolean): void {
  const { client } = useConsole();
  const unseen = useMemo(
    () => (isOpenLane ? listed.filter(({ shownAt }) => shownAt === null).map(({ id }) => id) : []),
    [listed, isOpenLane],
  );
  useEffect(() => {
    if (unseen.length === 0 || document.hidden) return;
    void client.alarms.shown({ ids: unseen.slice(0, 500) });
  }, [client, unseen]);
}
