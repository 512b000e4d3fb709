import { VideoOff } from "lucide-react";
import type { Channel } from "../../../shared/model/channel.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { LiveTile } from "../../player/LiveTile.tsx";
import { isShowable } from "./device-row.ts";
import styles from "./devices.module.css";

/** The camera's live picture, which says itself when it is not live. */
export function ChannelPicture({ channel }: { readonly channel: Channel }) {
  const say = useSay();
  if (channel.streams.some(isShowable)) {
    return (
      <div className={styles.picture}>
        <LiveTile channel={channel} />
      </div>
    );
  }
  return (
    <div className={styles.picture} data-empty>
      <VideoOff size={20} aria-hidden />
      <span>{say("detail.noPicture")}</span>
    </div>
  );
}
