import type { ChannelId } from "../../shared/base/ids.ts";
import { useSay } from "../messages/messages-context.tsx";
import { useChannelRecording } from "../read-model/use-recording-status.ts";
import styles from "./tile.module.css";

/** Says on a live tile that the camera is being recorded, or that it should be and is not; nothing when it is off. */
export function RecordingMark({ channelId }: { readonly channelId: ChannelId }) {
  const say = useSay();
  const state = useChannelRecording(channelId)?.state ?? "off";
  if (state === "off") return null;
  return (
    <span className={styles.recording} data-recording={state}>
      <span className={state === "recording" ? styles.spare : undefined}>
        {say(state === "recording" ? "tile.recording" : "tile.notRecording")}
      </span>
    </span>
  );
}
