import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ReorderBuffer } from "../../../electron/drivers/rtp/reorder-buffer.ts";
import { Reception } from "../../../electron/drivers/rtp/reception.ts";
import { buildReceiverReport, parseRtcp } from "../../../electron/drivers/rtp/rtcp.ts";
import { RtpError } from "../../../electron/drivers/rtp/rtp-error.ts";
import {
  parseRtpPacket,
  sequenceDistance,
  type RtpPacket,
} from "../../../electron/drivers/rtp/rtp-packet.ts";
import { decodeParameterSets, parseSdp } from "../../../electron/drivers/rtp/sdp.ts";
import { VideoDepacketizer } from "../../../electron/drivers/rtp/video-depacketizer.ts";
import { parameterSets } from "../../fixtures/parameter-sets.ts";

const packetOf = (
  sequence: number,
  payload: Uint8Array | readonly number[],
  more: Partial<RtpPacket> = {},
): RtpPacket => ({
  payloadType: 96,
  marker: false,
  sequence: sequence & 0xffff,
  timestamp: 0,
  ssrc: 1,
  payload: Buffer.from(payload),
  ...more,
});

describe("RTP packets", () => {
  test("any bytes give a packet within them or an RtpError", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), fc.boolean(), (bytes, looksRight) => {
        if (looksRight && bytes.length > 0) bytes[0] = 0x80 | ((bytes[0] ?? 0) & 0x3f);
        for (const parse of [parseRtpPacket, parseRtcp]) {
          try {
            parse(Buffer.from(bytes));
          } catch (error) {
            expect(error).toBeInstanceOf(RtpError);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test("leave out contributing sources, extension and padding", () => {
    const head = [0xb1, 0xe0, 0, 7, 0, 0, 0, 9, 0, 0, 0, 1];
    const bytes = [...head, 1, 2, 3, 4, 0xbe, 0xde, 0, 1, 5, 5, 5, 5, 42, 43, 0, 2];
    const parsed = parseRtpPacket(Buffer.from(bytes));
    expect(parsed).toMatchObject({ marker: true, payloadType: 96, sequence: 7, timestamp: 9 });
    expect([...parsed.payload]).toEqual([42, 43]);
  });

  test("sequence numbers wrap", () => {
    expect(sequenceDistance(65_535, 0)).toBe(1);
    expect(sequenceDistance(0, 65_535)).toBe(-1);
    expect(sequenceDistance(10, 30)).toBe(20);
  });
});

describe("RTCP", () => {
  test("tells the sender's time in ms since 1970", () => {
    const packet = Buffer.alloc(28);
    packet.set([0x80, 200, 0, 6]);
    packet.writeUInt32BE(2_208_988_800 + 1_700_000_000, 8);
    packet.writeUInt32BE(0x8000_0000, 12);
    packet.writeUInt32BE(1234, 16);
    expect(parseRtcp(packet).senderReports).toMatchObject([{ utcMs: 1_700_000_000_500, rtpTimestamp: 1234 }]);
  });

  test("reports what was received as RFC 3550 counts it", () => {
    const reception = new Reception(90_000);
    for (const sequence of [65_534, 65_535, 0, 2, 3]) reception.onPacket(7, sequence, 0, 0);
    const block = reception.block(0);
    expect(block).toMatchObject({ ssrc: 7, cumulativeLost: 1, highestSequence: 65_539, fractionLost: 42 });
    if (block === undefined) throw new Error("no block");
    const report = buildReceiverReport(1, block, "watchfloor");
    expect(report.length % 4).toBe(0);
    expect(parseRtcp(report)).toEqual({ senderReports: [], saysBye: false });
    expect(report.readUInt32BE(16)).toBe(65_539);
  });
});

describe("SDP", () => {
  const text = [
    "v=0",
    "m=video 0 RTP/AVP 96",
    "a=rtpmap:96 H264/90000",
    `a=fmtp:96 packetization-mode=1;sprop-parameter-sets=${parameterSets.h264High.sps.toString("base64")},${parameterSets.h264High.pps.toString("base64")}`,
    "a=control:trackID=0",
    "m=audio 0 RTP/AVP 0",
    "a=control:trackID=1",
  ].join("\r\n");

  test("names tracks, codecs and parameter sets", () => {
    const [video, audio] = parseSdp(text);
    expect(video).toMatchObject({ kind: "video", encoding: "H264", clockRate: 90_000, control: "trackID=0" });
    expect(audio).toMatchObject({ kind: "audio", encoding: "PCMU", clockRate: 8000 });
    const sets = video ? decodeParameterSets(video, "sprop-parameter-sets") : [];
    expect(sets.map((set) => Buffer.from(set).toString("hex"))).toEqual([
      parameterSets.h264High.sps.toString("hex"),
      parameterSets.h264High.pps.toString("hex"),
    ]);
  });

  test("any text gives tracks or an RtpError", () => {
    const lines = fc.array(
      fc.oneof(
        fc.string(),
        fc.string().map((rest) => `m=${rest}`),
        fc.string().map((rest) => `a=rtpmap:${rest}`),
        fc.string().map((rest) => `a=fmtp:96 ${rest}`),
        fc.constantFrom(...text.split("\r\n")),
      ),
    );
    fc.assert(
      fc.property(lines, (all) => {
        try {
          for (const track of parseSdp(all.join("\n")))
            decodeParameterSets(track, "sprop-parameter-sets", "sprop-sps");
        } catch (error) {
          expect(error).toBeInstanceOf(RtpError);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

interface Unit {
  readonly timestamp: number;
  readonly isKeyframe: boolean;
  readonly hex: string;
}

function video(codec: "H264" | "H265" = "H264"): { depacketizer: VideoDepacketizer; units: Unit[] } {
  const units: Unit[] = [];
  const depacketizer = new VideoDepacketizer({
    codec,
    payloadType: 96,
    onUnit: ({ timestamp, isKeyframe, bytes }) =>
      units.push({ timestamp, isKeyframe, hex: bytes.toString("hex") }),
  });
  return { depacketizer, units };
}
const idr = [0x65, 0x88, 1];
const slice = [0x41, 0x9a, 2];

describe("pictures", () => {
  test("are put together from single, aggregated and fragmented units", () => {
    const { depacketizer, units } = video();
    const { sps, pps } = parameterSets.h264High;
    const aggregate = [24, 0, sps.length, ...sps, 0, pps.length, ...pps];
    depacketizer.push(packetOf(1, aggregate, { timestamp: 10 }));
    depacketizer.push(packetOf(2, [0x7c, 0x85, 0x88, 0xaa], { timestamp: 10 }));
    depacketizer.push(packetOf(3, [0x7c, 0x05, 0xbb], { timestamp: 10 }));
    depacketizer.push(packetOf(4, [0x7c, 0x45, 0xcc], { timestamp: 10, marker: true }));
    depacketizer.push(packetOf(5, slice, { timestamp: 20, marker: true }));
    expect(units).toEqual([
      { timestamp: 10, isKeyframe: true, hex: "000000056588aabbcc" },
      { timestamp: 20, isKeyframe: false, hex: "00000003419a02" },
    ]);
    expect(depacketizer.sets.isComplete).toBe(true);
  });

  test("a lost marker costs nothing: the next timestamp ends the picture", () => {
    const { depacketizer, units } = video();
    depacketizer.push(packetOf(1, idr, { timestamp: 10 }));
    depacketizer.push(packetOf(2, slice, { timestamp: 20, marker: true }));
    expect(units.map(({ timestamp }) => timestamp)).toEqual([10, 20]);
  });

  test("after a loss nothing is shown until the next keyframe, whatever is lost", () => {
    const stream = Array.from({ length: 60 }, (_, index) =>
      packetOf(65_500 + index, index % 10 === 0 ? [...idr, index] : [...slice, index], {
        timestamp: index * 10,
        marker: true,
      }),
    );
    fc.assert(
      fc.property(fc.subarray(stream), (received) => {
        const { depacketizer, units } = video();
        for (const packet of received) depacketizer.push(packet);
        let expected = -1;
        for (const { timestamp, isKeyframe } of units) {
          expect(isKeyframe || timestamp === expected).toBe(true);
          expected = timestamp + 10;
        }
      }),
    );
  });

  test("a picture with a hole is never handed on", () => {
    const { depacketizer, units } = video();
    depacketizer.push(packetOf(1, [0x7c, 0x85, 0x88], { timestamp: 10 }));
    depacketizer.push(packetOf(3, [0x7c, 0x45, 0xcc], { timestamp: 10, marker: true }));
    expect(units).toEqual([]);
    expect(depacketizer.lostPackets).toBe(1);
  });

  test("a device that marks every slice is found out", () => {
    const { depacketizer, units } = video();
    let sequence = 0;
    for (let picture = 0; picture < 6; picture++) {
      for (const first of [0x80, 0x40, 0x40]) {
        const header = picture % 2 === 0 ? 0x65 : 0x41;
        depacketizer.push(packetOf(sequence, [header, first, 7], { timestamp: picture * 10, marker: true }));
        sequence += 1;
      }
    }
    // The first picture goes out cut, for nobody can know; from then on only whole ones do.
    expect(units.slice(1).every(({ hex }) => hex.length === 42)).toBe(true);
    expect(units.length).toBeGreaterThan(2);
  });

  test("H.265 leading pictures that cannot be decoded are left out after joining at a CRA", () => {
    const { depacketizer, units } = video("H265");
    depacketizer.push(packetOf(1, [42, 1, 0x80, 1], { timestamp: 10, marker: true }));
    depacketizer.push(packetOf(2, [16, 1, 0x80, 2], { timestamp: 5, marker: true }));
    depacketizer.push(packetOf(3, [2, 1, 0x80, 3], { timestamp: 20, marker: true }));
    expect(units.map(({ timestamp }) => timestamp)).toEqual([10, 20]);
  });

  test("any payloads are survived and counted", () => {
    const packets = fc.array(fc.tuple(fc.uint8Array({ maxLength: 60 }), fc.boolean(), fc.nat(5), fc.nat(3)));
    fc.assert(
      fc.property(packets, fc.constantFrom("H264" as const, "H265" as const), (all, codec) => {
        const { depacketizer } = video(codec);
        let sequence = 0;
        for (const [payload, marker, timestamp, skip] of all) {
          sequence += 1 + (skip === 3 ? 1 : 0);
          depacketizer.push(packetOf(sequence, payload, { marker, timestamp }));
        }
        expect(depacketizer.malformedPackets).toBeLessThanOrEqual(all.length);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("the reorder buffer", () => {
  test("puts back in order what arrives up to a few packets late", () => {
    const order = fc.array(fc.nat(3), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(order, fc.nat(65_535), (delays, start) => {
        const out: number[] = [];
        const buffer = new ReorderBuffer((packet) => out.push(packet.sequence));
        const arrivals = delays.map((delay, index) => ({ at: index + (index === 0 ? 0 : delay), index }));
        arrivals.sort((a, b) => a.at - b.at || a.index - b.index);
        for (const [turn, { index }] of arrivals.entries()) buffer.push(packetOf(start + index, []), turn);
        expect(out).toEqual(delays.map((_, index) => (start + index) & 0xffff));
      }),
    );
  });

  test("waits for a lost packet no longer than its limit, and drops doubles", () => {
    const out: number[] = [];
    const buffer = new ReorderBuffer((packet) => out.push(packet.sequence), 60);
    buffer.push(packetOf(1, []), 0);
    buffer.push(packetOf(1, []), 1);
    buffer.push(packetOf(3, []), 10);
    expect(out).toEqual([1]);
    buffer.push(packetOf(4, []), 80);
    expect(out).toEqual([1, 3, 4]);
  });
});
