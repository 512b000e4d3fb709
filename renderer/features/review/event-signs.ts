import type { ChannelId } from "../../../shared/base/ids.ts";
import type { EventMark } from "../../../shared/model/event.ts";

/** Something that happened on a lane: for a while, at an instant (`from` = `to`), or so often in a stretch. */
export interface EventSign {
  readonly from: number;
  readonly to: number;
  readonly type: string;
  /** How many events it stands for. */
  readonly count: number;
}

/** The signs of each channel, in the order in which they begin. */
export type EventLanes = ReadonlyMap<ChannelId, readonly EventSign[]>;

/** Motion without an end is not drawn as if it lasted for ever. */
const longestMs = 600_000;

/**
 * Marks as what is drawn: a beginning and the next end of the same type on the same channel are one sign. One that
 * has not ended lasts until `now`, ten minutes at most.
 */
export function eventSigns(marks: readonly EventMark[], now: number): EventLanes {
  const lanes = new Map<ChannelId, EventSign[]>();
  const begun = new Map<string, { readonly at: number; readonly index: number }>();
  for (const mark of marks) {
    const lane = lanes.get(mark.channelId) ?? [];
    lanes.set(mark.channelId, lane);
    const { at, type } = mark;
    if (mark.kind === "count") {
      lane.push({ from: at, to: at + mark.forMs, type, count: mark.count });
      continue;
    }
    const key = `${mark.channelId} ${type}`;
    const open = begun.get(key);
    if (mark.state === "ended" && open !== undefined) {
      lane[open.index] = { from: open.at, to: at, type, count: 1 };
      begun.delete(key);
    } else if (mark.state === "begun") {
      begun.set(key, { at, index: lane.length });
      lane.push({ from: at, to: Math.max(at, Math.min(now, at + longestMs)), type, count: 1 });
    } else lane.push({ from: at, to: at, type, count: 1 });
  }
  return lanes;
}
