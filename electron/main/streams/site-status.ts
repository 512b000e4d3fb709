import type { ChannelId } from "../../../shared/base/ids.ts";
import { assertNever } from "../../../shared/base/result.ts";
import type { SiteStatus } from "../../../shared/contract/app.ts";
import type { SourceStatus, StreamStatus } from "../../../shared/model/stream-status.ts";
import type { TileState } from "../../../shared/model/tile-state.ts";

/** A camera as far as its condition goes. */
export interface CountedCamera {
  readonly channelId: ChannelId;
  readonly isUnreachable: boolean;
}

type Condition = "live" | "stale" | "lost" | "unwatched";
const worstFirst: readonly Condition[] = ["lost", "stale", "live", "unwatched"];

/**
 * Counts every camera once, by the worst that is known of it.
 *
 * What a tile has seen with its own eyes goes before what the source says: a stream that plays without new
 * pictures is stale, not live.
 *
 * @param tiles what each camera's best tile over all windows shows.
 */
export function countCameras(
  cameras: Iterable<CountedCamera>,
  statuses: Iterable<StreamStatus>,
  tiles: ReadonlyMap<ChannelId, TileState["kind"]>,
): SiteStatus {
  const sources = new Map<ChannelId, SourceStatus[]>();
  for (const { channelId, status } of statuses) {
    sources.set(channelId, [...(sources.get(channelId) ?? []), status]);
  }
  const counts = { channels: 0, live: 0, stale: 0, lost: 0, unwatched: 0 };
  for (const { channelId, isUnreachable } of cameras) {
    const tile = tiles.get(channelId);
    const conditions = tile === undefined ? (sources.get(channelId) ?? []).map(ofSource) : [ofTile(tile)];
    if (isUnreachable) conditions.push("lost");
    counts.channels += 1;
    counts[worstFirst.find((condition) => conditions.includes(condition)) ?? "unwatched"] += 1;
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
