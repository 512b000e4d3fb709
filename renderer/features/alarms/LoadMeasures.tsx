import type { AlarmLoad } from "../../../shared/model/alarm-load.ts";
import { StateMark } from "../../design/StateMark.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { useSiteZone } from "../../read-model/use-settings.ts";
import { loadLines } from "./load-lines.ts";
import styles from "./load.module.css";

/** Each measure with its value, its target and whether it is met. */
export function LoadMeasures({ load }: { readonly load: AlarmLoad }) {
  const say = useSay();
  const zone = useSiteZone();
  return (
    <table className={styles.measures}>
      <thead>
        <tr>
          <th scope="col">{say("alarms.load.measure")}</th>
          <th scope="col">{say("alarms.load.value")}</th>
          <th scope="col">{say("alarms.load.target")}</th>
          <th scope="col">{say("alarms.load.verdict")}</th>
        </tr>
      </thead>
      <tbody>
        {loadLines(say, load, zone).map(({ id, name, value, target, isWithin }) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            <td>{value}</td>
            <td>{target}</td>
            <td>
              {isWithin !== null && (
                <StateMark severity={isWithin ? "quiet" : "warning"}>
                  {say(isWithin ? "alarms.load.within" : "alarms.load.beyond")}
                </StateMark>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
