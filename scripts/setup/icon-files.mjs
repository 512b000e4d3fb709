/** Writers for the icon files of the three platforms. */
import { crc32, deflateSync } from "node:zlib";

/**
 * PNG, 8 bits a channel with alpha (RFC 2083).
 *
 * @param {number} size pixels of the edge
 * @param {Buffer} pixels RGBA, row by row
 * @returns {Buffer}
 */
export function pngOf(size, pixels) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = [];
  for (let row = 0; row < size; row += 1)
    rows.push(Buffer.from([0]), pixels.subarray(row * size * 4, (row + 1) * size * 4));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(/** @type {string} */ type, /** @type {Buffer} */ body) {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), body]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(body.length, 0);
  ends.writeUInt32BE(crc32(typed), 4);
  return Buffer.concat([ends.subarray(0, 4), typed, ends.subarray(4)]);
}

/**
 * Windows' ICO with PNG entries, as Windows has read them since Vista.
 *
 * @param {{ size: number, png: Buffer }[]} images
 * @returns {Buffer}
 */
export function icoOf(images) {
  const header = Buffer.alloc(6 + images.length * 16);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let at = header.length;
  for (const [index, { size, png }] of images.entries()) {
    const entry = 6 + index * 16;
    // 0 stands for 256.
    header.set([size % 256, size % 256], entry);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(png.length, entry + 8);
    header.writeUInt32LE(at, entry + 12);
    at += png.length;
  }
  return Buffer.concat([header, ...images.map(({ png }) => png)]);
}

const icnsTypes = {
  16: ["icp4"],
  32: ["icp5", "ic11"],
  64: ["icp6", "ic12"],
  128: ["ic07"],
  256: ["ic08", "ic13"],
  512: ["ic09", "ic14"],
  1024: ["ic10"],
};

/**
 * Apple's ICNS with PNG entries; a size stands for itself and for the half at double density.
 *
 * @param {{ size: number, png: Buffer }[]} images
 * @returns {Buffer}
 */
export function icnsOf(images) {
  const parts = images.flatMap(({ size, png }) =>
    icnsTypes[size].map((/** @type {string} */ type) => headed(type, png)),
  );
  return headed("icns", Buffer.concat(parts));
}

function headed(/** @type {string} */ type, /** @type {Buffer} */ body) {
  const header = Buffer.alloc(8);
  header.write(type, 0, "latin1");
  header.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([header, body]);
}
