import { SettingsPatch, siteRecordingRule, type Settings } from "../../../shared/model/settings.ts";
import { Panel } from "../../design/Panel.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { useRecordingStatus } from "../../read-model/use-recording-status.ts";
import { RuleForm } from "../../recording-rule/RuleForm.tsx";
import { KeptTextField } from "./KeptTextField.tsx";
import { usePutSettings } from "./use-put-settings.ts";

/** When adopted cameras are recorded, for how long it is kept, and how much of the disk it may take. */
export function RecordingSection({ settings }: { readonly settings: Settings }) {
  const say = useSay();
  const put = usePutSettings();
  const storage = useRecordingStatus()?.storage;
  const { recordingKeepDays } = SettingsPatch.shape;
  const checkDays = (text: string) =>
    recordingKeepDays.safeParse(toNumber(text)).success ? undefined : say("settings.keepDaysBad");
  return (
    <Panel title={say("settings.recording")}>
      <RuleForm
        rule={siteRecordingRule(settings)}
        onChange={(rule) =>
          put({
            recordingMode: rule.mode,
            recordingStreams: rule.streams,
            recordingPreRollS: rule.preRollS,
            recordingPostRollS: rule.postRollS,
            recordingTriggers: rule.triggers,
            recordingSchedule: rule.schedule,
          })
        }
        cost={
          storage?.bytesPerDay === undefined || storage.bytesPerDay === null
            ? say("rule.costSiteUnknown")
            : say("rule.costSite", {
                gigabytes: (storage.bytesPerDay / 1e9).toFixed(1),
                days: Math.floor(storage.daysHeld ?? storage.keepDays),
              })
        }
      />
      <KeptTextField
        label={say("settings.keepDays")}
        description={say("settings.keepDaysHint")}
        value={String(settings.recordingKeepDays)}
        check={checkDays}
        onSave={(text) => put({ recordingKeepDays: toNumber(text) })}
      />
    </Panel>
  );
}

/** NaN, which no setting accepts, for whatever is not a whole number in digits. */
const toNumber = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : Number.NaN);
