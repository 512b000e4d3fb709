import { SettingsPatch, type Settings } from "../../../shared/model/settings.ts";
import { Panel } from "../../design/Panel.tsx";
import { Switch } from "../../design/Switch.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { KeptTextField } from "./KeptTextField.tsx";
import { usePutSettings } from "./use-put-settings.ts";

/** Whether adopted cameras are recorded, for how long, and how much of the disk it may take. */
export function RecordingSection({ settings }: { readonly settings: Settings }) {
  const say = useSay();
  const put = usePutSettings();
  const { recordingKeepDays, recordingQuotaGb } = SettingsPatch.shape;
  const checkDays = (text: string) =>
    recordingKeepDays.safeParse(toNumber(text)).success ? undefined : say("settings.keepDaysBad");
  const checkQuota = (text: string) =>
    recordingQuotaGb.safeParse(toNumber(text)).success ? undefined : say("settings.quotaBad");
  return (
    <Panel title={say("settings.recording")}>
      <Switch
        description={say("settings.recordHint")}
        isSelected={settings.recordingMode === "continuous"}
        onChange={(isOn) => put({ recordingMode: isOn ? "continuous" : "off" })}
      >
        {say("settings.record")}
      </Switch>
      <KeptTextField
        label={say("settings.keepDays")}
        description={say("settings.keepDaysHint")}
        value={String(settings.recordingKeepDays)}
        check={checkDays}
        onSave={(text) => put({ recordingKeepDays: toNumber(text) })}
      />
      <KeptTextField
        label={say("settings.quota")}
        description={say("settings.quotaHint")}
        value={String(settings.recordingQuotaGb)}
        check={checkQuota}
        onSave={(text) => put({ recordingQuotaGb: toNumber(text) })}
      />
    </Panel>
  );
}

/** NaN, which no setting accepts, for whatever is not a whole number in digits. */
const toNumber = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : Number.NaN);
