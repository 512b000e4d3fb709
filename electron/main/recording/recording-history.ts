import type { Clock } from "../../../shared/base/clock.ts";
import type { ChannelId } from "../../../shared/base/ids.ts";
import type { CalendarDay, TimelineLane } from "../../../shared/contract/recording.ts";
import type { StreamRole } from "../../../shared/model/stream.ts";
import type { Store } from "../../store/store.ts";

export interface RecordingHistoryDeps {
  readonly clock: Clock;
  readonly store: Pick<Store, "readCalendar" | "readTimelines">;
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
    const { store, clock, roleOf, settle } = this.#deps;
    await settle();
    const streams = channels.map((channelId) => ({ channelId, role: roleOf(channelId) }));
    const lanes = await store.readTimelines(streams, { ...span, now: clock.now() });
    return channels.map((channelId, index) => ({ channelId, spans: lanes[index] ?? [] }));
  }

  /** What each day holds, all channels together; day `i` goes from `bounds[i]` to `bounds[i + 1]`. */
  async calendar(channels: readonly ChannelId[], bounds: readonly number[]): Promise<CalendarDay[]> {
    const { store, roleOf, settle } = this.#deps;
    await settle();
    return store.readCalendar(
      channels.map((channelId) => ({ channelId, role: roleOf(channelId) })),
      bounds,
    );
  }
}
