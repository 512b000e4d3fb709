import { readFile } from "node:fs/promises";
import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { icnsOf, icoOf, pngOf } from "../../../scripts/setup/icon-files.mjs";
import { root } from "../../../scripts/setup/places.mjs";

const pixels = Buffer.from([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 1, 2, 3, 4]);

describe("icon files", () => {
  it("of PNG hold the size and every pixel behind a filter byte a row", () => {
    const png = pngOf(2, pixels);
    expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2, 2]);
    const length = png.readUInt32BE(33);
    const rows = inflateSync(png.subarray(41, 41 + length));
    expect([...rows]).toEqual([0, ...pixels.subarray(0, 8), 0, ...pixels.subarray(8)]);
  });

  it("of Windows list each picture with its place and length", () => {
    const png = pngOf(2, pixels);
    const ico = icoOf([
      { size: 16, png },
      { size: 256, png },
    ]);
    expect(ico.readUInt16LE(4)).toBe(2);
    expect([ico[6], ico[22]]).toEqual([16, 0]);
    for (const entry of [6, 22]) {
      const at = ico.readUInt32LE(entry + 12);
      expect(ico.subarray(at, at + ico.readUInt32LE(entry + 8)).equals(png)).toBe(true);
    }
  });

  it("of Apple are as long as their headers say", () => {
    const icns = icnsOf([{ size: 128, png: pngOf(2, pixels) }]);
    expect(icns.toString("latin1", 0, 4)).toBe("icns");
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    expect(icns.toString("latin1", 8, 12)).toBe("ic07");
    expect(icns.readUInt32BE(12)).toBe(icns.length - 8);
  });

  it("that ship are large enough for an installer", async () => {
    const png = await readFile(`${root}/resources/icons/icon.png`);
    expect(png.readUInt32BE(16)).toBeGreaterThanOrEqual(512);
  });
});
