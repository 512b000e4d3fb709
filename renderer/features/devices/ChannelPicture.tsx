import { useQuery } from "@tanstack/react-query";
import { VideoOff } from "lucide-react";
import type { Channel } from "../../../shared/model/channel.ts";
import { dateTime } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";
import { useSiteZone } from "../../read-model/use-settings.ts";
import { isShowable } from "./device-row.ts";
import styles from "./devices.module.css";

/** The camera's picture; the last kept one says when it is from. */
export function ChannelPicture({ channel }: { readonly channel: Channel }) {
  const say = useSay();
  const zone = useSiteZone();
  const { queries } = useConsole();
  const kept = useQuery(queries.live.lastPicture.queryOptions({ input: { channelId: channel.id } })).data;
  if (!channel.streams.some(isShowable)) {
    return (
      <div className={styles.picture}>
        <VideoOff size={20} aria-hidden />
        <span>{say("detail.noPicture")}</span>
      </div>
    );
  }
  if (kept === null || kept === undefined)
    return <div className={styles.picture}>{say("detail.picture.none")}</div>;
  return (
    <div className={styles.picture}>
      <img src={kept.dataUrl} alt={channel.name} />
      <span className={styles.pictureNote}>
        {say("detail.picture.age", { time: dateTime(kept.capturedAt, zone) })}
      </span>
    </div>
  );
}
