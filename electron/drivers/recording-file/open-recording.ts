import { open, type FileHandle } from "node:fs/promises";
import { maxIndexBytes, readKeyIndex } from "./key-index.ts";
import { RecordingFileError } from "./recording-file-error.ts";
import { readInit, scanRecording, type ReadAt, type Scan } from "./scan.ts";

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

/** Cuts off what is behind the last whole fragment; answers what is left and how many bytes went. */
export async function mendRecording(
  path: string,
): Promise<{ readonly scan: Scan; readonly cutBytes: number }> {
  const file = await open(path, "r+");
  try {
    const { size } = await file.stat();
    if (await hasIndex(file, size)) return { scan: await indexOpened(file), cutBytes: 0 };
    const scan = await scanRecording(readerOf(file), size);
    if (size > scan.endOffset) {
      await file.truncate(scan.endOffset);
      await file.datasync();
    }
    return { scan, cutBytes: size - scan.endOffset };
  } finally {
    await file.close();
  }
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
