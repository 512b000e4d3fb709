import type { ChannelId } from "../../../shared/base/ids.ts";
import type { GroupId, GroupStatus, RecordingGroup } from "../../../shared/model/storage.ts";
import type { RecordingUsage } from "../../store/recording-usage.ts";
import type { RetentionLimit } from "./retention.ts";

/** A group with every channel that it is about; `id: null` is the rest, removed cameras among it. */
export interface GroupScope {
  readonly id: GroupId | null;
  readonly channels: readonly ChannelId[];
  readonly keepDays: number;
  readonly quotaBytes: number;
}

/** Every channel that has recordings belongs to exactly one. */
export function groupScopes(
  groups: readonly RecordingGroup[],
  usage: readonly RecordingUsage[],
  siteKeepDays: number,
): GroupScope[] {
  const grouped = new Set(groups.flatMap(({ channels }) => channels));
  const rest = new Set(usage.map(({ channelId }) => channelId).filter((id) => !grouped.has(id)));
  return [
    ...groups.map(({ id, channels, keepDays, quotaBytes }) => ({
      id,
      channels,
      keepDays: keepDays ?? siteKeepDays,
      quotaBytes,
    })),
    { id: null, channels: [...rest], keepDays: siteKeepDays, quotaBytes: 0 },
  ];
}

const bytesOf = ({ channels }: GroupScope, usage: readonly RecordingUsage[]): number => {
  const own = new Set(channels);
  return usage.reduce((sum, one) => sum + (own.has(one.channelId) ? one.bytes : 0), 0);
};

/** What retention is to do for a group. */
export const limitOf = (scope: GroupScope, usage: readonly RecordingUsage[]): RetentionLimit => ({
  channelIds: scope.channels,
  keepDays: scope.keepDays,
  excessBytes: scope.quotaBytes > 0 ? Math.max(0, bytesOf(scope, usage) - scope.quotaBytes) : 0,
});

/** What a group takes and how long that lasts: by its own quota, else as long as its share of the disks does. */
export function groupStatus(
  scope: GroupScope,
  usage: readonly RecordingUsage[],
  rate: { readonly bytesPerDay: number | null; readonly siteDaysHeld: number | null },
  isLockedOut: boolean,
): GroupStatus {
  const { bytesPerDay, siteDaysHeld } = rate;
  const byQuota = scope.quotaBytes > 0 && bytesPerDay ? scope.quotaBytes / bytesPerDay : null;
  const bounds = [byQuota, siteDaysHeld].filter((days) => days !== null);
  const isKnown = scope.quotaBytes > 0 ? byQuota !== null : siteDaysHeld !== null;
  return {
    id: scope.id,
    keepDays: scope.keepDays,
    usedBytes: bytesOf(scope, usage),
    bytesPerDay,
    daysHeld: isKnown ? Math.min(scope.keepDays, ...bounds) : null,
    isLockedOut,
  };
}
