import type { Clock } from "../../../shared/base/clock.ts";
import type { ChannelId } from "../../../shared/base/ids.ts";
import type { CalendarDay, TimelineLane } from "../../../shared/contract/recording.ts";
import type { StreamRole } from "../../../shared/model/stream.ts";
import type { Store } from "../../store/store.ts";

export interface RecordingHistoryDeps {
  readonly clock: Clock;
  readonly store: Pick<Store, "listBookmarks" | "listLocks" | "readTimeline">;
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
    const now = clock.now();
    return Promise.all(
      channels.map(async (channelId) => {
        const stream = { channelId, role: roleOf(channelId) };
        return { channelId, spans: await store.readTimeline(stream, { ...span, now }) };
      }),
    );
  }

  /** What each day holds, all channels together; day `i` goes from `bounds[i]` to `bounds[i + 1]`. */
  async calendar(channels: readonly ChannelId[], bounds: readonly number[]): Promise<CalendarDay[]> {
    const { store, clock } = this.#deps;
    const days: CalendarDay[] = [];
    for (const [index, from] of bounds.slice(0, -1).entries()) {
      const to = Math.max(from, bounds[index + 1] ?? from);
      const lanes = await this.timeline(channels, { from, to, resolutionMs: 60_000 });
      const query = { channels, from, to, limit: 500 };
      const bookmarks = await store.listBookmarks(query, "");
      const locks = await store.listLocks(query, clock.now());
      const recorded = lanes.flatMap(({ spans }) => spans).filter(({ kind }) => kind === "recorded");
      const recordedMs = recorded.reduce((sum, span) => sum + span.to - span.from, 0);
      days.push({ from, to, recordedMs, bookmarks: bookmarks.length, locks: locks.length });
    }
    return days;
  }
}
