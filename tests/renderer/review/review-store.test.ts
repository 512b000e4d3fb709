import { expect, test } from "vitest";
import { tagsOf } from "../../../renderer/features/review/BookmarkForm.tsx";
import {
  createReviewStore,
  markedSpan,
  mostChannels,
} from "../../../renderer/features/review/review-store.ts";
import {
  hitTest,
  timelineSize,
  type TimelineScene,
} from "../../../renderer/features/review/timeline-scene.ts";
import { timelineQuestion } from "../../../renderer/features/review/timeline-question.ts";
import { BookmarkId, ChannelId } from "../../../shared/base/ids.ts";
import { maxTimelineSteps } from "../../../shared/contract/recording.ts";

const ids = Array.from({ length: 20 }, (_, index) => ChannelId.parse(`channel-${index}`));
const now = Date.UTC(2026, 10, 22, 2, 14, 7);
const id = (index: number): ChannelId => ids[index] ?? ChannelId.parse("none");

test("sixteen cameras are the most; one more by hand is refused, one called takes the selected one's place", () => {
  const store = createReviewStore(ids, now);
  expect(store.getState().channels).toHaveLength(mostChannels);
  expect(store.getState().toggleChannel(id(17))).toBe("full");
  store.getState().select(id(3));
  store.getState().showChannel(id(18));
  expect(store.getState().channels).toHaveLength(mostChannels);
  expect(store.getState().channels[3]).toBe(id(18));
  expect(store.getState().selectedId).toBe(id(18));
});

test("a moment of some cameras is shown alone, the first one selected; of none, nothing changes", () => {
  const store = createReviewStore(ids.slice(0, 3), now);
  store.getState().maximise(id(1));
  store.getState().showChannels([id(7), id(8), id(7)]);
  expect(store.getState()).toMatchObject({ channels: [id(7), id(8)], selectedId: id(7), maximisedId: null });
  store.getState().showChannels([]);
  expect(store.getState().channels).toEqual([id(7), id(8)]);
});

test("a camera that is taken away or removed from the site is neither selected nor maximised any more", () => {
  const store = createReviewStore(ids.slice(0, 3), now);
  store.getState().maximise(id(1));
  store.getState().listenTo(id(1));
  expect(store.getState().toggleChannel(id(1))).toBe("removed");
  expect(store.getState()).toMatchObject({ selectedId: id(0), maximisedId: null, heardId: null });
  store.getState().keepOnly(new Set([id(2)]));
  expect(store.getState().channels).toEqual([id(2)]);
});

test("a mark beyond the other one begins a new stretch", () => {
  const { getState } = createReviewStore(ids, now);
  getState().markIn(1_000);
  expect(markedSpan(getState().marks)).toBeNull();
  getState().markOut(5_000);
  expect(markedSpan(getState().marks)).toEqual({ from: 1_000, to: 5_000 });
  getState().markIn(9_000);
  expect(getState().marks).toEqual({ inAt: 9_000, outAt: null });
  getState().setMarks(7_000, 2_000);
  expect(markedSpan(getState().marks)).toEqual({ from: 2_000, to: 7_000 });
});

test("the question for a screen of the ruler covers it, is bounded, and stays the same over small moves", () => {
  for (const span of [60_000, 3_600_000, 86_400_000, 31_000_000_000]) {
    const view = { startAt: now - span, endAt: now };
    const question = timelineQuestion(view);
    expect(question.from).toBeLessThanOrEqual(view.startAt);
    expect(question.to).toBeGreaterThanOrEqual(view.endAt);
    expect((question.to - question.from) / question.resolutionMs).toBeLessThanOrEqual(maxTimelineSteps);
  }
  const view = { startAt: 1_800_000_000_000, endAt: 1_800_000_600_000 };
  const moved = { startAt: view.startAt + 2_000, endAt: view.endAt + 2_000 };
  expect(timelineQuestion(moved)).toEqual(timelineQuestion(view));
});

test("a point of the ruler tells the time, the camera, what is recorded, the shortest bookmark and the lock", () => {
  const scene: TimelineScene = {
    view: { startAt: 0, endAt: 100_000 },
    ticks: [],
    events: new Map(),
    scrollTop: 0,
    lanes: [
      { channelId: id(0), spans: [{ kind: "recorded", from: 0, to: 50_000, isBroken: false }] },
      { channelId: id(1), spans: [{ kind: "gap", from: 0, to: 100_000, cause: "offline" }] },
    ],
    selectedId: id(0),
    bookmarks: [bookmark("long", 0, 90_000), bookmark("short", 20_000, 22_000)],
    locks: [],
    marks: { inAt: null, outAt: null },
    playheadAt: 0,
    now: 100_000,
    hoverAt: null,
  };
  const size = timelineSize(1_000, 2);
  const first = size.rulerHeight + size.laneHeight / 2;
  expect(hitTest(scene, size, 210, 4)).toMatchObject({ part: "ruler", at: 21_000, channelId: null });
  const hit = hitTest(scene, size, 210, first);
  expect(hit).toMatchObject({ channelId: id(0), span: { kind: "recorded" }, bookmark: { title: "short" } });
  expect(hitTest(scene, size, 700, first)).toMatchObject({ span: null, bookmark: { title: "long" } });
  expect(hitTest(scene, size, 210, first + size.laneHeight)).toMatchObject({
    span: { cause: "offline" },
    bookmark: null,
  });
  expect(hitTest(scene, size, 210, first + 5 * size.laneHeight).channelId).toBeNull();
});

test("tags are trimmed, each once, at most sixteen", () => {
  expect(tagsOf(" van, gate ,, van")).toEqual(["van", "gate"]);
  expect(tagsOf(Array.from({ length: 30 }, (_, index) => `t${index}`).join(","))).toHaveLength(16);
});

function bookmark(title: string, from: number, to: number) {
  return {
    id: BookmarkId.parse(title),
    channels: [id(0)],
    from,
    to,
    title,
    note: "",
    tags: [],
    colour: "blue" as const,
    madeAt: 0,
    madeBy: "",
    changedAt: 0,
  };
}
