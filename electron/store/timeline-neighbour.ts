import type { TimelineSign } from "../../shared/contract/recording.ts";
import { wantedCauses } from "../../shared/model/recording.ts";
import type { ReadDb } from "./db.ts";
import type { RecordedStream } from "./recordings.ts";
import { integersOf } from "./rows.ts";

/** Where from, which way, and after what. */
export interface NeighbourQuestion {
  readonly at: number;
  readonly direction: 1 | -1;
  readonly kind: TimelineSign;
}

const leastGapMs = 1_000;

/** Where the nearest sign of a kind begins on any of the streams, strictly beyond `at`; undefined: there is none. */
export function findNeighbour(
  db: ReadDb,
  streams: readonly RecordedStream[],
  { at, direction, kind }: NeighbourQuestion,
): number | undefined {
  const [than, order] = direction === 1 ? [">", "asc"] : ["<", "desc"];
  const starts: number[] = [];
  const keep = (row: unknown): void => {
    if (row !== undefined) starts.push(...integersOf(kind, row, 1));
  };
  if (kind === "event") {
    const event = db
      .prepare(
        `select occurred_at from event where channel_id = ? and occurred_at ${than} ?
         order by occurred_at ${order} limit 1`,
      )
      .raw();
    for (const { channelId } of streams) keep(event.get(channelId, at));
  } else if (kind === "gap") {
    const gap = db
      .prepare(
        `select from_at from recording_gap where channel_id = ? and role = ? and from_at ${than} ?
           and (to_at is null or to_at - from_at >= ${leastGapMs})
           and cause not in (select value from json_each(?)) order by from_at ${order} limit 1`,
      )
      .raw();
    const wanted = JSON.stringify(wantedCauses);
    for (const { channelId, role } of streams) keep(gap.get(channelId, role, at, wanted));
  } else {
    const [table, key, where] =
      kind === "bookmark"
        ? ["bookmark", "bookmark_id", ""]
        : ["evidence_lock", "lock_id", "and m.lifted_at is null"];
    const mark = db
      .prepare(
        `select m.from_at from ${table} m where m.from_at ${than} ? ${where} and exists (
           select 1 from ${table}_channel c where c.${key} = m.id
             and c.channel_id in (select value from json_each(?)))
         order by m.from_at ${order} limit 1`,
      )
      .raw();
    keep(mark.get(at, JSON.stringify(streams.map(({ channelId }) => channelId))));
  }
  if (starts.length === 0) return undefined;
  return direction === 1 ? Math.min(...starts) : Math.max(...starts);
}
