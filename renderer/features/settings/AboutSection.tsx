import { useQuery } from "@tanstack/react-query";
import { FolderOpen } from "lucide-react";
import { Button } from "../../design/Button.tsx";
import { Facts } from "../../design/Facts.tsx";
import { Panel } from "../../design/Panel.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";
import { shippedComponents } from "./shipped-components.ts";
import styles from "./settings.module.css";

/** Which build this is, where it keeps things, and under which licences. */
export function AboutSection() {
  const say = useSay();
  const { client, queries } = useConsole();
  const about = useQuery(queries.app.info.queryOptions()).data;
  return (
    <Panel
      title={say("settings.about")}
      actions={
        <Button size="small" onPress={() => void client.app.openLogFolder()}>
          <FolderOpen size={14} aria-hidden />
          {say("settings.openLog")}
        </Button>
      }
    >
      <Facts
        facts={[
          { name: say("settings.version"), value: about?.version ?? null },
          { name: say("settings.runtime"), value: about?.runtime ?? null },
          { name: say("settings.platform"), value: about?.platform ?? null },
          { name: say("settings.database"), value: about?.siteDatabase ?? null, face: "mono" },
          { name: say("settings.logFolder"), value: about?.logFolder ?? null, face: "mono" },
        ]}
      />
      <h3 className={styles.heading}>{say("settings.licences")}</h3>
      <p>{say("settings.licenceText")}</p>
      <p className={styles.dim}>{say("settings.licenceNote")}</p>
      <ul className={styles.licences}>
        {shippedComponents.map(({ name, licence }) => (
          <li key={name}>
            {name} <span className={styles.dim}>{licence}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
