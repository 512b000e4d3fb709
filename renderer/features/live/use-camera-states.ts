import { useMemo } from "react";
import type { Severity } from "../../design/StateMark.tsx";
import { failureWords } from "../../messages/failure-words.ts";
import type { MessageKey } from "../../messages/messages.ts";
import { useTileStates } from "../../read-model/tile-states.tsx";
import { useDevices } from "../../read-model/use-devices.ts";
import { useStreamStatuses } from "../../read-model/use-stream-statuses.ts";
import type { ChannelId } from "../../../shared/base/ids.ts";

/** What the camera list says of a camera that is not as it should be, or that is seen live. */
export interface CameraCondition {
  readonly severity: Severity;
  readonly word: MessageKey;
}

/** The condition of each camera of which something is known: first by its tile, then by its streams, then by its device. */
export function useCameraStates(): ReadonlyMap<ChannelId, CameraCondition> {
  const tiles = useTileStates();
  const statuses = useStreamStatuses();
  const devices = useDevices().data;
  return useMemo(() => {
    const conditions = new Map<ChannelId, CameraCondition>();
    for (const device of devices ?? []) {
      if (device.state.kind !== "unreachable") continue;
      const word = failureWords[device.state.reason].name;
      for (const { id } of device.channels) conditions.set(id, { severity: "critical", word });
    }
    for (const { channelId, status } of statuses) {
      if (status.kind !== "waiting") continue;
      conditions.set(channelId, { severity: "critical", word: failureWords[status.reason].name });
    }
    for (const [channelId, kind] of tiles) {
      if (kind === "lost" || kind === "denied" || kind === "unsupported") continue;
      conditions.set(channelId, {
        severity: kind === "stale" || kind === "delayed" ? "warning" : "quiet",
        word: `tile.state.${kind}`,
      });
    }
    return conditions;
  }, [tiles, statuses, devices]);
}
