import { Volume2, VolumeX } from "lucide-react";
import { Button } from "react-aria-components/Button";
import { IconButton } from "../design/IconButton.tsx";
import { PriorityMark } from "../design/PriorityMark.tsx";
import { StatusItem } from "../design/StatusBar.tsx";
import { clockTime } from "../messages/format.ts";
import { useSay } from "../messages/messages-context.tsx";
import { countByPriority, useOpenAlarms } from "../read-model/use-alarms.ts";
import { useSiteZone } from "../read-model/use-settings.ts";
import { useFrame } from "./frame-context.tsx";
import { useAlarmMute } from "./use-alarm-mute.ts";
import styles from "./frame.module.css";

const priorities = [1, 2, 3, 4] as const;

/** How many alarms are open, by priority, each in its place; and the sounds. */
export function AlarmCondition() {
  const say = useSay();
  const zone = useSiteZone();
  const goTo = useFrame((frame) => frame.goTo);
  const counts = countByPriority(useOpenAlarms().data ?? []);
  const { mutedUntil, mute, unmute } = useAlarmMute();
  return (
    <StatusItem>
      <Button className={styles.jobsButton ?? ""} onPress={() => goTo("alarms")}>
        {priorities.map((priority) => (
          <span key={priority} className={styles.alarmCount}>
            <PriorityMark
              priority={priority}
              label={say("alarms.priority", { priority })}
              mode={counts[priority] > 0 ? "on" : "off"}
            />
            {counts[priority]}
          </span>
        ))}
        {say("alarms.status.words")}
      </Button>
      <IconButton
        label={
          mutedUntil === null
            ? say("alarms.mute")
            : say("alarms.unmute", { time: clockTime(mutedUntil, zone) })
        }
        icon={mutedUntil === null ? Volume2 : VolumeX}
        onPress={() => (mutedUntil === null ? mute() : unmute())}
      />
    </StatusItem>
  );
}
