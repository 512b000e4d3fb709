import type { Alarm, AlarmEntry } from "../../../shared/model/alarm.ts";
import { Facts } from "../../design/Facts.tsx";
import { Panel } from "../../design/Panel.tsx";
import { clockTime, dateTime } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useSiteZone } from "../../read-model/use-settings.ts";
import { eventTypeWords } from "../../messages/event-words.ts";
import { entryWords } from "./alarm-words.ts";
import styles from "./alarms.module.css";

/** What happened to the alarm, newest first, with who and when; and the facts that do not change. */
export function AlarmHistory(props: { readonly alarm: Alarm; readonly entries: readonly AlarmEntry[] }) {
  const { alarm, entries } = props;
  const say = useSay();
  const zone = useSiteZone();
  const { count, firstAt, lastAt } = alarm.occurrences;
  const until = alarm.shelved?.until;
  return (
    <>
      <Panel title={say("alarms.history")}>
        <ol className={styles.history}>
          {entries.toReversed().map((entry, place) => (
            <li key={entries.length - place} className={styles.entry}>
              <time title={dateTime(entry.at, zone)}>{clockTime(entry.at, zone)}</time>
              <span>
                {entryWords(say, entry, (type) => eventTypeWords(say, type))}
                {entry.by !== null && <span className={styles.dim}> {entry.by}</span>}
              </span>
            </li>
          ))}
        </ol>
      </Panel>
      <Panel title={say("alarms.facts")}>
        <Facts
          facts={[
            { name: say("alarms.fact.raised"), value: dateTime(alarm.raisedAt, zone) },
            { name: say("alarms.fact.first"), value: dateTime(firstAt, zone) },
            { name: say("alarms.fact.last"), value: dateTime(lastAt, zone) },
            { name: say("alarms.fact.count"), value: String(count) },
            { name: say("alarms.fact.owner"), value: alarm.owner ?? say("alarms.fact.nobody") },
            ...(until === undefined
              ? []
              : [{ name: say("alarms.fact.until"), value: dateTime(until, zone) }]),
          ]}
        />
      </Panel>
    </>
  );
}
