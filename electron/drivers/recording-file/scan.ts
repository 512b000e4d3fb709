import { RecordingFileError } from "./recording-file-error.ts";
import type { ReadAt } from "./read-at.ts";
import { readFragmentHead } from "./fragment-head.ts";
import type { KeyEntry, KeyIndex } from "./key-index.ts";
import { readSiteMark } from "./site-mark.ts";
import { readReferenceTime, referenceTimeBytes, type ReferenceTime } from "./reference-time.ts";

/** A file that was looked through. */
export interface Scan extends KeyIndex {
  /** `ftyp` and `moov`. */
  readonly init: Buffer;
}

const maxMoovBytes = 256 * 1024;
const maxMoofBytes = 64 * 1024;
const maxMdatBytes = 64 * 1024 * 1024;
const maxBoxes = 1_000_000;
const ticksPerMs = 90;

/**
 * Finds the whole fragments of a recorded file from its start, whatever follows them: a torn tail, a trailer,
 * garbage. Reads heads only. Each size is bounded, each step goes forward.
 *
 * @throws RecordingFileError when there is no usable beginning, or not one whole group of pictures.
 */
export async function scanRecording(read: ReadAt, fileBytes: number): Promise<Scan> {
  const init = await readInit(read, fileBytes);
  const keys: KeyEntry[] = [];
  let at = init.length + (await readSiteMark(read, init.length)).bytes;
  let endOffset = at;
  let endTicks = 0;
  let reference: ReferenceTime | undefined;
  let referenceAt = at;
  for (let boxes = 0; boxes < maxBoxes && at + 8 <= fileBytes; boxes += 1) {
    // A reference time, and the head of the fragment behind it, in one read.
    const head = await read(at, 256);
    const box = boxHead(head);
    if (box?.type === "prft" && box.size === referenceTimeBytes) {
      const found = readReferenceTime(head.subarray(0, referenceTimeBytes));
      if (found === undefined) break;
      reference = found;
      referenceAt = at;
      at += referenceTimeBytes;
      continue;
    }
    if (box?.type !== "moof" || box.size > maxMoofBytes) break;
    const fragment = readFragmentHead(
      box.size <= head.length ? head.subarray(0, box.size) : await read(at, box.size),
    );
    const data = boxHead(await read(at + box.size, 8));
    if (fragment === undefined || data?.type !== "mdat" || data.size > maxMdatBytes) break;
    const end = at + box.size + data.size;
    if (end > fileBytes) break;
    if (fragment.isVideo) {
      if (fragment.isKeyframe && reference !== undefined && referenceAt === at - referenceTimeBytes) {
        const last = keys.at(-1);
        if (last !== undefined && fragment.startTicks <= last.ticks) break;
        const { startTicks: ticks } = fragment;
        keys.push({
          offset: referenceAt,
          keyBytes: end - referenceAt,
          ticks,
          capturedAt: reference.capturedAt,
        });
      }
      endTicks = Math.max(endTicks, fragment.endTicks);
    }
    at = end;
    endOffset = end;
  }
  const last = keys.at(-1);
  if (last === undefined || reference === undefined) {
    throw new RecordingFileError("it holds no whole group of pictures");
  }
  const endAt = Math.round(reference.capturedAt + (endTicks - reference.ticks) / ticksPerMs);
  return { init, keys, endOffset, endTicks, endAt: Math.max(endAt, last.capturedAt) };
}

/** The beginning of a recorded file: `ftyp` and `moov`. Throws `RecordingFileError`. */
export async function readInit(read: ReadAt, fileBytes: number): Promise<Buffer> {
  const ftyp = boxHead(await read(0, 8));
  if (ftyp?.type !== "ftyp" || ftyp.size > 256) throw new RecordingFileError("it is no recording");
  const moov = boxHead(await read(ftyp.size, 8));
  if (moov?.type !== "moov" || moov.size > maxMoovBytes || ftyp.size + moov.size > fileBytes) {
    throw new RecordingFileError("its beginning is damaged");
  }
  const init = await read(0, ftyp.size + moov.size);
  if (init.length !== ftyp.size + moov.size) throw new RecordingFileError("its beginning is cut off");
  return init;
}

function boxHead(bytes: Buffer): { readonly size: number; readonly type: string } | undefined {
  if (bytes.length < 8) return undefined;
  const size = bytes.readUInt32BE(0);
  return size < 8 ? undefined : { size, type: bytes.toString("latin1", 4, 8) };
}
