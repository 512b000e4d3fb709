/**
 * `node scripts/make-icon.mjs`: draws the application's icon into resources/icons, for every platform.
 *
 * Four tiles of a wall, one of them lit and looked at. Shapes are distances, so every size is drawn anew and sharp.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { icnsOf, icoOf, pngOf } from "./setup/icon-files.mjs";
import { root } from "./setup/places.mjs";

const folder = join(root, "resources", "icons");

/** Radix slate and blue, dark: the console's own colours. */
const slate = { edge: 0x2e3135, top: 0x212225, bottom: 0x111113, tile: 0x43484e };
const blue = { tile: 0x0090ff, iris: 0x0d2847, glint: 0xc2e6ff };

/** Distance to a square with round corners; everything is in parts of the icon's edge. */
const square = (
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {number} */ half,
  /** @type {number} */ corner,
) => {
  const dx = Math.abs(x) - half + corner;
  const dy = Math.abs(y) - half + corner;
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - corner;
};

/** Distance to a circle. */
const circle = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ radius) =>
  Math.hypot(x, y) - radius;

const tiles = [
  [-1, -1],
  [-1, 1],
  [1, 1],
];
const tileAt = 0.168;
const tileHalf = 0.142;
const tileCorner = 0.04;

/**
 * The layers at a point, from back to front: distance and colour.
 *
 * @param {number} x from -0.5 to 0.5, rightwards
 * @param {number} y from -0.5 to 0.5, downwards
 * @returns {[distance: number, colour: number][]}
 */
function layers(x, y) {
  const [lensX, lensY] = [x - tileAt, y + tileAt];
  return [
    [square(x, y, 0.46, 0.105), slate.edge],
    [square(x, y, 0.452, 0.098), blend(slate.top, slate.bottom, y + 0.5)],
    ...tiles.map(
      ([across = 0, down = 0]) =>
        /** @type {[number, number]} */ ([
          square(x - across * tileAt, y - down * tileAt, tileHalf, tileCorner),
          slate.tile,
        ]),
    ),
    [square(lensX, lensY, tileHalf, tileCorner), blue.tile],
    [circle(lensX, lensY, 0.086), blue.iris],
    [circle(lensX, lensY, 0.046), blue.tile],
    [circle(lensX - 0.022, lensY + 0.024, 0.017), blue.glint],
  ];
}

function blend(/** @type {number} */ from, /** @type {number} */ to, /** @type {number} */ share) {
  const mix = (/** @type {number} */ shift) =>
    Math.round(((from >> shift) & 0xff) * (1 - share) + ((to >> shift) & 0xff) * share) << shift;
  return mix(16) | mix(8) | mix(0);
}

/** @returns {Buffer} RGBA, row by row */
function draw(/** @type {number} */ size) {
  const pixels = Buffer.alloc(size * size * 4);
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1) {
      let colour = 0;
      let cover = 0;
      for (const [distance, own] of layers((column + 0.5) / size - 0.5, (row + 0.5) / size - 0.5)) {
        const share = Math.min(1, Math.max(0, 0.5 - distance * size));
        if (share === 0) continue;
        const whole = share + cover * (1 - share);
        colour = blend(colour, own, share / whole);
        cover = whole;
      }
      const at = (row * size + column) * 4;
      pixels.writeUInt32BE(((colour << 8) | Math.round(cover * 255)) >>> 0, at);
    }
  return pixels;
}

const png = (/** @type {number} */ size) => pngOf(size, draw(size));
await mkdir(folder, { recursive: true });
await writeFile(join(folder, "icon.png"), png(1024));
await writeFile(join(folder, "window.png"), png(256));
await writeFile(
  join(folder, "icon.ico"),
  icoOf([16, 24, 32, 48, 64, 256].map((size) => ({ size, png: png(size) }))),
);
await writeFile(
  join(folder, "icon.icns"),
  icnsOf([16, 32, 64, 128, 256, 512, 1024].map((size) => ({ size, png: png(size) }))),
);
