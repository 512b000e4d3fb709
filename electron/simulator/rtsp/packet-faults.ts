import type { RtspFaults } from "./rtsp-fault.ts";

/** Packets behind each other, each with its interleaving prefix; between them there may be other bytes. */
export interface PacketRun {
  readonly bytes: Uint8Array;
  readonly offsets: readonly number[];
}

const prefixAndHeader = 16;

/**
 * Applies the packet faults that are set for this path: loss, malformed NAL units, garbage between packets.
 *
 * @param run already filled in for the client; may be changed in place.
 * @param random a number in [0, 1), passed in so that tests are exact.
 */
export function applyPacketFaults(
  run: PacketRun,
  faults: RtspFaults,
  path: string,
  isVideo: boolean,
  random: () => number,
): PacketRun {
  const loss = faults.of("rtsp-loss", path);
  const malformed = isVideo ? faults.of("rtsp-malformed-nals", path) : undefined;
  const garbage = faults.of("rtsp-garbage", path);
  if (loss === undefined && malformed === undefined && garbage === undefined) return run;
  const parts: Uint8Array[] = [];
  const offsets: number[] = [];
  let length = 0;
  for (const [index, offset] of run.offsets.entries()) {
    if (loss !== undefined && random() < loss.share) continue;
    let packet = run.bytes.subarray(offset, run.offsets[index + 1] ?? run.bytes.length);
    if (malformed !== undefined && random() < malformed.share) packet = malform(packet, random);
    if (garbage !== undefined && random() < garbage.share) {
      const noise = randomBytes(1 + Math.floor(random() * 300), random);
      parts.push(noise);
      length += noise.length;
    }
    offsets.push(length);
    parts.push(packet);
    length += packet.length;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes, offsets };
}

/** One of six ways in which a video payload can be wrong while the RTP packet around it stays right. */
function malform(packet: Uint8Array, random: () => number): Uint8Array {
  const copy = packet.slice();
  const at = prefixAndHeader;
  switch (Math.floor(random() * 6)) {
    case 0: // forbidden bit and an undefined type
      copy[at] = 0x80 | Math.floor(random() * 128);
      return copy;
    case 1: // fragment without its start, or with two
      copy[at + 1] = (copy[at + 1] ?? 0) ^ 0xc0;
      return copy;
    case 2: // aggregation whose sizes reach over the end
      copy.set([0x78, 0xff, 0xff], at);
      return copy;
    case 3: // nothing behind the RTP header
      return withLength(copy.subarray(0, at));
    case 4: // cut off
      return withLength(copy.subarray(0, at + 1 + Math.floor(random() * Math.max(1, copy.length - at - 1))));
    default: // bent bits anywhere in the payload
      for (let count = 0; count < 20; count += 1) {
        copy[at + Math.floor(random() * Math.max(1, copy.length - at))] = Math.floor(random() * 256);
      }
      return copy;
  }
}

function withLength(packet: Uint8Array): Uint8Array {
  packet.set([(packet.length - 4) >> 8, (packet.length - 4) & 0xff], 2);
  return packet;
}

function randomBytes(count: number, random: () => number): Uint8Array {
  return Uint8Array.from({ length: count }, () => Math.floor(random() * 256));
}
