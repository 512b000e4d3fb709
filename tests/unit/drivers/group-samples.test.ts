import fc from "fast-check";
import { expect, test } from "vitest";
import { groupSamples, packSamples } from "../../../electron/drivers/recording-file/group-samples.ts";
import { readGroup } from "../../../renderer/player/group-pictures.ts";

test("pictures of a group come through the window's port as they were", () => {
  const sample = fc.record({
    afterMs: fc.double({ min: -1_000, max: 60_000, noNaN: true }),
    bytes: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  });
  fc.assert(
    fc.property(fc.array(sample, { minLength: 1 }), (samples) => {
      const read = readGroup(packSamples(samples), 5_000) ?? [];
      expect(read.map(({ bytes }) => [...bytes])).toEqual(samples.map(({ bytes }) => [...bytes]));
      for (const [index, { at }] of read.entries())
        expect(at).toBeCloseTo(5_000 + (samples[index]?.afterMs ?? 0), 6);
      expect(read.map(({ isKey }) => isKey)).toEqual(samples.map((_, index) => index === 0));
    }),
  );
});

test("whatever the bytes are, they are read or refused, without an exception and without going on for ever", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      groupSamples(Buffer.from(bytes));
      readGroup(bytes, 0);
    }),
  );
  const packed = packSamples([{ afterMs: 0, bytes: Buffer.alloc(10) }]);
  for (let length = 0; length < packed.length; length += 1)
    expect(readGroup(packed.subarray(0, length), 0)).toBeUndefined();
});

test("a file that is cut or flipped anywhere gives the pictures before that place at most", () => {
  const box = Buffer.alloc(64);
  box.writeUInt32BE(0xffff_fff0, 0);
  box.write("moof", 4, "latin1");
  expect(groupSamples(box)).toEqual([]);
  expect(groupSamples(Buffer.alloc(0))).toEqual([]);
});
