import type { DiscoveryReport, InterfaceReport } from "../../../shared/model/sighting.ts";
import { Panel } from "../../design/Panel.tsx";
import { PriorityMark } from "../../design/PriorityMark.tsx";
import { duration } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import styles from "./devices.module.css";

/** What discovery did: a panel a network card, a panel a sweep, and what it threw away. */
export function DiscoveryReportPanels({ report }: { readonly report: DiscoveryReport }) {
  const say = useSay();
  if (report.interfaces.length + report.sweeps.length + report.ignored.length === 0) return null;
  return (
    <section className={styles.section}>
      {report.interfaces.map((card) => (
        <InterfacePanel key={`${card.name} ${card.address}`} card={card} />
      ))}
      {report.sweeps.map((sweep) => (
        <Panel key={sweep.range} title={say("discovery.sweep", { range: sweep.range })}>
          <p>
            {say("discovery.sweepDone", {
              tries: sweep.tries,
              devices: sweep.devices,
              elapsed: duration(say, sweep.elapsedMs),
            })}
          </p>
        </Panel>
      ))}
      {report.ignored.length > 0 && (
        <Panel title={say("discovery.ignored")}>
          <ul className={styles.remarks}>
            {report.ignored.map(({ reason, count }) => (
              <Remark key={reason} severity="critical">
                {say("discovery.ignoredLine", { count, reason })}
              </Remark>
            ))}
          </ul>
        </Panel>
      )}
    </section>
  );
}

function InterfacePanel({ card }: { readonly card: InterfaceReport }) {
  const say = useSay();
  const title = say("discovery.interface", {
    name: card.name,
    address: card.address,
    prefix: card.prefixLength,
  });
  return (
    <Panel title={title}>
      <p>
        {card.lastAnswerMs === null
          ? say("discovery.interfaceNone", { probes: card.probesSent })
          : say("discovery.interfaceDone", {
              probes: card.probesSent,
              answers: card.answers,
              last: duration(say, card.lastAnswerMs),
            })}
      </p>
      {(card.failure !== null || card.ignored > 0 || card.remarks.length > 0) && (
        <ul className={styles.remarks}>
          {card.failure !== null && <Remark severity="critical">{card.failure}</Remark>}
          {card.ignored > 0 && (
            <Remark severity="warning">{say("discovery.interfaceIgnored", { count: card.ignored })}</Remark>
          )}
          {card.remarks.map((remark) => (
            <Remark key={remark} severity="warning">
              {remark}
            </Remark>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Remark(props: { readonly severity: "warning" | "critical"; readonly children: string }) {
  return (
    <li className={styles.remark} data-severity={props.severity}>
      <PriorityMark priority={props.severity === "critical" ? 1 : 3} />
      <span className="copyable">{props.children}</span>
    </li>
  );
}
