import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mostLarge, streamSizes, type StreamSize } from "../../../renderer/features/live/stream-size.ts";
import { moveBy, noZoom, zoomAt, type Zoom } from "../../../renderer/player/zoom.ts";

const sizeAt = (pictureHeightPx: number, before: StreamSize): StreamSize | undefined =>
  streamSizes([{ id: "t1", pictureHeightPx, subHeightPx: 360, before }]).get("t1");

describe("main or sub stream", () => {
  it.each([
    [300, "small", "small"],
    [450, "small", "small"],
    [450, "large", "large"],
    [500, "small", "large"],
    [390, "large", "small"],
  ] as const)("a picture %i px high that was %s is %s", (height, before, after) => {
    expect(sizeAt(height, before)).toBe(after);
  });

  it("does not switch back and forth while a window edge is dragged by a tenth", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 420, max: 462 }), { minLength: 2, maxLength: 50 }),
        (heights) => {
          const sizes = heights.reduce<StreamSize[]>(
            (seen, height) => [...seen, sizeAt(height, seen.at(-1) ?? "small") ?? "small"],
            [],
          );
          expect(new Set(sizes).size).toBe(1);
        },
      ),
    );
  });

  it("gives main streams to the largest tiles only, within the budget", () => {
    const tiles = Array.from({ length: 20 }, (_, index) => ({
      id: `t${index}`,
      pictureHeightPx: 600 + index,
      subHeightPx: 360,
      before: "small" as const,
    }));
    const large = [...streamSizes(tiles)].filter(([, size]) => size === "large").map(([id]) => id);
    expect(large).toHaveLength(mostLarge);
    expect(large).toContain("t19");
    expect(large).not.toContain("t0");
  });
});

describe("digital zoom", () => {
  const visible = (zoom: Zoom, at: number, centre: number): number => 0.5 + centre + (at - 0.5) / zoom.scale;

  it("keeps what is under the pointer under the pointer", () => {
    const zoom = zoomAt(noZoom, 4, { x: 0.25, y: 0.75 });
    expect(visible(zoom, 0.25, zoom.x)).toBeCloseTo(0.25);
    expect(visible(zoom, 0.75, zoom.y)).toBeCloseTo(0.75);
  });

  it("never shows anything beside the picture, and ends where it began", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const step = fc.tuple(
      fc.constantFrom(0.5, 0.8, 1.25, 2),
      share,
      share,
      fc.double({ min: -2, max: 2, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const zoom = steps.reduce<Zoom>(
          (so, [factor, x, y, drag]) => moveBy(zoomAt(so, factor, { x, y }), drag, -drag),
          noZoom,
        );
        for (const [centre] of [[zoom.x], [zoom.y]] as const) {
          expect(visible(zoom, 0, centre)).toBeGreaterThanOrEqual(-1e-9);
          expect(visible(zoom, 1, centre)).toBeLessThanOrEqual(1 + 1e-9);
        }
        expect(zoomAt(zoom, 1 / 64, { x: 0.5, y: 0.5 })).toEqual(noZoom);
      }),
    );
  });
});
