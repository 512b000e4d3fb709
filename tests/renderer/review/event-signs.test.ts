import { expect, test } from "vitest";
import { eventSigns } from "../../../renderer/features/review/event-signs.ts";
import { ChannelId } from "../../../shared/base/ids.ts";
import type { EventMark, EventState } from "../../../shared/model/event.ts";

const gate = ChannelId.parse("gate");
const yard = ChannelId.parse("yard");
const mark = (at: number, state: EventState, channelId = gate): EventMark => ({
  kind: "event",
  id: at,
  channelId,
  at,
  type: "motion",
  state,
});

test("a beginning and the next end on the same camera are one sign", () => {
  const signs = eventSigns([mark(1, "begun"), mark(2, "begun", yard), mark(5, "ended"), mark(9, null)], 100);
  expect(signs.get(gate)?.map(({ from, to }) => [from, to])).toEqual([
    [1, 5],
    [9, 9],
  ]);
  // It lasts: up to now, and no further.
  expect(signs.get(yard)).toEqual([{ from: 2, to: 100, type: "motion", count: 1 }]);
});

test("motion that never ends is drawn for ten minutes", () => {
  const signs = eventSigns([mark(0, "begun")], 9_000_000);
  expect(signs.get(gate)?.[0]?.to).toBe(600_000);
});

test("where events are counted, a sign stands for all of its step", () => {
  const count: EventMark = {
    kind: "count",
    channelId: gate,
    at: 60_000,
    forMs: 60_000,
    type: "person",
    count: 7,
  };
  expect(eventSigns([count], 0).get(gate)).toEqual([{ from: 60_000, to: 120_000, type: "person", count: 7 }]);
});
