import { RtpError } from "./rtp-error.ts";

/** An RTP packet (RFC 3550 §5.1); `payload` is a view of the bytes it was parsed from. */
export interface RtpPacket {
  readonly payloadType: number;
  readonly marker: boolean;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payload: Buffer;
}

/** @throws RtpError when the header does not fit the bytes; nothing else. */
export function parseRtpPacket(packet: Buffer): RtpPacket {
  const first = packet[0] ?? 0;
  const second = packet[1] ?? 0;
  if (packet.length < 12 || first >> 6 !== 2) throw new RtpError("not an RTP packet");
  let start = 12 + (first & 15) * 4;
  if ((first & 0x10) !== 0) {
    if (packet.length < start + 4) throw new RtpError("the RTP header extension is cut off");
    start += 4 + packet.readUInt16BE(start + 2) * 4;
  }
  let end = packet.length;
  if ((first & 0x20) !== 0) {
    const padding = packet[end - 1] ?? 0;
    if (padding === 0) throw new RtpError("the RTP padding is of no length");
    end -= padding;
  }
  if (start > end) throw new RtpError("the RTP packet is too short for its header");
  return {
    payloadType: second & 127,
    marker: (second & 128) !== 0,
    sequence: packet.readUInt16BE(2),
    timestamp: packet.readUInt32BE(4),
    ssrc: packet.readUInt32BE(8),
    payload: packet.subarray(start, end),
  };
}

/** Distance from one 16-bit sequence number to another, −32768 to 32767. */
export function sequenceDistance(from: number, to: number): number {
  return ((to - from + 0x1_8000) & 0xffff) - 0x8000;
}

/** Distance from one 32-bit timestamp to another, −2³¹ to 2³¹ − 1. */
export function timestampDistance(from: number, to: number): number {
  return (to - from) | 0;
}
