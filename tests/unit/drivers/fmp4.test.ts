import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeAac, describeFlac } from "../../../electron/drivers/fmp4/audio-config.ts";
import { DecodeOrder } from "../../../electron/drivers/fmp4/decode-order.ts";
import { FlacWriter, g711Table } from "../../../electron/drivers/fmp4/flac-frame.ts";
import { Fmp4Error } from "../../../electron/drivers/fmp4/fmp4-error.ts";
import { writeFragment } from "../../../electron/drivers/fmp4/fragment.ts";
import { writeInitSegment } from "../../../electron/drivers/fmp4/init-segment.ts";
import { describeVideo } from "../../../electron/drivers/fmp4/video-config.ts";
import { decodeVerbatimFlac } from "../../fixtures/flac-decoder.ts";
import { boxAt, boxesOf, readFragment } from "../../fixtures/mp4-boxes.ts";
import { parameterSets } from "../../fixtures/parameter-sets.ts";

const hasFfmpeg = spawnSync("ffmpeg", ["-version"], { stdio: "ignore" }).status === 0;

const h264 = (name: "h264High" | "h264Baseline") =>
  describeVideo({
    codec: "H264",
    videoSets: [],
    sequenceSets: [parameterSets[name].sps],
    pictureSets: [parameterSets[name].pps],
    activeSequenceSet: parameterSets[name].sps,
  });
const h265 = describeVideo({
  codec: "H265",
  videoSets: [parameterSets.h265Main.vps],
  sequenceSets: [parameterSets.h265Main.sps],
  pictureSets: [parameterSets.h265Main.pps],
  activeSequenceSet: parameterSets.h265Main.sps,
});

describe("initialisation segments", () => {
  test("describe H.264 with its parameter sets, chroma and depth", () => {
    const track = h264("h264High");
    expect(track.codecString).toBe("avc1.640016");
    const init = writeInitSegment(track, undefined);
    expect(boxesOf(init).map(({ type }) => type)).toEqual(["ftyp", "moov"]);
    const record = track.configuration.subarray(8);
    expect([...record.subarray(0, 6)]).toEqual([1, 0x64, 0, 0x16, 0xff, 0xe1]);
    expect([...record.subarray(-4)]).toEqual([0xfd, 0xf8, 0xf8, 0]);
    expect(h264("h264Baseline").configuration.at(-1)).toBe(parameterSets.h264Baseline.pps.at(-1));
  });

  test("have track headers of exactly the standard's layout", () => {
    const header = boxAt(writeInitSegment(h264("h264High"), undefined), "moov/trak/tkhd");
    expect(header).toHaveLength(84);
    // Matrix, then width and height as 16.16 numbers (ISO/IEC 14496-12 §8.3.2.2).
    expect([0, 16, 32].map((at) => header.readUInt32BE(40 + at))).toEqual([0x1_0000, 0x1_0000, 0x4000_0000]);
    expect([header.readUInt32BE(76) >> 16, header.readUInt32BE(80) >> 16]).toEqual([642, 358]);
  });

  test("describe H.265 by its real profile, tier and level", () => {
    expect(h265.codecString).toBe("hvc1.1.6.L120.90");
    const record = h265.configuration.subarray(8);
    expect([...record.subarray(0, 13)]).toEqual([1, 1, 0x60, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 120]);
    expect(record[22]).toBe(3);
  });

  test("describe AAC by its configuration and refuse what is none", () => {
    expect(describeAac("1408")).toMatchObject({ codecString: "mp4a.40.2", sampleRate: 16_000, channels: 1 });
    expect(boxAt(writeInitSegment(h265, describeAac("1210")), "moov/mvex").length).toBe(64);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.uint8Array({ maxLength: 70 }).map((b) => Buffer.from(b).toString("hex")),
        ),
        (text) => {
          try {
            describeAac(text);
          } catch (error) {
            expect(error).toBeInstanceOf(Fmp4Error);
          }
        },
      ),
    );
  });
});

describe("fragments", () => {
  test("give every sample back, with its times", () => {
    const sample = fc.record({
      bytes: fc.uint8Array({ maxLength: 50 }),
      duration: fc.nat(200_000),
      compositionOffset: fc.integer({ min: -90_000, max: 180_000 }),
      isSync: fc.boolean(),
    });
    const time = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER - 10_000_000 });
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 8 }), time, (samples, decodeTime) => {
        const bytes = writeFragment(1, { trackId: 1, decodeTime, samples });
        expect(bytes.buffer.byteLength).toBe(bytes.length);
        const read = readFragment(bytes);
        expect(read[0]?.decodeTime).toBe(decodeTime);
        expect(read.map(({ bytes: b, ...rest }) => ({ ...rest, hex: b.toString("hex") }))).toMatchObject(
          samples.map(({ bytes: b, ...rest }) => ({ ...rest, hex: Buffer.from(b).toString("hex") })),
        );
      }),
    );
  });
});

