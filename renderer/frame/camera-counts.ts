import type { ChannelId } from "../../shared/base/ids.ts";
import { assertNever } from "../../shared/base/result.ts";
import type { Device } from "../../shared/model/device.ts";
import type { SourceStatus, StreamStatus } from "../../shared/model/stream-status.ts";
import type { TileState } from "../../shared/model/tile-state.ts";

/** How many cameras of the site are in which condition; they add up to all of them. */
export interface CameraCounts {
  readonly live: number;
  readonly stale: number;
  readonly lost: number;
  /** Nobody watches them now, so nothing is claimed. */
  readonly unwatched: number;
}

type Condition = keyof CameraCounts;
const worstFirst: readonly Condition[] = ["lost", "stale", "live", "unwatched"];

/**
 * Counts every camera once, by the worst that is known of it.
 *
 * What a tile of this window has seen with its own eyes goes before what the source says: a stream that
 * plays without new pictures is stale, not live.
 */
export function countCameras(
  devices: readonly Device[],
  statuses: readonly StreamStatus[],
  tiles: ReadonlyMap<ChannelId, TileState["kind"]>,
): CameraCounts {
  const sources = new Map<ChannelId, SourceStatus[]>();
  for (const { channelId, status } of statuses) {
    sources.set(channelId, [...(sources.get(channelId) ?? []), status]);
  }
  const counts = { live: 0, stale: 0, lost: 0, unwatched: 0 };
  for (const device of devices) {
    for (const channel of device.channels) {
      const tile = tiles.get(channel.id);
      const known = (sources.get(channel.id) ?? []).map(ofSource);
      const conditions = tile === undefined ? known : [ofTile(tile)];
      if (device.state.kind === "unreachable") conditions.push("lost");
      counts[worstFirst.find((condition) => conditions.includes(condition)) ?? "unwatched"] += 1;
    }
  }
  return counts;
}

function ofSource(status: SourceStatus): Condition {
  switch (status.kind) {
    case "playing":
      return "live";
    case "waiting":
      return status.reason === "stalled" ? "stale" : "lost";
    case "idle":
    case "connecting":
      return "unwatched";
    default:
      return assertNever(status);
  }
}

function ofTile(kind: TileState["kind"]): Condition {
  switch (kind) {
    case "live":
    case "delayed":
      return "live";
    case "stale":
      return "stale";
    case "lost":
    case "denied":
    case "unsupported":
      return "lost";
    case "connecting":
      return "unwatched";
    default:
      return assertNever(kind);
  }
}
