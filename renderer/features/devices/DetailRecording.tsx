import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Channel } from "../../../shared/model/channel.ts";
import type { Device } from "../../../shared/model/device.ts";
import type { RecordingRule } from "../../../shared/model/recording-rule.ts";
import { siteRecordingRule } from "../../../shared/model/settings.ts";
import { Panel } from "../../design/Panel.tsx";
import { Switch } from "../../design/Switch.tsx";
import { useToasts } from "../../frame/frame-context.tsx";
import { errorWords } from "../../messages/error-words.ts";
import { clockTime } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";
import { useChannelRecording } from "../../read-model/use-recording-status.ts";
import { useSettings, useSiteZone } from "../../read-model/use-settings.ts";
import { useStreamStatuses } from "../../read-model/use-stream-statuses.ts";
import { ruleCost } from "../../recording-rule/rule-cost.ts";
import { RuleForm } from "../../recording-rule/RuleForm.tsx";
import styles from "./devices.module.css";

/** How each channel of a device is recorded: as the site, or by a rule of its own. */
export function DetailRecording({ device }: { readonly device: Device }) {
  return (
    <div className={styles.stack}>
      {device.channels.map((channel) => (
        <ChannelRule key={channel.id} channel={channel} />
      ))}
    </div>
  );
}

function ChannelRule({ channel }: { readonly channel: Channel }) {
  const say = useSay();
  const { client, queries } = useConsole();
  const cache = useQueryClient();
  const toasts = useToasts();
  const site = siteRecordingRule(useSettings());
  const statuses = useStreamStatuses();
  const zone = useSiteZone();
  const request = useChannelRecording(channel.id)?.request ?? null;
  const options = queries.recording.rule.queryOptions({ input: { channelId: channel.id } });
  const own = useQuery(options).data;
  const put = async (rule: RecordingRule | null): Promise<void> => {
    cache.setQueryData(options.queryKey, rule);
    try {
      await client.recording.setRule({ channelId: channel.id, rule });
    } catch (error) {
      toasts.show({ severity: "serious", title: say("rule.failed"), detail: errorWords(say, error) });
      await cache.invalidateQueries({ queryKey: options.queryKey });
    }
  };
  if (own === undefined) return null;
  const rule = own ?? site;
  const cost = ruleCost(channel, rule, statuses);
  const words =
    cost === null
      ? say("rule.costUnknown")
      : say(cost.isMost ? "rule.costMost" : "rule.cost", { gigabytes: (cost.bytesPerDay / 1e9).toFixed(1) });
  return (
    <Panel title={channel.name}>
      <Switch
        description={say("rule.ownHint")}
        isSelected={own !== null}
        onChange={(isOwn) => void put(isOwn ? site : null)}
      >
        {say("rule.own")}
      </Switch>
      {request !== null && (
        <p>{say("rule.now", { name: request.by, time: clockTime(request.until, zone) })}</p>
      )}
      {own === null ? (
        <p>
          {say(`rule.mode.${site.mode}`)} · {words}
        </p>
      ) : (
        <RuleForm rule={own} onChange={(next) => void put(next)} cost={words} />
      )}
    </Panel>
  );
}
