import { useMemo } from "react";
import type { Channel } from "../../shared/model/channel.ts";
import { useSettings } from "../read-model/use-settings.ts";
import { LivePicture } from "./LivePicture.tsx";
import { usePlayer } from "./player-context.tsx";
import type { PlayWish } from "./player-state.ts";

/** One camera's live picture by itself, for pages other than the wall. Fills its parent. */
export function LiveTile(props: { readonly channel: Channel; readonly size?: "small" | "large" }) {
  const { channel, size = "small" } = props;
  const autoMode = useSettings().liveMode;
  const wish = useMemo<PlayWish>(
    () => ({ streams: channel.streams, size, mode: "auto", autoMode, sound: "off" }),
    [channel.streams, size, autoMode],
  );
  return <LivePicture channel={channel} driver={usePlayer(channel.id, wish)} />;
}
