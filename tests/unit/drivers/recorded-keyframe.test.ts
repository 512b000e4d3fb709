import fc from "fast-check";
import { expect, test } from "vitest";
import { writeFragment } from "../../../electron/drivers/fmp4/fragment.ts";
import { writeInitSegment } from "../../../electron/drivers/fmp4/init-segment.ts";
import { describeVideo, type VideoTrack } from "../../../electron/drivers/fmp4/video-config.ts";
import { decoderConfig } from "../../../electron/drivers/recording-file/decoder-config.ts";
import { firstSample } from "../../../electron/drivers/recording-file/first-sample.ts";
import { RecordingFileError } from "../../../electron/drivers/recording-file/recording-file-error.ts";
import { writeReferenceTime } from "../../../electron/drivers/recording-file/reference-time.ts";
import { writeKeyList } from "../../../electron/media/playback/key-list.ts";
import { KeyList } from "../../../shared/contract/key-list.ts";
import { parameterSets } from "../../fixtures/parameter-sets.ts";

const { h264High, h265Main, h265Main10 } = parameterSets;
const avc = describeVideo({
  codec: "H264",
  videoSets: [],
  sequenceSets: [h264High.sps],
  pictureSets: [h264High.pps],
  activeSequenceSet: h264High.sps,
});
const hevc = ({ vps, sps, pps }: typeof h265Main | typeof h265Main10): VideoTrack =>
  describeVideo({
    codec: "H265",
    videoSets: [vps],
    sequenceSets: [sps],
    pictureSets: [pps],
    activeSequenceSet: sps,
  });

test.each([avc, hevc(h265Main), hevc(h265Main10)])(
  "a decoder is told what the recording was described with: $codecString",
  (track) => {
    const init = writeInitSegment(track, undefined);
    expect(decoderConfig(init)).toEqual({
      codec: track.codecString,
      description: track.configuration.subarray(8),
      width: track.format.width,
      height: track.format.height,
    });
  },
);

test("a beginning that was changed anywhere is read or refused, nothing else", () => {
  const init = writeInitSegment(avc, undefined);
  fc.assert(
    fc.property(fc.nat(init.length - 1), fc.nat(255), fc.nat(init.length), (at, byte, length) => {
      const bytes = Buffer.from(init);
      bytes.writeUInt8(byte, at);
      for (const damaged of [bytes, bytes.subarray(0, length)]) {
        try {
          const { width } = decoderConfig(damaged);
          expect(width).toBeGreaterThanOrEqual(0);
        } catch (error) {
          expect(error).toBeInstanceOf(RecordingFileError);
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

const keyframe = (bytes: Uint8Array, isSync = true): Buffer =>
  Buffer.concat([
    writeReferenceTime({ ticks: 0, capturedAt: 1_790_000_000_000 }),
    writeFragment(1, {
      trackId: 1,
      decodeTime: 0,
      samples: [{ bytes, duration: 6_000, compositionOffset: 0, isSync }],
    }),
  ]);

test("a keyframe comes out of its fragment as it went in; other fragments and garbage give nothing", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.nat(200), (bytes, cut) => {
      expect(firstSample(keyframe(bytes))?.equals(bytes)).toBe(true);
      expect(firstSample(keyframe(bytes, false))).toBeUndefined();
      expect(firstSample(Buffer.from(bytes))).toBeUndefined();
      const whole = keyframe(bytes);
      if (cut > 0) expect(firstSample(whole.subarray(0, Math.max(0, whole.length - cut)))).toBeUndefined();
    }),
  );
});

test("the list of keyframes names the time, the length and the set-up of each, and a damaged set-up as none", () => {
  const key = (startAt: number, init: number) => ({
    root: "/recordings",
    path: "recordings/c/2026-01-01/1-main.mp4",
    offset: 0,
    bytes: 1,
    startAt,
    ticks: 0,
    durationTicks: 180_000,
    init,
    isDiscontinuous: false,
  });
  const inits = [writeInitSegment(avc, undefined), Buffer.alloc(40)];
  const json = writeKeyList({
    inits,
    chunks: [],
    groups: [],
    keys: [key(5_000, 0), key(7_000, 1)],
    from: 5_000,
    to: 9_000,
  });
  const list = KeyList.parse(JSON.parse(json.toString("utf8")));
  expect(list.keys).toEqual([
    [5_000, 2_000, 0],
    [7_000, 2_000, 1],
  ]);
  expect(list.configs).toEqual([
    { codec: "avc1.640016", description: expect.any(String), width: 642, height: 358 },
    null,
  ]);
});
