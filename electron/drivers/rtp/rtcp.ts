import { RtpError } from "./rtp-error.ts";

/** What a sender report says: at this wall-clock time the stream's clock stood at `rtpTimestamp`. */
export interface SenderReport {
  readonly ssrc: number;
  /** The sender's NTP time as ms since 1970 UTC; 0 where the sender has no clock. */
  readonly utcMs: number;
  readonly rtpTimestamp: number;
  /** Middle 32 bits of the NTP time, echoed in receiver reports. */
  readonly compactNtp: number;
}

export interface RtcpSummary {
  readonly senderReports: readonly SenderReport[];
  readonly saysBye: boolean;
}

const secondsFrom1900To1970 = 2_208_988_800;

/**
 * Parses a compound RTCP packet (RFC 3550 §6.1) for sender reports and goodbyes; other parts are skipped.
 *
 * @throws RtpError when a part does not fit the bytes; nothing else.
 */
export function parseRtcp(packet: Buffer): RtcpSummary {
  const senderReports: SenderReport[] = [];
  let saysBye = false;
  let at = 0;
  while (at + 4 <= packet.length) {
    if ((packet[at] ?? 0) >> 6 !== 2) throw new RtpError("not an RTCP packet");
    const type = packet[at + 1] ?? 0;
    const length = 4 + packet.readUInt16BE(at + 2) * 4;
    if (at + length > packet.length) throw new RtpError("the RTCP packet is cut off");
    if (type === 200) {
      if (length < 28) throw new RtpError("the sender report is too short");
      senderReports.push(parseSenderReport(packet, at));
    }
    if (type === 203) saysBye = true;
    at += length;
  }
  return { senderReports, saysBye };
}

function parseSenderReport(packet: Buffer, at: number): SenderReport {
  const seconds = packet.readUInt32BE(at + 8);
  const fraction = packet.readUInt32BE(at + 12);
  // Era 1 of NTP begins in 2036: small numbers of seconds belong to it.
  const since1970 = seconds - secondsFrom1900To1970 + (seconds < 0x8000_0000 ? 2 ** 32 : 0);
  const isAbsent = seconds === 0 && fraction === 0;
  return {
    ssrc: packet.readUInt32BE(at + 4),
    utcMs: isAbsent ? 0 : since1970 * 1000 + (fraction / 2 ** 32) * 1000,
    rtpTimestamp: packet.readUInt32BE(at + 16),
    compactNtp: (((seconds & 0xffff) << 16) | (fraction >>> 16)) >>> 0,
  };
}

/** One report block's numbers (RFC 3550 §6.4.1). */
export interface ReceptionBlock {
  readonly ssrc: number;
  readonly fractionLost: number;
  readonly cumulativeLost: number;
  readonly highestSequence: number;
  readonly jitter: number;
  readonly lastSenderReport: number;
  readonly delaySinceSenderReport: number;
}

/** A compound packet of a receiver report and the CNAME that RFC 3550 §6.1 asks for. */
export function buildReceiverReport(ownSsrc: number, block: ReceptionBlock, cname: string): Buffer {
  const name = Buffer.from(cname, "utf8").subarray(0, 64);
  const itemBytes = Math.ceil((name.length + 3) / 4) * 4;
  const packet = Buffer.alloc(32 + 8 + itemBytes);
  packet.writeUInt8(0x81, 0);
  packet.writeUInt8(201, 1);
  packet.writeUInt16BE(7, 2);
  packet.writeUInt32BE(ownSsrc >>> 0, 4);
  packet.writeUInt32BE(block.ssrc >>> 0, 8);
  packet.writeUInt8(block.fractionLost & 0xff, 12);
  const lost = Math.max(-0x80_0000, Math.min(0x7f_ffff, block.cumulativeLost));
  packet.writeIntBE(lost, 13, 3);
  packet.writeUInt32BE(block.highestSequence >>> 0, 16);
  packet.writeUInt32BE(Math.min(0xffff_ffff, Math.round(block.jitter)), 20);
  packet.writeUInt32BE(block.lastSenderReport >>> 0, 24);
  packet.writeUInt32BE(block.delaySinceSenderReport >>> 0, 28);
  packet.writeUInt8(0x81, 32);
  packet.writeUInt8(202, 33);
  packet.writeUInt16BE(1 + itemBytes / 4, 34);
  packet.writeUInt32BE(ownSsrc >>> 0, 36);
  packet.writeUInt8(1, 40);
  packet.writeUInt8(name.length, 41);
  name.copy(packet, 42);
  return packet;
}
