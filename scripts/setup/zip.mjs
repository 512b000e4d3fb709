/** A reader for ordinary ZIP files (APPNOTE 6.3.10 sections 4.3 and 4.4; no ZIP64, no encryption). */
import { createReadStream, createWriteStream } from "node:fs";
import { chmod, mkdir, open, symlink } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { createInflateRaw } from "node:zlib";

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const symlinkMode = 0o120000;
const longestLink = 4_096;

/** @typedef {Awaited<ReturnType<typeof readDirectory>>[number]} Entry */

/**
 * Unpacks the entries that `wants` accepts. Throws an Error for a damaged file or a path that leaves `folder`.
 *
 * @param {string} file
 * @param {string} folder
 * @param {(path: string) => string | null} place answers the path below `folder`, or null to leave the entry out
 */
export async function unpackZip(file, folder, place) {
  const handle = await open(file);
  try {
    for (const entry of await readDirectory(handle)) {
      const path = place(entry.path);
      if (path === null || entry.path.endsWith("/")) continue;
      const target = join(folder, path);
      refuseOutside(folder, target, entry.path);
      if (isLink(entry)) {
        const aim = (await readPlain(handle, entry)).toString("utf8");
        refuseOutside(folder, resolve(dirname(target), aim), entry.path);
        await mkdir(dirname(target), { recursive: true });
        await symlink(aim, target);
        continue;
      }
      await mkdir(dirname(target), { recursive: true });
      await unpackEntry(handle, file, entry, target);
    }
  } finally {
    await handle.close();
  }
}

/** Neither a file nor where a link leads may be outside: a later file could be written through the link. */
function refuseOutside(
  /** @type {string} */ folder,
  /** @type {string} */ target,
  /** @type {string} */ name,
) {
  const inside = relative(folder, target);
  if (inside === "" || inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside))
    throw new Error(`${name} leaves the folder`);
}

/** @param {import("node:fs/promises").FileHandle} handle */
async function readDirectory(handle) {
  const { size } = await handle.stat();
  const tailLength = Math.min(size, 65_557);
  const end = await read(handle, size - tailLength, tailLength);
  let at = end.length - 22;
  while (at >= 0 && end.readUInt32LE(at) !== endSignature) at -= 1;
  if (at < 0) throw new Error("not a ZIP file");
  const count = end.readUInt16LE(at + 10);
  const directory = await read(handle, end.readUInt32LE(at + 16), end.readUInt32LE(at + 12));
  const entries = [];
  let offset = 0;
  for (let index = 0; index < count; index += 1) {
    if (directory.readUInt32LE(offset) !== entrySignature) throw new Error("damaged ZIP directory");
    const nameLength = directory.readUInt16LE(offset + 28);
    entries.push({
      path: directory.toString("utf8", offset + 46, offset + 46 + nameLength),
      method: directory.readUInt16LE(offset + 10),
      packedBytes: directory.readUInt32LE(offset + 20),
      mode: directory.readUInt32LE(offset + 38) >>> 16,
      headerAt: directory.readUInt32LE(offset + 42),
    });
    offset += 46 + nameLength + directory.readUInt16LE(offset + 30) + directory.readUInt16LE(offset + 32);
  }
  return entries;
}

function isLink(/** @type {Entry} */ entry) {
  return (entry.mode & 0o170000) === symlinkMode;
}

/**
 * @param {import("node:fs/promises").FileHandle} handle
 * @param {Entry} entry
 * @returns {Promise<number>} where the entry's bytes begin
 */
async function startOf(handle, entry) {
  const header = await read(handle, entry.headerAt, 30);
  return entry.headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
}

/**
 * @param {import("node:fs/promises").FileHandle} handle
 * @param {Entry} entry
 */
async function readPlain(handle, entry) {
  if (entry.method !== 0 || entry.packedBytes > longestLink)
    throw new Error(`${entry.path} is no plain link`);
  return read(handle, await startOf(handle, entry), entry.packedBytes);
}

/**
 * @param {import("node:fs/promises").FileHandle} handle
 * @param {string} file
 * @param {Entry} entry
 * @param {string} target
 */
async function unpackEntry(handle, file, entry, target) {
  const start = await startOf(handle, entry);
  const { size } = await handle.stat();
  if (start + entry.packedBytes > size) throw new Error("the ZIP file ends too early");
  if (entry.method !== 0 && entry.method !== 8) throw new Error(`ZIP method ${entry.method} is not known`);
  if (entry.packedBytes === 0) {
    await pipeline([], createWriteStream(target));
  } else {
    const packed = createReadStream(file, { start, end: start + entry.packedBytes - 1 });
    const out = createWriteStream(target);
    await (entry.method === 0 ? pipeline(packed, out) : pipeline(packed, createInflateRaw(), out));
  }
  if ((entry.mode & 0o111) !== 0) await chmod(target, 0o755);
}

/**
 * @param {import("node:fs/promises").FileHandle} handle
 * @param {number} position
 * @param {number} length
 */
async function read(handle, position, length) {
  const { size } = await handle.stat();
  if (position + length > size) throw new Error("the ZIP file ends too early");
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead !== length) throw new Error("the ZIP file ends too early");
  return buffer;
}
