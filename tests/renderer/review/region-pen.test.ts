import fc from "fast-check";
import { expect, test } from "vitest";
import { createPenStore } from "../../../renderer/features/review/region-pen.ts";
import { mostRegions } from "../../../renderer/pictures/motion/region.ts";

test("a drag makes a rectangle, whichever way it goes; a click makes none", () => {
  const pen = createPenStore();
  pen.getState().press({ x: 0.6, y: 0.7 });
  pen.getState().release({ x: 0.2, y: 0.1 });
  expect(pen.getState().regions).toEqual([
    [
      { x: 0.2, y: 0.1 },
      { x: 0.6, y: 0.1 },
      { x: 0.6, y: 0.7 },
      { x: 0.2, y: 0.7 },
    ],
  ]);
  pen.getState().press({ x: 0.5, y: 0.5 });
  pen.getState().release({ x: 0.5, y: 0.5 });
  expect(pen.getState().regions).toHaveLength(1);
});

test("an outline is closed by its first corner, and taken back corner by corner", () => {
  const pen = createPenStore();
  pen.getState().setShape("outline");
  const corners = [
    { x: 0.1, y: 0.1 },
    { x: 0.8, y: 0.2 },
    { x: 0.5, y: 0.9 },
  ];
  for (const corner of corners) pen.getState().press(corner);
  pen.getState().press({ x: 0.3, y: 0.3 });
  pen.getState().undo();
  pen.getState().press({ x: 0.11, y: 0.11 });
  expect(pen.getState()).toMatchObject({ regions: [corners], draft: [] });
});

test("by keyboard the cross moves and sets corners, and never leaves the picture", () => {
  const pen = createPenStore();
  const { set, nudge } = pen.getState();
  set();
  for (let count = 0; count < 20; count += 1) nudge(0.1, 0.1);
  set();
  expect(pen.getState().regions[0]?.[2]).toEqual({ x: 1, y: 1 });
});

test("whatever is drawn, areas have three corners at least and are few", () => {
  const point = fc.record({
    x: fc.double({ min: 0, max: 1, noNaN: true }),
    y: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  const deed = fc.record({
    kind: fc.constantFrom("press", "release", "set", "undo", "shape", "giveUp"),
    at: point,
  });
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 120 }), (deeds) => {
      const pen = createPenStore();
      for (const { kind, at } of deeds) {
        const state = pen.getState();
        if (kind === "press") state.press(at);
        if (kind === "release") state.release(at);
        if (kind === "set") state.set();
        if (kind === "undo") state.undo();
        if (kind === "giveUp") state.giveUp();
        if (kind === "shape") state.setShape(state.shape === "outline" ? "rectangle" : "outline");
      }
      const { regions } = pen.getState();
      expect(regions.length).toBeLessThanOrEqual(mostRegions);
      for (const region of regions) expect(region.length).toBeGreaterThanOrEqual(3);
    }),
  );
});
