import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { RecordingFileError } from "../../electron/drivers/recording-file/recording-file-error.ts";
import { readSiteMark, writeSiteMark } from "../../electron/drivers/recording-file/site-mark.ts";
import { mendFiles } from "../../electron/media/recording/mend-files.ts";
import { OpenRecording } from "../../electron/media/recording/open-recording.ts";
import { exampleInit, picture } from "../fixtures/example-recording.ts";

const site = "a".repeat(32);
const file = "recordings/gate/2026-09-21/1790000000000-main.mp4";
const folders: string[] = [];
afterEach(() => {
  for (const one of folders.splice(0)) fs.rmSync(one, { recursive: true, force: true });
});

/** A recorded file of 6.5 s without a trailer, as a crash leaves it. */
async function recorded(mark: Parameters<typeof writeSiteMark>[0] | undefined): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  const writer = {
    append: (some: readonly Uint8Array[]): void => void parts.push(...some),
    close: async (): Promise<void> => undefined,
    giveUpWhenLate: (): void => undefined,
  };
  const init = mark === undefined ? exampleInit : Buffer.concat([exampleInit, writeSiteMark(mark)]);
  const open = new OpenRecording({ init, first: picture(0), writer });
  for (let index = 0; index < 65; index += 1) open.add(picture(index), index * 100);
  await open.close();
  return Buffer.concat(parts);
}

function put(bytes: Buffer): string {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "watchfloor-mend-"));
  folders.push(root);
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), bytes);
  return root;
}
const left = (root: string): Buffer => fs.readFileSync(path.join(root, file));

test("a torn tail of this site's file is cut, wherever the power went", async () => {
  const whole = await recorded({ site, channelId: "gate", role: "main" });
  for (const cut of [1, 77, 300, 1_000]) {
    const root = put(whole.subarray(0, -cut));
    const [mended] = await mendFiles(root, site, [file]);
    expect(mended).toMatchObject({ kind: "whole", bytes: left(root).length });
    expect(left(root).equals(whole.subarray(0, left(root).length))).toBe(true);
  }
});

test("a file of another site, another camera or another stream is left alone, torn or not", async () => {
  for (const mark of [
    { site: "b".repeat(32), channelId: "gate", role: "main" as const },
    { site, channelId: "yard", role: "main" as const },
    { site, channelId: "gate", role: "sub" as const },
  ]) {
    const torn = (await recorded(mark)).subarray(0, -77);
    const root = put(torn);
    expect(await mendFiles(root, site, [file])).toEqual([{ kind: "foreign", path: file }]);
    expect(left(root).equals(torn)).toBe(true);
  }
});

test("a file from before there was a mark is taken by its name", async () => {
  const whole = await recorded(undefined);
  const root = put(whole);
  expect(await mendFiles(root, site, [file])).toMatchObject([{ kind: "whole", bytes: whole.length }]);
});

test("damage in the middle of a file costs no byte of what lies behind it", async () => {
  const whole = await recorded({ site, channelId: "gate", role: "main" });
  await fc.assert(
    fc.asyncProperty(
      // Behind the first group of pictures, before the last one.
      fc.integer({ min: Math.round(whole.length * 0.4), max: Math.round(whole.length * 0.6) }),
      fc.integer({ min: 1, max: 255 }),
      async (at, flip) => {
        const damaged = Buffer.from(whole);
        damaged[at] = (damaged[at] ?? 0) ^ flip;
        const root = put(damaged);
        expect(await mendFiles(root, site, [file])).toMatchObject([{ kind: "whole", cutBytes: 0 }]);
        expect(left(root).equals(damaged)).toBe(true);
      },
    ),
    { numRuns: 40 },
  );
});

test("damage to the head of one fragment costs no byte of the groups behind it", async () => {
  const whole = await recorded({ site, channelId: "gate", role: "main" });
  const head = whole.indexOf("prft", Math.round(whole.length * 0.4));
  const moof = whole.indexOf("moof", head);
  for (let at = head - 4; at < moof + 4; at += 1) {
    const damaged = Buffer.from(whole);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    const root = put(damaged);
    expect(await mendFiles(root, site, [file])).toMatchObject([{ kind: "whole", cutBytes: 0 }]);
    expect(left(root).equals(damaged)).toBe(true);
  }
});

test("a file of any damage is mended in bounds or said to be unreadable", async () => {
  const whole = await recorded({ site, channelId: "gate", role: "main" });
  const damage = fc.record({
    length: fc.integer({ min: 0, max: whole.length }),
    flips: fc.array(fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 })), { maxLength: 6 }),
    hugeAt: fc.option(fc.nat({ max: whole.length - 4 })),
  });
  await fc.assert(
    fc.asyncProperty(damage, async ({ length, flips, hugeAt }) => {
      const bytes = Buffer.from(whole);
      for (const [at, value] of flips) bytes[at] = value;
      if (hugeAt !== null) bytes.writeUInt32BE(0xffff_ffff, hugeAt);
      const root = put(bytes.subarray(0, length));
      const [mended] = await mendFiles(root, site, [file]);
      expect(["whole", "foreign", "unreadable"]).toContain(mended?.kind);
      expect(left(root).length).toBeLessThanOrEqual(length);
    }),
    { numRuns: 80 },
  );
});

test("a mark of any bytes is read whole, is none, or is refused", async () => {
  const mark = { site, channelId: "gate", role: "main" as const };
  const reader = (bytes: Buffer) => async (offset: number, length: number) =>
    bytes.subarray(offset, offset + length);
  const bytes = writeSiteMark(mark);
  expect(await readSiteMark(reader(bytes), 0)).toEqual({ mark, bytes: bytes.length });
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }), async (at, value) => {
      const damaged = Buffer.from(bytes);
      damaged[at] = value;
      try {
        expect((await readSiteMark(reader(damaged), 0)).bytes).toBeLessThanOrEqual(bytes.length);
      } catch (error) {
        expect(error).toBeInstanceOf(RecordingFileError);
      }
    }),
  );
});

test("a file behind a link that leads out of the root is not touched", async () => {
  const torn = (await recorded({ site, channelId: "gate", role: "main" })).subarray(0, -77);
  const outside = put(torn);
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "watchfloor-mend-"));
  folders.push(root);
  fs.mkdirSync(path.join(root, "recordings"));
  fs.symlinkSync(path.join(outside, "recordings", "gate"), path.join(root, "recordings", "gate"), "junction");
  expect(await mendFiles(root, site, [file])).toEqual([
    { kind: "unreadable", path: file, detail: "the path leads out of the folder for recordings" },
  ]);
  expect(left(outside).equals(torn)).toBe(true);
});
