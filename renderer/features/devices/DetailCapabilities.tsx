import type { Device } from "../../../shared/model/device.ts";
import { Facts } from "../../design/Facts.tsx";
import { Panel } from "../../design/Panel.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import styles from "./devices.module.css";

/** What the device can do, and the services it named. */
export function DetailCapabilities({ device }: { readonly device: Device }) {
  const say = useSay();
  const yes = (can: boolean): string => say(can ? "detail.yes" : "detail.no");
  const sound = device.channels.some(({ streams }) => streams.some((stream) => stream.audioCodec !== null));
  return (
    <div className={styles.stack}>
      <Facts
        facts={[
          { name: say("detail.events"), value: yes(device.hasEvents) },
          { name: say("detail.ptz"), value: yes(device.channels.some((channel) => channel.ptz)) },
          { name: say("detail.sound"), value: yes(sound) },
        ]}
      />
      {device.services.length === 0 ? (
        <p>{say("detail.noServices")}</p>
      ) : (
        <Panel title={say("detail.service")}>
          <table className={styles.plain}>
            <thead>
              <tr>
                <th scope="col">{say("detail.service")}</th>
                <th scope="col">{say("detail.version")}</th>
                <th scope="col">{say("detail.path")}</th>
              </tr>
            </thead>
            <tbody>
              {device.services.map((service) => (
                <tr key={`${service.name} ${service.path}`}>
                  <td>{say(`detail.service.${service.name}`)}</td>
                  <td>{service.version}</td>
                  <td className={`${styles.mono} ${styles.wrap}`}>{service.path}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      )}
    </div>
  );
}
