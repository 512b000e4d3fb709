import { useToasts } from "../../frame/frame-context.tsx";
import { errorWords } from "../../messages/error-words.ts";
import { dateTime, offsetName } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import type { PlayerDriver } from "../../player/player-driver.ts";
import { snapshotPng } from "../../player/snapshot.ts";
import { stateWord } from "../../player/tile-words.ts";
import { useConsole } from "../../read-model/console-context.tsx";
import { useSiteZone } from "../../read-model/use-settings.ts";
import type { Channel } from "../../../shared/model/channel.ts";

/** Saves what a tile shows as a PNG with name and time, and says where it is or why it could not be saved. */
export function useSnapshot(): (channel: Channel, driver: PlayerDriver) => Promise<void> {
  const say = useSay();
  const toasts = useToasts();
  const zone = useSiteZone();
  const { client } = useConsole();
  return async (channel, driver) => {
    const still = driver.still();
    if (still === undefined) {
      toasts.show({ severity: "warning", title: say("live.snapshot.none", { name: channel.name }) });
      return;
    }
    const { capturedAt, state } = still;
    const time = `${dateTime(capturedAt, zone)} ${offsetName(capturedAt, zone)}`;
    try {
      const png = await snapshotPng(still, {
        title: `${channel.number} ${channel.name}`,
        time: state.kind === "live" ? time : `${time} (${stateWord(state, say)})`,
      });
      const { path } = await client.live.saveSnapshot({ channelId: channel.id, capturedAt, png });
      toasts.show({
        severity: "normal",
        title: say("live.snapshot.saved", { name: channel.name }),
        detail: path,
      });
    } catch (error) {
      toasts.show({
        severity: "serious",
        title: say("live.snapshot.failed", { name: channel.name }),
        detail: errorWords(say, error),
      });
    }
  };
}