describe("decoding times", () => {
  /** Presentation times of `pattern` (display positions in decoding order), frame distance 10. */
  const run = (depth: number, presentations: readonly number[]): readonly number[] => {
    const order = new DecodeOrder(depth, 10);
    return presentations.map((presentation) => {
      const ordered = order.next(presentation, 10);
      if (ordered.kind === "deeper") throw new Error(`deeper: ${ordered.depth}`);
      return ordered.decodeTime;
    });
  };

  test("of B-frames grow evenly and are never after their presentation", () => {
    const presentations = [0, 30, 10, 20, 60, 40, 50, 90, 70, 80].map((time) => time + 100);
    expect(run(1, presentations)).toEqual([90, 100, 110, 120, 130, 140, 150, 160, 170, 180]);
    const pyramid = [0, 40, 20, 10, 30, 80, 60, 50, 70].map((time) => time + 100);
    expect(run(2, pyramid)).toEqual([80, 90, 100, 110, 120, 130, 140, 150, 160]);
  });

  test("without B-frames are the presentation times themselves", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 19 })), (steps) => {
        let time = 0;
        const presentations = steps.map((step) => (time += step));
        expect(run(0, presentations)).toEqual(presentations);
      }),
    );
  });

  test("find out that a stream reorders when its parameter sets do not say so", () => {
    const order = new DecodeOrder(0, 10);
    order.next(0, 10);
    order.next(30, 10);
    expect(order.next(10, 10)).toEqual({ kind: "deeper", depth: 1 });
  });

  test("always grow, and never leap by twice a frame's duration, whatever the camera skips", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 2 }), (steps) => {
        let time = 0;
        const times = run(
          0,
          steps.map((step) => (time += step)),
        );
        for (const [index, at] of times.entries()) {
          if (index === 0) continue;
          const leap = at - (times[index - 1] ?? 0);
          expect(leap).toBeGreaterThan(0);
          expect(leap).toBeLessThan(20);
        }
      }),
    );
  });
});

describe("G.711 as FLAC", () => {
  test("uses the values of the standard", () => {
    const [mu, a] = [g711Table("mu"), g711Table("a")];
    expect([mu[0x00], mu[0x80], mu[0x7f], mu[0xff], mu[0x10]]).toEqual([-32_124, 32_124, 0, 0, -15_996]);
    expect([a[0x2a], a[0xaa], a[0x55], a[0xd5]]).toEqual([-32_256, 32_256, -8, 8]);
  });

  test("is exact to the bit for any packet", () => {
    const codes = fc.uint8Array({ minLength: 1, maxLength: 2_000 });
    const first = fc.oneof(fc.nat(200), fc.integer({ min: 0, max: 2 ** 36 - 1 }));
    fc.assert(
      fc.property(codes, first, fc.constantFrom("mu" as const, "a" as const), (packet, firstSample, law) => {
        const table = g711Table(law);
        const decoded = decodeVerbatimFlac(new FlacWriter(law).frame(packet, firstSample));
        expect(decoded.firstSample).toBe(firstSample);
        expect(decoded.samples).toEqual([...packet].map((code) => table[code]));
      }),
      { numRuns: 300 },
    );
  });

  test.skipIf(!hasFfmpeg)("is what ffmpeg decodes, sample for sample", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "watchfloor-flac-"));
    try {
      const codes = Uint8Array.from({ length: 8000 }, (_, index) => (index * 37) & 255);
      const writer = new FlacWriter("mu");
      const track = describeFlac(8000);
      const fragments: Buffer[] = [];
      for (let at = 0; at < codes.length; at += 160) {
        const bytes = writer.frame(codes.subarray(at, at + 160), at);
        const sample = { bytes, duration: 160, compositionOffset: 0, isSync: true };
        fragments.push(writeFragment(at + 1, { trackId: 2, decodeTime: at, samples: [sample] }));
      }
      const file = path.join(folder, "sound.mp4");
      writeFileSync(file, Buffer.concat([writeInitSegment(h264("h264High"), track), ...fragments]));
      const pcm = execFileSync("ffmpeg", ["-v", "error", "-i", file, "-map", "0:a", "-f", "s16le", "-"]);
      const expected = Buffer.from(Int16Array.from(codes, (code) => g711Table("mu")[code] ?? 0).buffer);
      expect(pcm.equals(expected)).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
