import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BitReader, rbspOf } from "../../../electron/drivers/nal/bit-reader.ts";
import { parseH264Sps } from "../../../electron/drivers/nal/h264-sps.ts";
import { parseH265Sps } from "../../../electron/drivers/nal/h265-sps.ts";
import { NalError } from "../../../electron/drivers/nal/nal-error.ts";
import { parameterSets } from "../../fixtures/parameter-sets.ts";

describe("sequence parameter sets", () => {
  test.each([
    ["h264High", { width: 642, height: 358, fps: 12.5, profile: 100, level: 22, reorderFrames: 2 }],
    ["h264Baseline", { width: 1920, height: 1080, fps: 25, profile: 66, level: 40, reorderFrames: 0 }],
    ["h264Interlaced", { width: 1920, height: 1080, fps: 30, profile: 77, level: 40 }],
  ] as const)("reads %s as x264 meant it", (name, expected) => {
    expect(parseH264Sps(parameterSets[name].sps)).toMatchObject(expected);
  });

  test.each([
    ["h265Main", { width: 1928, height: 1090, fps: 15, bitDepthLuma: 8, reorderFrames: 2 }],
    ["h265Main10", { width: 640, height: 360, fps: 10, bitDepthLuma: 10 }],
  ] as const)("reads %s as x265 meant it", (name, expected) => {
    expect(parseH265Sps(parameterSets[name].sps)).toMatchObject(expected);
  });

  test("keeps the picture size when the VUI is cut off", () => {
    const { sps } = parameterSets.h264High;
    expect(parseH264Sps(sps.subarray(0, 12))).toMatchObject({ width: 642, height: 358, fps: undefined });
  });

  test("refuses a picture size that is not possible", () => {
    // Baseline with pic_width 1024 macroblocks × 2^32-like height codes.
    const huge = Buffer.from("67420028f4000000001000000000200000", "hex");
    expect(() => parseH264Sps(huge)).toThrow(NalError);
  });

  test("any bytes give a value or a NalError", () => {
    const bytes = fc.uint8Array({ maxLength: 80 });
    const heads = fc.constantFrom([0x67], [0x42, 0x01], [0x67, 0x64, 0x00, 0x16], []);
    fc.assert(
      fc.property(heads, bytes, (head, rest) => {
        for (const parse of [parseH264Sps, parseH265Sps]) {
          try {
            const { width, height } = parse(Uint8Array.from([...head, ...rest]));
            expect(width).toBeGreaterThanOrEqual(16);
            expect(height).toBeLessThanOrEqual(16_384);
          } catch (error) {
            expect(error).toBeInstanceOf(NalError);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test("a real parameter set with flipped bits gives a value or a NalError", () => {
    const originals = [
      [parseH264Sps, parameterSets.h264High.sps],
      [parseH265Sps, parameterSets.h265Main.sps],
    ] as const;
    const flips = fc.array(fc.tuple(fc.nat(39), fc.nat(7)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(...originals), flips, ([parse, sps], places) => {
        const bent = Buffer.from(sps);
        for (const [at, bit] of places) if (at < bent.length) bent[at] = (bent[at] ?? 0) ^ (1 << bit);
        try {
          expect(parse(bent).width).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(NalError);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("the bit reader", () => {
  test("takes out emulation prevention bytes", () => {
    expect([...rbspOf(Uint8Array.of(0x67, 0, 0, 3, 1, 0, 0, 3), 1)]).toEqual([0, 0, 1, 0, 0]);
  });

  test("reads Exp-Golomb numbers back as they were written", () => {
    fc.assert(
      fc.property(fc.nat(100_000), (value) => {
        const code = (value + 1).toString(2);
        const bits = "0".repeat(code.length - 1) + code;
        const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, "0");
        const bytes = (padded.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
        expect(new BitReader(Uint8Array.from(bytes)).ue()).toBe(value);
      }),
    );
  });
});
