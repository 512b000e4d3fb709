import { useQuery } from "@tanstack/react-query";
import type { ChannelId } from "../../shared/base/ids.ts";
import { Spinner } from "../design/Spinner.tsx";
import { dateTime, momentInFull } from "../messages/format.ts";
import { useSay } from "../messages/messages-context.tsx";
import { useConsole } from "../read-model/console-context.tsx";
import { useClockOffset } from "../read-model/use-clock-offset.ts";
import { useSiteZone } from "../read-model/use-settings.ts";
import type { PlayerView } from "./player-state.ts";
import { tileWords } from "./tile-words.ts";
import styles from "./tile.module.css";
import { useNow } from "./use-now.ts";

/** What stands in the middle of a tile whose picture is not live: what, since when, and what comes next. */
export function TileMessage(props: { readonly channelId: ChannelId; readonly view: PlayerView }) {
  const { channelId, view } = props;
  const say = useSay();
  const zone = useSiteZone();
  const now = useNow(view.state.kind === "lost");
  const clockOffsetMs = useClockOffset(channelId);
  const words = tileWords(view, { say, zone, now });
  if (words === undefined) return null;
  const isConnecting = view.state.kind === "connecting";
  return (
    <>
      {isConnecting && !view.hasPicture && <LastGoodPicture channelId={channelId} />}
      <div className={styles.message} data-kind={view.state.kind}>
        {isConnecting && <Spinner size="small" />}
        <strong>{words.title}</strong>
        {words.lines.map((line, index) => {
          const at = index === words.lines.length - 1 ? (words.lastFrameAt ?? null) : null;
          return (
            <p key={line} title={at === null ? undefined : momentInFull(say, at, { zone, clockOffsetMs })}>
              {line}
            </p>
          );
        })}
      </div>
    </>
  );
}

/** The last good picture, dimmed and dated, until the first new one is there. */
function LastGoodPicture({ channelId }: { readonly channelId: ChannelId }) {
  const say = useSay();
  const zone = useSiteZone();
  const clockOffsetMs = useClockOffset(channelId);
  const { queries } = useConsole();
  const { data } = useQuery({
    ...queries.live.lastPicture.queryOptions({ input: { channelId } }),
    staleTime: 0,
    gcTime: 0,
  });
  if (data === undefined || data === null) return null;
  return (
    <figure className={styles.lastGood}>
      <img src={data.dataUrl} alt="" />
      <figcaption title={momentInFull(say, data.capturedAt, { zone, clockOffsetMs })}>
        {say("tile.lastGood", { time: dateTime(data.capturedAt, zone) })}
      </figcaption>
    </figure>
  );
}
