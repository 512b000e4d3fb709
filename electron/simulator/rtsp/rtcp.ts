/** Seconds from 1900 (NTP) to 1970. */
const ntpEpochS = 2_208_988_800;

export interface SenderReport {
  readonly ssrc: number;
  /** The camera's clock, ms UTC, at the moment `rtpTimestamp` stands for. */
  readonly cameraTimeMs: number;
  readonly rtpTimestamp: number;
  readonly packets: number;
  readonly octets: number;
  readonly name: string;
}

/** A compound RTCP packet: sender report and source description (RFC 3550, 6.4.1 and 6.5). */
export function senderReport(report: SenderReport): Uint8Array {
  const name = new TextEncoder().encode(report.name).subarray(0, 255);
  const descriptionBytes = 4 + Math.ceil((4 + 2 + name.length + 1) / 4) * 4;
  const bytes = new Uint8Array(28 + descriptionBytes);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x80c80006);
  view.setUint32(4, report.ssrc);
  const [seconds, fraction] = ntpWords(report.cameraTimeMs);
  view.setUint32(8, seconds);
  view.setUint32(12, fraction);
  view.setUint32(16, report.rtpTimestamp);
  view.setUint32(20, report.packets % 2 ** 32);
  view.setUint32(24, report.octets % 2 ** 32);
  view.setUint8(28, 0x81);
  view.setUint8(29, 202);
  view.setUint16(30, descriptionBytes / 4 - 1);
  view.setUint32(32, report.ssrc);
  view.setUint8(36, 1);
  view.setUint8(37, name.length);
  bytes.set(name, 38);
  return bytes;
}

/** An instant (ms UTC) as the two 32-bit words of an NTP timestamp. */
export function ntpWords(timeMs: number): readonly [seconds: number, fraction: number] {
  const seconds = Math.floor(timeMs / 1_000);
  const fraction = (timeMs - seconds * 1_000) / 1_000;
  return [(((seconds + ntpEpochS) % 2 ** 32) + 2 ** 32) % 2 ** 32, Math.floor(fraction * 2 ** 32) % 2 ** 32];
}

/** RTCP BYE (RFC 3550, 6.6). */
export function bye(ssrc: number): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x81cb0001);
  view.setUint32(4, ssrc);
  return bytes;
}
