import fc from "fast-check";
import { expect, test } from "vitest";
import { readFragmentHead, stretchSample } from "../../../electron/drivers/recording-file/fragment-head.ts";
import {
  readKeyIndex,
  writeKeyIndex,
  type KeyIndex,
} from "../../../electron/drivers/recording-file/key-index.ts";
import { RecordingFileError } from "../../../electron/drivers/recording-file/recording-file-error.ts";
import {
  readReferenceTime,
  writeReferenceTime,
} from "../../../electron/drivers/recording-file/reference-time.ts";
import { scanRecording } from "../../../electron/drivers/recording-file/scan.ts";
import { silentInit } from "../../../electron/drivers/recording-file/silent-init.ts";
import { OpenRecording } from "../../../electron/media/recording/open-recording.ts";
import { exampleInit, picture } from "../../fixtures/example-recording.ts";
import { boxesOf, readFragment } from "../../fixtures/mp4-boxes.ts";

/** A file as the recorder writes it, in memory. */
async function recorded(
  pictures: number,
): Promise<{ readonly bytes: Buffer; readonly batchEnds: readonly number[] }> {
  const written: Uint8Array[] = [];
  const batchEnds: number[] = [];
  const first = picture(0);
  const open = new OpenRecording({
    init: exampleInit,
    first,
    writer: {
      append: (parts) => {
        written.push(...parts);
        batchEnds.push(written.reduce((sum, part) => sum + part.length, 0));
      },
      close: async (trailer) => {
        if (trailer) written.push(trailer);
      },
      giveUpWhenLate: () => undefined,
    },
  });
  for (let index = 0; index < pictures; index += 1) open.add(picture(index), index * 100);
  await open.close();
  return { bytes: Buffer.concat(written), batchEnds };
}

const readerOf = (bytes: Buffer) => async (offset: number, length: number) =>
  bytes.subarray(offset, Math.min(bytes.length, offset + length));
const scan = (bytes: Buffer) => scanRecording(readerOf(bytes), bytes.length);
const trailerOf = (bytes: Buffer): Buffer =>
  bytes.subarray(bytes.length - bytes.readUInt32BE(bytes.length - 4));

test("a file says where its keyframes are and when they were taken, by its index and by being looked through", async () => {
  const { bytes } = await recorded(65);
  const index = readKeyIndex(trailerOf(bytes), bytes.length);
  const found = await scan(bytes);
  expect(index.keys).toHaveLength(4);
  expect(found.keys).toEqual(index.keys);
  expect(found).toMatchObject({ endOffset: index.endOffset, endTicks: index.endTicks, endAt: index.endAt });
  expect(found.init.equals(exampleInit)).toBe(true);
  expect(index.keys.map(({ capturedAt }) => capturedAt - 1_790_000_000_000)).toEqual([
    0, 2_000, 4_000, 6_000,
  ]);
  expect(index.endAt - 1_790_000_000_000).toBe(6_500);
  for (const key of index.keys) {
    const [reference, ...rest] = boxesOf(bytes.subarray(key.offset, key.offset + key.keyBytes));
    expect([reference?.type, ...rest.map(({ type }) => type)]).toEqual(["prft", "moof", "mdat"]);
  }
});

test("what is written at once is never longer than half a second, so that a crash costs no more", async () => {
  const { bytes, batchEnds } = await recorded(65);
  const ends = batchEnds.map((end) => bytes.subarray(0, end));
  const times = await Promise.all(ends.map(async (part) => (await scan(part)).endAt));
  for (const [index, time] of times.entries()) {
    expect(time - (times[index - 1] ?? 1_790_000_000_000)).toBeLessThanOrEqual(500);
  }
});

test("the pictures are in the file exactly as they came", async () => {
  const { bytes } = await recorded(45);
  const { endOffset } = await scan(bytes);
  const boxes = boxesOf(bytes.subarray(0, endOffset));
  const pictures = boxes.filter(({ type }) => type === "mdat").map(({ body }) => body);
  expect(pictures).toHaveLength(45);
  for (const [index, body] of pictures.entries()) {
    expect(body.equals(readFragment(picture(index).bytes)[0]?.bytes ?? Buffer.alloc(0))).toBe(true);
  }
});

