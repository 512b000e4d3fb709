import type { Alarm } from "../../../shared/model/alarm.ts";
import { useFrame } from "../../frame/frame-context.tsx";

/** Where the clip of an alarm begins: what led to it is before it. */
const beforeMs = 10_000;

/** From an alarm to the wall, and to what was recorded just before it. */
export function useShowAlarm(): {
  readonly onWall: (alarm: Alarm) => void;
  readonly before: (alarm: Alarm) => void;
} {
  const goTo = useFrame((frame) => frame.goTo);
  return {
    onWall: ({ channelId }) => {
      if (channelId !== null) goTo("live", { kind: "camera", id: channelId });
    },
    before: ({ channelId, related, occurrences }) => {
      if (channelId === null) return;
      const channels = [...new Set([channelId, ...related])];
      goTo("review", { kind: "moment", channels, at: occurrences.firstAt - beforeMs });
    },
  };
}
