import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ClockReading, ConnectionEntry, Device } from "../../../shared/model/device.ts";
import { LineGraph } from "../../design/LineGraph.tsx";
import { Panel } from "../../design/Panel.tsx";
import { StateMark, type Severity } from "../../design/StateMark.tsx";
import { Moment } from "../../frame/Moment.tsx";
import { errorWords } from "../../messages/error-words.ts";
import { clockOffset } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";
import { useSiteZone } from "../../read-model/use-settings.ts";
import { offsetAt } from "./clock-ledger.ts";
import styles from "./devices.module.css";

const historyLimit = 200;
const shownReadings = 10;
const noReadings: readonly ClockReading[] = [];

const severityOf: Readonly<Record<ConnectionEntry["kind"], Severity>> = {
  adopted: "normal",
  connected: "normal",
  lost: "critical",
  "address-changed": "notice",
  "credential-refused": "serious",
  "identity-changed": "serious",
  "clock-offset": "notice",
  "firmware-changed": "notice",
};

/** What happened to the connection, and the clock ledger. */
export function DetailHistory({ device }: { readonly device: Device }) {
  const say = useSay();
  const { queries } = useConsole();
  const input = { id: device.id, limit: historyLimit };
  const history = useQuery(queries.devices.history.queryOptions({ input }));
  if (history.isError) return <StateMark severity="serious">{errorWords(say, history.error)}</StateMark>;
  return (
    <div className={styles.stack}>
      <Panel title={say("detail.connections")}>
        <Connections entries={history.data?.connections ?? []} clock={history.data?.clock ?? noReadings} />
      </Panel>
      <Panel title={say("detail.clockLedger")}>
        <ClockLedger readings={history.data?.clock ?? noReadings} />
      </Panel>
    </div>
  );
}

function Connections(props: {
  readonly entries: readonly ConnectionEntry[];
  readonly clock: readonly ClockReading[];
}) {
  const { entries, clock } = props;
  const say = useSay();
  if (entries.length === 0) return <p className={styles.dim}>{say("detail.noConnections")}</p>;
  return (
    <table className={styles.plain}>
      <tbody>
        {entries.map((entry) => (
          <tr key={`${entry.at} ${entry.kind} ${entry.detail}`}>
            <td className={styles.dim}>
              <Moment at={entry.at} clockOffsetMs={offsetAt(clock, entry.at)} />
            </td>
            <td>
              <StateMark severity={severityOf[entry.kind]}>{say(`detail.event.${entry.kind}`)}</StateMark>
            </td>
            <td className={styles.wrap}>{entry.detail}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ClockLedger({ readings }: { readonly readings: readonly ClockReading[] }) {
  const say = useSay();
  const zone = useSiteZone();
  const oldestFirst = useMemo(() => readings.toSorted((a, b) => a.at - b.at), [readings]);
  const times = useMemo(() => oldestFirst.map(({ at }) => at), [oldestFirst]);
  const values = useMemo(() => oldestFirst.map(({ offsetMs }) => offsetMs / 1000), [oldestFirst]);
  if (readings.length === 0) return <p className={styles.dim}>{say("detail.noClock")}</p>;
  return (
    <>
      {readings.length > 2 && (
        <LineGraph
          label={say("detail.clockGraph", { count: readings.length })}
          times={times}
          values={values}
          unit="s"
          timeZone={zone}
        />
      )}
      <table className={styles.plain}>
        <thead>
          <tr>
            <th scope="col">{say("detail.clockAt")}</th>
            <th scope="col">{say("detail.clockOffset")}</th>
            <th scope="col">{say("detail.clockTrip")}</th>
          </tr>
        </thead>
        <tbody>
          {oldestFirst
            .slice(-shownReadings)
            .toReversed()
            .map((reading) => (
              <tr key={reading.at}>
                <td className={styles.dim}>
                  <Moment at={reading.at} clockOffsetMs={reading.offsetMs} />
                </td>
                <td>{clockOffset(say, reading.offsetMs)}</td>
                <td>{say("duration.milliseconds", { value: Math.round(reading.roundTripMs) })}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </>
  );
}