test("a file cut anywhere keeps every whole fragment before the cut and nothing behind it", async () => {
  const { bytes } = await recorded(65);
  const { endOffset } = await scan(bytes);
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: bytes.length }), async (length) => {
      const cut = bytes.subarray(0, length);
      try {
        const found = await scan(cut);
        expect(found.endOffset).toBeLessThanOrEqual(Math.min(length, endOffset));
        // Cutting there again changes nothing: the end is the end of a whole fragment.
        expect((await scan(cut.subarray(0, found.endOffset))).endOffset).toBe(found.endOffset);
        // At most one fragment and its time stamp are behind it, unless only the index was cut.
        if (length < endOffset) expect(length - found.endOffset).toBeLessThan(600);
      } catch (error) {
        expect(error).toBeInstanceOf(RecordingFileError);
        expect(length).toBeLessThan(exampleInit.length + 32 + picture(0).bytes.length);
      }
    }),
    { numRuns: 300 },
  );
});

test("a file with flipped bytes, huge boxes or mere noise is read in bounds or refused", async () => {
  const { bytes } = await recorded(45);
  const reads: number[] = [];
  const watched = (file: Buffer) => async (offset: number, length: number) => {
    reads.push(length);
    return readerOf(file)(offset, length);
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 })), {
        minLength: 1,
        maxLength: 8,
      }),
      async (flips) => {
        const damaged = Buffer.from(bytes);
        for (const [at, value] of flips) damaged[at] = value;
        try {
          const found = await scanRecording(watched(damaged), damaged.length);
          expect(found.endOffset).toBeLessThanOrEqual(damaged.length);
        } catch (error) {
          expect(error).toBeInstanceOf(RecordingFileError);
        }
      },
    ),
    { numRuns: 300 },
  );
  const huge = Buffer.from(bytes);
  huge.writeUInt32BE(0xffff_fff0, exampleInit.length);
  await expect(scanRecording(watched(huge), huge.length)).rejects.toBeInstanceOf(RecordingFileError);
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (noise) => {
      await expect(scan(Buffer.from(noise))).rejects.toBeInstanceOf(RecordingFileError);
    }),
  );
  expect(Math.max(...reads)).toBeLessThanOrEqual(256 * 1024 + 256);
});

test("an index of any bytes is taken whole or refused", () => {
  const index: KeyIndex = {
    keys: [
      { offset: 100, keyBytes: 50, ticks: 9, capturedAt: 1_000 },
      { offset: 200, keyBytes: 50, ticks: 99, capturedAt: 2_000 },
    ],
    endOffset: 400,
    endTicks: 190,
    endAt: 2_500,
  };
  const bytes = writeKeyIndex(index);
  expect(readKeyIndex(bytes, 400 + bytes.length)).toEqual(index);
  expect(() => readKeyIndex(bytes, 401 + bytes.length)).toThrow(RecordingFileError);
  fc.assert(
    fc.property(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }), (at, value) => {
      const damaged = Buffer.from(bytes);
      damaged[at] = value;
      try {
        const read = readKeyIndex(damaged, 400 + bytes.length);
        for (const key of read.keys) expect(key.offset + key.keyBytes).toBeLessThanOrEqual(read.endOffset);
      } catch (error) {
        expect(error).toBeInstanceOf(RecordingFileError);
      }
    }),
  );
});

test("a capture time keeps its millisecond, beyond 2036 as well", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1_500_000_000_000, max: 4_000_000_000_000 }),
      fc.nat(),
      (capturedAt, ticks) => {
        expect(readReferenceTime(writeReferenceTime({ ticks, capturedAt }))).toEqual({ ticks, capturedAt });
      },
    ),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (noise) => {
      readReferenceTime(Buffer.from(noise));
      readFragmentHead(Buffer.from(noise));
    }),
  );
});

test("a keyframe can be made to stand until the next one", () => {
  const fragment = Buffer.from(picture(0).bytes);
  stretchSample(fragment, 180_000);
  expect(readFragment(fragment)[0]).toMatchObject({ duration: 180_000, isSync: true });
});

test("an initialisation segment of noise loses its sound or is refused", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
      try {
        silentInit(Buffer.concat([exampleInit, noise]));
      } catch (error) {
        expect(error).toBeInstanceOf(RecordingFileError);
      }
    }),
  );
});
