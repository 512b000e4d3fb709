import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AudioDepacketizer, type AudioFrame } from "../../../electron/drivers/rtp/audio-depacketizer.ts";
import type { RtpPacket } from "../../../electron/drivers/rtp/rtp-packet.ts";
import type { SdpTrack } from "../../../electron/drivers/rtp/sdp.ts";

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

describe("sound", () => {
  const track = (encoding: string, format: Record<string, string> = {}): SdpTrack => ({
    kind: "audio",
    payloadType: 97,
    encoding,
    clockRate: 16_000,
    channels: 1,
    format: new Map(Object.entries(format)),
    control: "",
  });
  const split = (
    packets: readonly RtpPacket[],
    of = track("MPEG4-GENERIC"),
  ): { frames: string[]; depacketizer: AudioDepacketizer } => {
    const frames: string[] = [];
    const depacketizer = new AudioDepacketizer(of, ({ timestamp, bytes }: AudioFrame) =>
      frames.push(`${timestamp}:${bytes.toString("hex")}`),
    );
    for (const packet of packets) depacketizer.push({ ...packet, payloadType: 97 });
    return { frames, depacketizer };
  };

  test("AAC packets are split into their frames", () => {
    const payload = [0, 32, 0, 2 << 3, 0, 3 << 3, 1, 2, 3, 4, 5];
    expect(split([packetOf(1, payload, { timestamp: 100 })]).frames).toEqual(["100:0102", "1124:030405"]);
  });

  test("an AAC frame over several packets is joined, and dropped when a part is lost", () => {
    const part = (sequence: number, ...bytes: number[]): RtpPacket =>
      packetOf(sequence, [0, 16, 0, 4 << 3, ...bytes]);
    expect(split([part(1, 1, 2), part(2, 3, 4)]).frames).toEqual(["0:01020304"]);
    expect(split([part(1, 1, 2), part(3, 3, 4)]).frames).toEqual([]);
  });

  test("any payloads are survived", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), (payloads) => {
        const { depacketizer } = split(payloads.map((payload, index) => packetOf(index, payload)));
        expect(depacketizer.malformedPackets).toBeLessThanOrEqual(payloads.length);
      }),
      { numRuns: 1_000 },
    );
  });
});
