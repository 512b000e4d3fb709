import type { Clock } from "../../../shared/base/clock.ts";
import type { ChannelId } from "../../../shared/base/ids.ts";
import type { CalendarDay, RecordedClock, TimelineLane } from "../../../shared/contract/recording.ts";
import type { EventMark } from "../../../shared/model/event.ts";
import type { StreamRole } from "../../../shared/model/stream.ts";
import { mergeLanes } from "./merge-lanes.ts";
import type { RecordedStream } from "../../store/recordings.ts";
import type { Store } from "../../store/store.ts";
import type { NeighbourQuestion } from "../../store/timeline-neighbour.ts";

export interface RecordingHistoryDeps {
  readonly clock: Clock;
  readonly store: Pick<
    Store,
    | "eventMarks"
    | "findNeighbour"
    | "readCalendar"
    | "listRecordedStreams"
    | "readRecordedClock"
    | "readTimelines"
  >;
  readonly roleOf: (channelId: ChannelId) => StreamRole;
  /** Writes down how far the open files have come. */
  readonly settle: () => Promise<void>;
}

/** What is recorded of which time: the ruler's lanes and the calendar's days. */
export class RecordingHistory {
  readonly #deps: RecordingHistoryDeps;

  constructor(deps: RecordingHistoryDeps) {
    this.#deps = deps;
  }

  /** A lane a channel, in the order asked. */
  async timeline(
    channels: readonly ChannelId[],
    span: { readonly from: number; readonly to: number; readonly resolutionMs: number },
  ): Promise<TimelineLane[]> {
    const { store, clock, settle } = this.#deps;
    await settle();
    const streams = this.#streamsOf(channels);
    const others = await this.#otherStreamsOf(streams);
    const all = await store.readTimelines([...streams, ...others], { ...span, now: clock.now() });
    return channels.map((channelId, index) => {
      let spans = all[index] ?? [];
      for (const [more, other] of others.entries()) {
        if (other.channelId === channelId) spans = mergeLanes(spans, all[streams.length + more] ?? []);
      }
      return { channelId, spans };
    });
  }

  /** By which clocks a channel was recorded at that instant; null where that is not known. */
  async clock(channelId: ChannelId, at: number): Promise<RecordedClock | null> {
    const { store, roleOf } = this.#deps;
    return (await store.readRecordedClock({ channelId, role: roleOf(channelId) }, at)) ?? null;
  }

  /** What happened on the channels, bounded by what a lane has room for. */
  signs(
    channelIds: readonly ChannelId[],
    span: { readonly from: number; readonly to: number; readonly limit: number },
  ): Promise<EventMark[]> {
    const { from: fromAt, to: toAt, limit } = span;
    return this.#deps.store.eventMarks({ channelIds, fromAt, toAt, limit });
  }

  /** What each day holds, all channels together; day `i` goes from `bounds[i]` to `bounds[i + 1]`. */
  async calendar(channels: readonly ChannelId[], bounds: readonly number[]): Promise<CalendarDay[]> {
    const { store, settle } = this.#deps;
    await settle();
    return store.readCalendar(this.#streamsOf(channels), bounds);
  }

  /** Where the nearest gap, bookmark or lock begins. */
  async neighbour(
    channels: readonly ChannelId[],
    question: NeighbourQuestion,
  ): Promise<{ readonly at: number | null }> {
    const at = await this.#deps.store.findNeighbour(this.#streamsOf(channels), question);
    return { at: at ?? null };
  }

  /** Streams of the same channels that were recorded too, or before another one was chosen. */
  async #otherStreamsOf(streams: readonly RecordedStream[]): Promise<readonly RecordedStream[]> {
    const roles = new Map(streams.map(({ channelId, role }) => [channelId, role]));
    const recorded = await this.#deps.store.listRecordedStreams();
    return recorded
      .filter(({ channelId, role }) => roles.has(channelId) && roles.get(channelId) !== role)
      .map(({ channelId, role }) => ({ channelId, role }));
  }

  #streamsOf(channels: readonly ChannelId[]): readonly RecordedStream[] {
    return channels.map((channelId) => ({ channelId, role: this.#deps.roleOf(channelId) }));
  }
}
