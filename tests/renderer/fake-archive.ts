import { PlaybackId, type ChannelId } from "../../shared/base/ids.ts";
import type { CalendarDay, Playback, TimelineLane, TimelineSign } from "../../shared/contract/recording.ts";
import type {
  Bookmark,
  ChannelRecording,
  EvidenceLock,
  RecordingSpan,
  RecordingStatus,
} from "../../shared/model/recording.ts";
import type { RecordingRule } from "../../shared/model/recording-rule.ts";
import type { EventMark } from "../../shared/model/event.ts";
import { FakeFeed } from "./fake-feed.ts";

/** What the fake main process has recorded; every channel that is asked for has the same spans. */
export interface FakeArchive {
  status: RecordingStatus;
  spans: RecordingSpan[];
  bookmarks: Bookmark[];
  locks: EvidenceLock[];
  events: EventMark[];
}

export function createFakeArchive(seed: Partial<FakeArchive> = {}): FakeArchive {
  return {
    status: {
      storage: {
        state: "recording",
        detail: "",
        folder: "/var/lib/watchfloor",
        usedBytes: 4e11,
        quotaBytes: 1e12,
        freeBytes: 6e11,
        keepDays: 30,
        oldestAt: null,
        bytesPerDay: 4e10,
        daysHeld: 23,
      },
      channels: [],
    },
    spans: [],
    bookmarks: [],
    locks: [],
    events: [],
    ...seed,
  };
}

interface NeighbourAsked {
  readonly at: number;
  readonly direction: 1 | -1;
  readonly kind: TimelineSign;
}
interface Asked {
  readonly channels: readonly ChannelId[];
  readonly from: number;
  readonly to: number;
}
/** Recording's side of the contract over plain objects. */
export function fakeArchiveRouter(site: { archive: FakeArchive }) {
  const statuses = new FakeFeed<RecordingStatus>();
  let sequence = 0;
  const rules = new Map<ChannelId, RecordingRule>();
  const change = (channels: readonly ChannelId[], to: Partial<ChannelRecording>): null => {
    const { status } = site.archive;
    const changed = status.channels.map((one) =>
      channels.includes(one.channelId) ? { ...one, ...to } : one,
    );
    site.archive.status = { ...status, channels: changed };
    statuses.push(site.archive.status);
    return null;
  };
  return {
    rule: (channelId: ChannelId): RecordingRule | null => rules.get(channelId) ?? null,
    setRule: (channelId: ChannelId, rule: RecordingRule | null): null => {
      if (rule === null) rules.delete(channelId);
      else rules.set(channelId, rule);
      return change([channelId], rule === null ? { choice: "site" } : { choice: rule.mode, mode: rule.mode });
    },
    request: (channels: readonly ChannelId[], minutes: number): null =>
      change(channels, {
        request: minutes === 0 ? null : { until: Date.now() + minutes * 60_000, by: "Anna" },
      }),
    statuses,
    timeline: ({ channels, from, to }: Asked): TimelineLane[] =>
      channels.map((channelId) => ({
        channelId,
        spans: site.archive.spans
          .filter((span) => span.from < to && span.to > from)
          .map((span) => ({ ...span, from: Math.max(from, span.from), to: Math.min(to, span.to) })),
      })),
    neighbour: ({ at, direction, kind }: NeighbourAsked): { at: number | null } => {
      const { spans, bookmarks, locks } = site.archive;
      const events = site.archive.events.map(({ at: from }) => ({ from }));
      const gaps = spans.filter((span) => span.kind === "gap");
      const signs = { gap: gaps, bookmark: bookmarks, lock: locks, event: events }[kind].map(
        ({ from }) => from,
      );
      const beyond = signs.filter((from) => (direction === 1 ? from > at : from < at));
      if (beyond.length === 0) return { at: null };
      return { at: direction === 1 ? Math.min(...beyond) : Math.max(...beyond) };
    },
    open: ({ channels }: Asked): Playback => ({
      id: PlaybackId.parse(`playback-${++sequence}`),
      tracks: channels.map((channelId) => ({ channelId, role: "main", from: null, to: null })),
    }),
    calendar: (bounds: readonly number[]): CalendarDay[] =>
      bounds.slice(0, -1).map((from, index) => {
        const to = bounds[index + 1] ?? from;
        const within = site.archive.spans.map((span) => ({
          kind: span.kind,
          ms: Math.max(0, Math.min(span.to, to) - Math.max(span.from, from)),
        }));
        return {
          from,
          to,
          recordedMs: within.reduce((sum, { kind, ms }) => sum + (kind === "recorded" ? ms : 0), 0),
          gaps: within.filter(({ kind, ms }) => kind === "gap" && ms > 0).length,
          bookmarks: site.archive.bookmarks.filter((mark) => mark.from < to && mark.to >= from).length,
          locks: 0,
          events: site.archive.events.filter(({ at }) => at >= from && at < to).length,
        };
      }),
  };
}
