import { useState } from "react";
import type { SightingId } from "../../../shared/base/ids.ts";
import type { DiscoveryView } from "../../../shared/contract/discovery.ts";
import { Button } from "../../design/Button.tsx";
import { Drawer } from "../../design/Drawer.tsx";
import { ProgressBar } from "../../design/ProgressBar.tsx";
import { useToasts } from "../../frame/frame-context.tsx";
import { errorWords } from "../../messages/error-words.ts";
import { duration } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";
import { useDiscovery } from "../../read-model/use-discovery.ts";
import { useDevicesStore } from "./devices-context.tsx";
import { DiscoveryReach } from "./DiscoveryReach.tsx";
import { DiscoveryReportPanels } from "./DiscoveryReportPanels.tsx";
import { SightingList } from "./SightingList.tsx";
import styles from "./devices.module.css";

/** Discovery explains itself: what it asked on each network card, what answered, what it threw away and why. */
export function DiscoveryDrawer({ onClose }: { readonly onClose: () => void }) {
  const say = useSay();
  const store = useDevicesStore();
  const view = useDiscovery();
  const { start, stop } = useProbe();
  const [selected, setSelected] = useState<ReadonlySet<SightingId>>(new Set());
  const fresh = (view?.sightings ?? []).filter((sighting) => sighting.deviceId === null);
  const chosen = fresh.filter((sighting) => selected.has(sighting.id)).map((sighting) => sighting.id);
  const isFirst = (view?.report.startedAt ?? null) === null;
  const isRunning = view?.report.running ?? false;
  return (
    <Drawer
      title={say("discovery.title")}
      onClose={onClose}
      actions={
        isRunning ? (
          <Button onPress={stop}>{say("discovery.stop")}</Button>
        ) : (
          <Button onPress={start} tone={isFirst ? "primary" : "plain"}>
            {say(isFirst ? "discovery.start" : "discovery.again")}
          </Button>
        )
      }
      footer={
        <Button
          tone="primary"
          isDisabled={chosen.length === 0}
          onPress={() => store.setState({ task: { kind: "adopt", sightingIds: chosen } })}
        >
          {say("discovery.adopt", { count: chosen.length })}
        </Button>
      }
    >
      <section className={styles.section}>
        {isRunning && <ProgressBar label={say("discovery.progress")} value={null} />}
        <Summary view={view} />
      </section>
      {view !== undefined && (view.report.startedAt !== null || fresh.length > 0) && (
        <section className={styles.section}>
          <SightingList sightings={fresh} selected={selected} onSelect={setSelected} />
        </section>
      )}
      {view !== undefined && <DiscoveryReportPanels report={view.report} />}
      <DiscoveryReach />
    </Drawer>
  );
}

function Summary({ view }: { readonly view: DiscoveryView | undefined }) {
  const say = useSay();
  if (view === undefined || view.report.startedAt === null) {
    return <p className={styles.summary}>{say("discovery.idle")}</p>;
  }
  const { report, sightings } = view;
  const known = sightings.filter((sighting) => sighting.deviceId !== null).length;
  return (
    <p className={styles.summary} aria-live="polite">
      {say("discovery.summary", {
        answers: report.interfaces.reduce((sum, { answers }) => sum + answers, 0),
        known,
        fresh: sightings.length - known,
        elapsed: duration(say, report.elapsedMs),
      })}
    </p>
  );
}

function useProbe(): { readonly start: () => void; readonly stop: () => void } {
  const say = useSay();
  const toasts = useToasts();
  const { client } = useConsole();
  const attempt = async (call: () => Promise<null>): Promise<void> => {
    try {
      await call();
    } catch (error) {
      toasts.show({
        severity: "serious",
        title: say("discovery.failed", { detail: errorWords(say, error) }),
      });
    }
  };
  return {
    start: () => void attempt(() => client.discovery.probe()),
    stop: () => void attempt(() => client.discovery.stop()),
  };
}
