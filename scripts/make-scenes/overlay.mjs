// What a camera burns into its picture: clock, title and the machine-readable stamp.
import {
  encodeFrameStamp,
  stampBrightLuma,
  stampCellSize,
  stampDarkLuma,
} from "../../electron/simulator/scenes/frame-stamp.ts";

/** 5×7 glyphs, seven rows of five bits each, drawn for this project. */
const glyphs = {
  A: "0e11111f111111", B: "1e11111e11111e", C: "0e11101010110e", D: "1e11111111111e",
  E: "1f10101e10101f", F: "1f10101e101010", G: "0e11101711110f", H: "1111111f111111",
  I: "0e04040404040e", J: "0702020202120c", K: "11121418141211", L: "1010101010101f",
  M: "111b1515111111", N: "11191513111111", O: "0e11111111110e", P: "1e11111e101010",
  Q: "0e11111115120d", R: "1e11111e141211", S: "0f10100e01011e", T: "1f040404040404",
  U: "1111111111110e", V: "11111111110a04", W: "1111111515150a", X: "11110a040a1111",
  Y: "11110a04040404", Z: "1f01020408101f", 0: "0e11131519110e", 1: "040c040404040e",
  2: "0e11010204081f", 3: "1f02040201110e", 4: "02060a121f0202", 5: "1f101e0101110e",
  6: "0608101e11110e", 7: "1f010204080808", 8: "0e11110e11110e", 9: "0e11110f01020c",
  ":": "000c0c000c0c00", "-": "0000001f000000", ".": "00000000000c0c", "/": "01010204081010",
}; // prettier-ignore

/** Draws text with a dark edge; x < 0 counts from the right. `pixels` is RGB, 3 bytes a pixel. */
export function drawText(pixels, width, height, text, x, y, scale) {
  const textWidth = text.length * 6 * scale - scale;
  const left = x < 0 ? width + x - textWidth : x;
  const on = (px, py) => {
    const column = Math.floor(px / scale);
    const row = Math.floor(py / scale);
    if (px < 0 || py < 0 || row > 6) return false;
    const glyph = glyphs[text[Math.floor(column / 6)]];
    if (glyph === undefined || column % 6 === 5) return false;
    return ((Number.parseInt(glyph.slice(row * 2, row * 2 + 2), 16) >> (4 - (column % 6))) & 1) === 1;
  };
  const edge = Math.max(1, Math.round(scale / 2));
  for (let py = -edge; py < 7 * scale + edge; py += 1) {
    for (let px = -edge; px < textWidth + edge; px += 1) {
      const at = ((y + py) * width + left + px) * 3;
      if (y + py < 0 || y + py >= height || left + px < 0 || left + px >= width) continue;
      if (on(px, py)) pixels.fill(236, at, at + 3);
      else if (nearGlyph(on, px, py, edge)) pixels.fill(16, at, at + 3);
    }
  }
}

function nearGlyph(on, px, py, edge) {
  for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [-1, -1], [1, -1], [-1, 1]]) {
    if (on(px + dx * edge, py + dy * edge)) return true;
  }
  return false;
} // prettier-ignore

/** Burns clock, title and stamp into a finished picture. */
export function burnIn(pixels, width, height, { title, scene, msOfMinute }) {
  const scale = Math.max(1, Math.round(height / 240));
  const margin = Math.round(height / 30);
  const seconds = String(Math.floor(msOfMinute / 1_000)).padStart(2, "0");
  drawText(pixels, width, height, `--:--:${seconds}`, margin, margin, scale);
  drawText(pixels, width, height, title, -margin, height - margin - 7 * scale, scale);
  const cell = stampCellSize(height);
  for (const [index, bright] of encodeFrameStamp({ msOfMinute, scene }).entries()) {
    const luma = bright ? stampBrightLuma : stampDarkLuma;
    for (let y = height - cell; y < height; y += 1) {
      pixels.fill(luma, (y * width + index * cell) * 3, (y * width + (index + 1) * cell) * 3);
    }
  }
}
