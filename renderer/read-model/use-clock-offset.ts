import type { ChannelId } from "../../shared/base/ids.ts";
import { useDevices } from "./use-devices.ts";

/** How far the clock of a channel's device is ahead of this computer's, ms; null: not known. */
export function useClockOffset(channelId: ChannelId): number | null {
  const devices = useDevices().data;
  return devices?.find(({ channels }) => channels.some(({ id }) => id === channelId))?.clockOffsetMs ?? null;
}
