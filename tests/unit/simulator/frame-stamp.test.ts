import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  captureTimeNear,
  decodeFrameStamp,
  decodeFrameStampRgba,
  encodeFrameStamp,
  stampBrightLuma,
  stampCells,
  stampCellSize,
  stampDarkLuma,
  type FrameStamp,
} from "../../../electron/simulator/scenes/frame-stamp.ts";

const anyStamp = fc.record({
  msOfMinute: fc.integer({ min: 0, max: 59_999 }),
  scene: fc.integer({ min: 0, max: 15 }),
});

/** A picture with a stamp: every luma goes through `distort`. */
function picture(stamp: FrameStamp, height: number, distort: (luma: number, x: number, y: number) => number) {
  const cells = encodeFrameStamp(stamp);
  const cell = stampCellSize(height);
  return (x: number, y: number): number => {
    const index = Math.floor(x / cell);
    const isStamp = y >= height - cell && index < stampCells;
    const luma = isStamp ? (cells[index] === true ? stampBrightLuma : stampDarkLuma) : 90;
    return distort(luma, x, y);
  };
}

describe("frame stamp", () => {
  it("comes back from every picture size, in spite of noise, a lifted black and a weak contrast", () => {
    fc.assert(
      fc.property(
        anyStamp,
        fc.constantFrom([640, 360], [1280, 720], [320, 180], [1920, 1080]),
        fc.integer(),
        (stamp, [width = 0, height = 0], seed) => {
          const noisy = picture(stamp, height, (luma, x, y) => {
            const noise = ((Math.imul(x * 31 + y, seed | 1) >>> 8) % 24) - 12;
            return 16 + luma * 0.8 + noise;
          });
          expect(decodeFrameStamp(noisy, width, height)).toEqual(stamp);
        },
      ),
    );
  });

  it("is read from canvas bytes", () => {
    const stamp = { msOfMinute: 43_210, scene: 7 };
    const [width, height] = [640, 360];
    const lumaAt = picture(stamp, height, (luma) => luma);
    const data = new Uint8ClampedArray(width * height * 4);
    for (let at = 0; at < width * height; at += 1) {
      data.fill(lumaAt(at % width, Math.floor(at / width)), at * 4, at * 4 + 3);
    }
    expect(decodeFrameStampRgba({ data, width, height })).toEqual(stamp);
  });

  it("is refused when any one of its bits is wrong", () => {
    const stamp = { msOfMinute: 12_345, scene: 3 };
    const cells = encodeFrameStamp(stamp);
    for (let wrong = 2; wrong < 30; wrong += 1) {
      const lumaAt = (x: number): number => {
        const index = Math.floor(x / 8);
        return (cells[index] === true) !== (index === wrong) ? 168 : 32;
      };
      expect(decodeFrameStamp(lumaAt, 640, 360)).toBeUndefined();
    }
  });

  it("is not found where there is none", () => {
    expect(decodeFrameStamp(() => 90, 640, 360)).toBeUndefined();
    expect(decodeFrameStamp(() => 90, 100, 360)).toBeUndefined();
    expect(decodeFrameStamp(() => 90, 40, 20)).toBeUndefined();
  });

  it("takes only numbers that fit", () => {
    expect(() => encodeFrameStamp({ msOfMinute: 60_000, scene: 0 })).toThrow(RangeError);
    expect(() => encodeFrameStamp({ msOfMinute: 1.5, scene: 0 })).toThrow(RangeError);
    expect(() => encodeFrameStamp({ msOfMinute: 0, scene: 16 })).toThrow(RangeError);
  });

  it("stands for the capture time nearest to now, over the full minute too", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_600_000_000_000, max: 2_000_000_000_000 }),
        fc.integer({ min: -29_999, max: 29_999 }),
        (capturedAt, ageMs) => {
          expect(captureTimeNear(capturedAt % 60_000, capturedAt + ageMs)).toBe(capturedAt);
        },
      ),
    );
  });
});
