import { open, type FileHandle } from "node:fs/promises";
import { maxIndexBytes, readKeyIndex } from "./key-index.ts";
import type { ReadAt } from "./read-at.ts";
import { referenceTimeBytes } from "./reference-time.ts";
import { readSiteMark, type SiteMark } from "./site-mark.ts";
import { RecordingFileError } from "./recording-file-error.ts";
import { readInit, scanRecording, type Scan } from "./scan.ts";

/** How to read a file that is open. */
export const readerOf =
  (file: FileHandle): ReadAt =>
  async (offset, length) => {
    const bytes = Buffer.allocUnsafeSlow(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await file.read(bytes, filled, length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  };

/**
 * What a recorded file holds: by its trailer when it was closed, by looking through it otherwise.
 *
 * @throws RecordingFileError when it cannot be used; file system errors as they are.
 */
export async function indexRecording(path: string): Promise<Scan> {
  const file = await open(path, "r");
  try {
    return await indexOpened(file);
  } finally {
    await file.close();
  }
}

/** A file that was looked through and whose torn tail is gone. */
export interface MendedRecording {
  readonly scan: Scan;
  readonly mark: SiteMark | undefined;
  readonly cutBytes: number;
}

/**
 * Cuts off what is behind the last whole fragment; answers what is left and how many bytes went. A file that goes on
 * behind a damaged place is not torn: nothing of it is cut. One that `isOurs` does not accept is not touched.
 *
 * @throws RecordingFileError when it cannot be used; file system errors as they are.
 */
export async function mendRecording(
  path: string,
  isOurs: (mark: SiteMark | undefined) => boolean = () => true,
): Promise<MendedRecording | "foreign"> {
  const file = await open(path, "r+");
  try {
    const { size } = await file.stat();
    const read = readerOf(file);
    const { mark } = await readSiteMark(read, (await readInit(read, size)).length);
    if (!isOurs(mark)) return "foreign";
    if (await hasIndex(file, size)) return { scan: await indexOpened(file), mark, cutBytes: 0 };
    const scan = await scanRecording(read, size);
    if (size > scan.endOffset && (await goesOnBehind(read, scan.endOffset, size))) {
      return { scan, mark, cutBytes: 0 };
    }
    if (size > scan.endOffset) {
      await file.truncate(scan.endOffset);
      await file.datasync();
    }
    return { scan, mark, cutBytes: size - scan.endOffset };
  } finally {
    await file.close();
  }
}

const lookBytes = 1024 * 1024;

/** Whether there is another group of pictures behind a place: then that place is damaged, and not the end. */
async function goesOnBehind(read: ReadAt, from: number, size: number): Promise<boolean> {
  const head = Buffer.from("prft\x01\0\0\0", "latin1");
  for (let at = from + 1; at < size; at += lookBytes - 64) {
    const bytes = await read(at, lookBytes);
    // The first of them may be the damaged place itself.
    for (let found = bytes.indexOf(head); found >= 0; found = bytes.indexOf(head, found + 1)) {
      const moof = found + referenceTimeBytes;
      if (bytes.toString("latin1", moof, moof + 4) === "moof") return true;
    }
  }
  return false;
}

async function indexOpened(file: FileHandle): Promise<Scan> {
  const { size } = await file.stat();
  const read = readerOf(file);
  const bytes = await trailer(read, size);
  if (bytes !== undefined) {
    try {
      const index = readKeyIndex(bytes, size);
      if (index.keys.length > 0) return { ...index, init: await readInit(read, size) };
    } catch (error) {
      // A damaged trailer says nothing about the pictures: they are looked for.
      if (!(error instanceof RecordingFileError)) throw error;
    }
  }
  return scanRecording(read, size);
}

async function hasIndex(file: FileHandle, size: number): Promise<boolean> {
  const bytes = await trailer(readerOf(file), size);
  if (bytes === undefined) return false;
  try {
    return readKeyIndex(bytes, size).keys.length > 0;
  } catch (error) {
    if (error instanceof RecordingFileError) return false;
    throw error;
  }
}

async function trailer(read: ReadAt, size: number): Promise<Buffer | undefined> {
  if (size < 64) return undefined;
  const foot = await read(size - 4, 4);
  const length = foot.length === 4 ? foot.readUInt32BE(0) : 0;
  if (length < 64 || length > Math.min(size, maxIndexBytes)) return undefined;
  return read(size - length, length);
}
