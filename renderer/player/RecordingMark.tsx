import type { ChannelId } from "../../shared/base/ids.ts";
import { useSay } from "../messages/messages-context.tsx";
import { useChannelRecording } from "../read-model/use-recording-status.ts";
import styles from "./tile.module.css";

const words = { recording: "tile.recording", armed: "tile.armed", waiting: "tile.notRecording" } as const;

/**
 * Says on a live tile that the camera is being recorded, that it waits for an event, or that it should be recorded
 * and is not; nothing when it is off.
 */
export function RecordingMark({ channelId }: { readonly channelId: ChannelId }) {
  const say = useSay();
  const state = useChannelRecording(channelId)?.state ?? "off";
  if (state === "off") return null;
  return (
    <span className={styles.recording} data-recording={state}>
      <span className={state === "waiting" ? undefined : styles.spare}>{say(words[state])}</span>
    </span>
  );
}
