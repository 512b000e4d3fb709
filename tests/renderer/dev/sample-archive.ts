import { BookmarkId, ChannelId, LockId } from "../../../shared/base/ids.ts";
import type { EventMark } from "../../../shared/model/event.ts";
import type { Bookmark, EvidenceLock, RecordingSpan } from "../../../shared/model/recording.ts";
import { createFakeArchive, type FakeArchive } from "../fake-archive.ts";

const minute = 60_000;
const hour = 60 * minute;
const colours = ["blue", "green", "amber", "red", "violet"] as const;

/** Recordings of the last three days with gaps, and on the first cameras events, bookmarks and locks. */
export function sampleArchive(now: number, bookmarks: number): FakeArchive {
  const channel = (index: number): ChannelId => ChannelId.parse(`channel-${index}`);
  const at = (minutesAgo: number): number => now - minutesAgo * minute;
  const spans: RecordingSpan[] = [
    { kind: "recorded", from: now - 72 * hour, to: now - 30 * hour, isBroken: true },
    { kind: "gap", from: now - 30 * hour, to: now - 28 * hour, cause: "console-off" },
    { kind: "recorded", from: now - 28 * hour, to: at(19), isBroken: false },
    { kind: "gap", from: at(19), to: at(15), cause: "offline" },
    { kind: "recorded", from: at(15), to: at(7), isBroken: false },
    { kind: "gap", from: at(7), to: at(6.5), cause: "stalled" },
    { kind: "recorded", from: at(6.5), to: now, isBroken: false },
  ];
  const events = Array.from({ length: 24 }, (_, index): EventMark => {
    const lane = Math.floor(index / 2) % 6;
    const begun = at(24 - (index >> 1) * 1.9 - lane * 0.3);
    const isEnd = index % 2 === 1;
    return {
      kind: "event",
      id: index,
      channelId: channel(lane),
      at: isEnd ? begun + 40_000 : begun,
      type: lane % 3 === 0 ? "person" : "motion",
      state: isEnd ? "ended" : "begun",
    };
  });
  const made = (index: number): Bookmark => ({
    id: BookmarkId.parse(`bookmark-${index}`),
    channels: [channel(index % 4)],
    from: at(12 + index * 3),
    to: at(index % 2 === 0 ? 12 + index * 3 : 11 + index * 3),
    title: index === 0 ? "Bag left at post" : `Delivery ${index}`,
    note: index % 3 === 0 ? "Seen by the gate; the driver came back after two minutes." : "",
    tags: index % 2 === 0 ? ["delivery", "gate"] : [],
    colour: colours[index % colours.length] ?? "blue",
    madeAt: at(5),
    madeBy: "local operator",
    changedAt: at(5),
  });
  const lock = (index: number, change: Partial<EvidenceLock>): EvidenceLock => ({
    id: LockId.parse(`lock-${index}`),
    channels: [channel(0), channel(1)],
    from: at(11),
    to: at(8),
    reason: "Case 2026-118, asked for by the police",
    madeAt: at(4),
    madeBy: "local operator",
    until: now + 90 * 24 * hour,
    liftedAt: null,
    liftedBy: null,
    liftReason: null,
    ...change,
  });
  return createFakeArchive({
    spans,
    events,
    bookmarks: Array.from({ length: bookmarks }, (_, index) => made(index)),
    locks: [
      lock(0, {}),
      lock(1, { from: at(300), to: at(290), reason: "Lorry at the ramp", until: now + 30 * hour }),
    ],
  });
}
