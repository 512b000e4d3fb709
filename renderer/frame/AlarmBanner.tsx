import { Banner } from "../design/Banner.tsx";
import { Button } from "../design/Button.tsx";
import { duration } from "../messages/format.ts";
import { useSay } from "../messages/messages-context.tsx";
import { inOrderOfCall, isCalling, useOpenAlarms } from "../read-model/use-alarms.ts";
import { useFrame } from "./frame-context.tsx";
import { useAlarmDeeds } from "./use-alarm-deeds.ts";
import { useNow } from "./use-now.ts";

/** The gravest alarm of priority 1 or 2 that nobody has acknowledged, on every page of every window. */
export function AlarmBanner() {
  const say = useSay();
  const deed = useAlarmDeeds();
  const goTo = useFrame((frame) => frame.goTo);
  const page = useFrame((frame) => frame.page);
  const now = useNow();
  const calling = inOrderOfCall(useOpenAlarms().data ?? []).filter(
    (alarm) => isCalling(alarm) && alarm.priority <= 2,
  );
  const [alarm] = calling;
  // The Alarms page shows the same at length.
  if (alarm === undefined || page === "alarms") return null;
  const { id, channelId, place, priority, title } = alarm;
  const more = calling.length - 1;
  const age = duration(say, Math.max(0, now - alarm.raisedAt));
  return (
    <Banner
      severity={priority === 1 ? "critical" : "serious"}
      title={place === "" ? title : say("alarms.banner", { title, place })}
      detail={more === 0 ? age : `${age} · ${say("alarms.banner.more", { count: more })}`}
      actions={
        <>
          {!alarm.rules.noteToAcknowledge && (
            <Button
              size="small"
              tone="primary"
              onPress={() => void deed([id], { kind: "acknowledge", note: "" })}
            >
              {say("alarms.acknowledge")}
            </Button>
          )}
          {channelId !== null && (
            <Button size="small" onPress={() => goTo("live", { kind: "camera", id: channelId })}>
              {say("alarms.showCameras")}
            </Button>
          )}
          <Button size="small" onPress={() => goTo("alarms", { kind: "alarm", id })}>
            {say("alarms.banner.open")}
          </Button>
        </>
      }
    />
  );
}
