/** Writes ZIP archives for tests, byte by byte as APPNOTE 6.3.10 lays them out. */
import { deflateRawSync } from "node:zlib";

/**
 * @param {{ path: string, text: string, mode?: number, stored?: boolean }[]} entries
 * @returns {Buffer}
 */
export function makeZip(entries) {
  const files = [];
  const directory = [];
  let at = 0;
  for (const { path, text, mode = 0o100644, stored = false } of entries) {
    const name = Buffer.from(path);
    const plain = Buffer.from(text);
    const packed = stored || plain.length === 0 ? plain : deflateRawSync(plain);
    const method = packed === plain ? 0 : 8;
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(method, 8);
    header.writeUInt32LE(packed.length, 18);
    header.writeUInt32LE(plain.length, 22);
    header.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(plain.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE((mode << 16) >>> 0, 38);
    entry.writeUInt32LE(at, 42);
    files.push(header, name, packed);
    directory.push(entry, name);
    at += header.length + name.length + packed.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, listing, end]);
}
