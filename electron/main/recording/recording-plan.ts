import type { ChannelId } from "../../../shared/base/ids.ts";
import type { RecordingOrder } from "../../../shared/contract/media-port.ts";
import type { Channel } from "../../../shared/model/channel.ts";
import type { Device } from "../../../shared/model/device.ts";
import type { RecordingMode } from "../../../shared/model/recording.ts";

/** Which stream of a channel is recorded, and whether it is to be. */
export interface PlannedStream extends RecordingOrder {
  readonly choice: "site" | RecordingMode;
  readonly isWanted: boolean;
}

const recordable: ReadonlySet<string> = new Set(["H264", "H265"]);

/** Every channel of the devices in use: the main stream, or the first one whose codec can be recorded. */
export function planRecording(
  devices: readonly Device[],
  choices: ReadonlyMap<ChannelId, RecordingMode>,
  siteMode: RecordingMode,
): readonly PlannedStream[] {
  return devices
    .filter(({ state }) => state.kind !== "retired")
    .flatMap(({ channels }) => channels)
    .flatMap((channel) => {
      const role = recordedRole(channel);
      if (role === undefined) return [];
      const choice = choices.get(channel.id) ?? "site";
      const mode = choice === "site" ? siteMode : choice;
      return [{ channelId: channel.id, role, choice, isWanted: mode === "continuous" }];
    });
}

function recordedRole({ streams }: Channel): RecordingOrder["role"] | undefined {
  const usable = streams.filter(({ codec }) => recordable.has(codec));
  return (usable.find(({ role }) => role === "main") ?? usable[0])?.role;
}
