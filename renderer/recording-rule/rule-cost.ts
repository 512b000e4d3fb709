import {
  hoursOfSchedule,
  type RecordedStreams,
  type RecordingRule,
} from "../../shared/model/recording-rule.ts";
import type { StreamStatus } from "../../shared/model/stream-status.ts";
import type { Channel } from "../../shared/model/channel.ts";
import type { StreamRole } from "../../shared/model/stream.ts";

/** What a rule costs on the disk. */
export interface RuleCost {
  readonly bytesPerDay: number;
  /** It records on events some of the time, so that this is the most it can be. */
  readonly isMost: boolean;
}

const rolesOf: Readonly<Record<RecordedStreams, readonly StreamRole[]>> = {
  main: ["main"],
  sub: ["sub"],
  both: ["main", "sub"],
};

/**
 * Bytes a day at the rate the streams have now; of a stream that does not play, at the rate it is configured for.
 * Null: neither is known.
 */
export function ruleCost(
  channel: Channel,
  rule: RecordingRule,
  statuses: readonly StreamStatus[],
): RuleCost | null {
  if (rule.mode === "off") return { bytesPerDay: 0, isMost: false };
  let kbps = 0;
  for (const role of rolesOf[rule.streams]) {
    const stream = channel.streams.find((one) => one.role === role);
    const now = statuses.find((one) => one.channelId === channel.id && one.role === role)?.status;
    kbps += now?.kind === "playing" ? now.bitrateKbps : (stream?.bitrateKbps ?? 0);
  }
  if (kbps === 0) return null;
  const hours = rule.mode === "schedule" ? hoursOfSchedule(rule.schedule) : undefined;
  const share = hours === undefined ? 1 : hours.filter((mode) => mode !== null).length / hours.length;
  const isMost = rule.mode === "event" || hours?.includes("event") === true;
  return { bytesPerDay: kbps * 125 * 86_400 * share, isMost };
}
