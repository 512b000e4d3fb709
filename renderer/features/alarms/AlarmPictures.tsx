import { VideoOff } from "lucide-react";
import type { Alarm } from "../../../shared/model/alarm.ts";
import type { Channel } from "../../../shared/model/channel.ts";
import { Button } from "../../design/Button.tsx";
import { Kbd } from "../../design/Kbd.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { LiveTile } from "../../player/LiveTile.tsx";
import { useDevices } from "../../read-model/use-devices.ts";
import { useShowAlarm } from "./use-show-alarm.ts";
import styles from "./alarms.module.css";

/** The camera that raised it, live, and the ones beside it; from here to the wall and to what happened before. */
export function AlarmPictures({ alarm }: { readonly alarm: Alarm }) {
  const say = useSay();
  const show = useShowAlarm();
  const channels = new Map(
    (useDevices().data ?? []).flatMap((device) => device.channels).map((channel) => [channel.id, channel]),
  );
  const own = alarm.channelId === null ? undefined : channels.get(alarm.channelId);
  const related = alarm.related.flatMap((id) => {
    const channel = channels.get(id);
    return channel === undefined || id === alarm.channelId ? [] : [channel];
  });
  return (
    <div className={styles.pictures}>
      {own === undefined ? (
        <div className={styles.noPicture}>
          <VideoOff size={20} aria-hidden />
          {say(alarm.channelId === null ? "alarms.noCamera" : "alarms.cameraGone")}
        </div>
      ) : (
        <Picture channel={own} size="large" />
      )}
      {related.length > 0 && (
        <div className={styles.related}>
          {related.map((channel) => (
            <Picture key={channel.id} channel={channel} size="small" />
          ))}
        </div>
      )}
      {own !== undefined && (
        <div className={styles.actions}>
          <Button onPress={() => show.onWall(alarm)}>
            {say("alarms.showCameras")} <Kbd keys="W" />
          </Button>
          <Button onPress={() => show.before(alarm)}>
            {say("alarms.playBefore")} <Kbd keys="P" />
          </Button>
        </div>
      )}
    </div>
  );
}

function Picture({ channel, size }: { readonly channel: Channel; readonly size: "small" | "large" }) {
  return (
    <div className={styles.picture}>
      <LiveTile channel={channel} size={size} />
    </div>
  );
}
