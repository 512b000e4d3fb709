import { FolderOpen } from "lucide-react";
import { useMemo } from "react";
import type { Settings } from "../../../shared/model/settings.ts";
import { Button } from "../../design/Button.tsx";
import { Panel } from "../../design/Panel.tsx";
import { Select } from "../../design/Select.tsx";
import { offsetName, zoneOf } from "../../messages/format.ts";
import { useNow } from "../../frame/use-now.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";
import { KeptTextField } from "./KeptTextField.tsx";
import { usePutSettings } from "./use-put-settings.ts";
import styles from "./settings.module.css";

const ownZone = "own";
const aMinute = 60_000;

/** What this site is called and which time it keeps. */
export function SiteSection({ settings }: { readonly settings: Settings }) {
  const say = useSay();
  const put = usePutSettings();
  const { client } = useConsole();
  const now = useNow(aMinute);
  const choose = async (): Promise<void> => {
    const title = say("settings.snapshotFolder");
    const { path } = await client.app.chooseFolder({ title, from: settings.snapshotFolder });
    if (path !== null) put({ snapshotFolder: path });
  };
  const zones = useMemo(
    () => [
      { id: ownZone, label: say("settings.timeZoneOwn", { zone: zoneOf("") }) },
      ...Intl.supportedValuesOf("timeZone").map((zone) => ({
        id: zone,
        label: zone,
        hint: offsetName(now, zone),
      })),
    ],
    [say, now],
  );
  return (
    <Panel title={say("settings.site")}>
      <KeptTextField
        label={say("settings.siteName")}
        description={say("settings.siteNameHint")}
        value={settings.siteName}
        check={(text) => (text === "" || text.length > 64 ? say("settings.siteNameBad") : undefined)}
        onSave={(siteName) => put({ siteName })}
      />
      <Select
        label={say("settings.timeZone")}
        description={say("settings.timeZoneHint")}
        options={zones}
        selected={settings.timeZone === "" ? ownZone : settings.timeZone}
        onSelect={(id) => put({ timeZone: id === ownZone ? "" : id })}
      />
      <div className={styles.withButton}>
        <KeptTextField
          label={say("settings.snapshotFolder")}
          description={say("settings.snapshotFolderHint")}
          value={settings.snapshotFolder}
          face="mono"
          onSave={(snapshotFolder) => put({ snapshotFolder })}
        />
        <Button onPress={() => void choose()}>
          <FolderOpen size={14} aria-hidden />
          {say("settings.chooseFolder")}
        </Button>
      </div>
    </Panel>
  );
}
