import { expect, test } from "vitest";
import fc from "fast-check";
import { correctedPlacement, freeMonitor, freshBounds } from "../../../electron/main/windows/placement.ts";

const left = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
const right = { id: 2, workArea: { x: 1920, y: 0, width: 1280, height: 1024 } };
const at = (x: number, y: number, displayId = 1, width = 1200, height = 800) =>
  ({ bounds: { x, y, width, height }, mode: "normal", displayId }) as const;

test("a window that is where it was stays there", () => {
  expect(correctedPlacement(at(100, 50), [left, right], left).bounds).toEqual(at(100, 50).bounds);
});

test("a window of a monitor that is gone comes to one that is there, wholly visible", () => {
  const { bounds, mode } = correctedPlacement({ ...at(2200, 100, 2), mode: "full-screen" }, [left], left);
  expect(bounds).toEqual({ x: 720, y: 100, width: 1200, height: 800 });
  expect(mode).toBe("full-screen");
});

test("a window larger than its monitor is made to fit", () => {
  const { bounds } = correctedPlacement(at(1920, 0, 2, 3000, 2000), [left, right], left);
  expect(bounds).toEqual(right.workArea);
});

test("one more window goes to a monitor that has none", () => {
  expect(freeMonitor([at(10, 10).bounds], [left, right], left)).toBe(right);
  expect(freeMonitor([at(10, 10).bounds, at(2000, 0).bounds], [left, right], left)).toBe(left);
});

test("wherever a window was, it can be found and moved on some monitor", () => {
  const number = fc.integer({ min: -100_000, max: 100_000 });
  const size = fc.integer({ min: 1, max: 20_000 });
  fc.assert(
    fc.property(
      number,
      number,
      size,
      size,
      fc.integer({ min: 1, max: 4 }),
      (x, y, width, height, displayId) => {
        const monitors = [left, right];
        const { bounds } = correctedPlacement(at(x, y, displayId, width, height), monitors, left);
        const isSeen = monitors.some(({ workArea: area }) => {
          const wide = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
          return wide >= Math.min(200, bounds.width) && bounds.y >= area.y && bounds.y < area.y + area.height;
        });
        expect(isSeen).toBe(true);
      },
    ),
  );
});

test("a first window fits the smallest of monitors", () => {
  expect(freshBounds({ id: 1, workArea: { x: 5, y: 5, width: 800, height: 500 } })).toEqual({
    x: 5,
    y: 5,
    width: 800,
    height: 500,
  });
});
