import fc from "fast-check";
import { expect, test } from "vitest";
import {
  createEventsStore,
  periods,
  showView,
  viewOf,
} from "../../../renderer/features/events/events-store.ts";
import { DeviceId } from "../../../shared/base/ids.ts";
import { eventTypes } from "../../../shared/model/event.ts";
import { eventColumnNames, EventView } from "../../../shared/model/event-log.ts";

const filters = fc.record({
  text: fc.string({ maxLength: 200 }),
  period: fc.constantFrom(...periods),
  deviceId: fc.option(fc.constant(DeviceId.parse("gate"))),
  type: fc.option(fc.constantFrom(...eventTypes)),
});

test("whatever is filtered is the same after it was kept and shown again, and is what the store takes", () => {
  fc.assert(
    fc.property(filters, fc.subarray([...eventColumnNames]), (filter, shown) => {
      const columns = new Set<string>(shown);
      const view = viewOf({ filter, columns }, "id", "A view");
      expect(EventView.parse(view)).toEqual(view);
      const store = createEventsStore();
      showView(store, view);
      expect(store.getState()).toMatchObject({ filter, columns, viewId: "id", shownViews: 1 });
    }),
  );
});

test("a period the page does not offer shows the next longer one", () => {
  const store = createEventsStore();
  const view = viewOf(store.getState(), "id", "A view");
  const shown = (lastHours: number | null) => {
    showView(store, { ...view, lastHours });
    return store.getState().filter.period;
  };
  expect([1, 2, 24, 25, 168, 169, null].map(shown)).toEqual([
    "hour",
    "day",
    "day",
    "week",
    "week",
    "all",
    "all",
  ]);
});
