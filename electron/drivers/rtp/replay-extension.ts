/** What a replayed packet says of its picture (ONVIF Streaming specification, 6.3). */
export interface ReplayMarks {
  /** When it was captured by the device's clock, UTC ms. */
  readonly deviceAt: number;
  /** C: the picture can be decoded by itself. */
  readonly isClean: boolean;
  /** E: the recording is interrupted after it. */
  readonly endsStretch: boolean;
  /** D: something is missing before it. */
  readonly isBroken: boolean;
  /** T: the device has nothing more to play. */
  readonly isLast: boolean;
}

const replayProfile = 0xabac;
const replayWords = 3;
/** Seconds from 1900 (NTP) to 1970. */
const ntpEpochS = 2_208_988_800;
const eraS = 2 ** 32;

/**
 * The replay extension in the header of an RTP packet; undefined where there is none, or the packet is not whole.
 * Never throws. NTP seconds below the year 1970 are of the era that began in 2036.
 */
export function readReplayMarks(packet: Buffer): ReplayMarks | undefined {
  if (packet.length < 12) return undefined;
  const [first = 0] = packet;
  if (first >> 6 !== 2 || (first & 0x10) === 0) return undefined;
  const start = 12 + (first & 15) * 4;
  if (packet.length < start + 4 + replayWords * 4) return undefined;
  if (packet.readUInt16BE(start) !== replayProfile || packet.readUInt16BE(start + 2) < replayWords) {
    return undefined;
  }
  const seconds = packet.readUInt32BE(start + 4);
  const fraction = packet.readUInt32BE(start + 8) / eraS;
  const unixS = seconds >= ntpEpochS ? seconds - ntpEpochS : seconds + eraS - ntpEpochS;
  const bits = packet.readUInt8(start + 12);
  return {
    deviceAt: unixS * 1_000 + fraction * 1_000,
    isClean: (bits & 0x80) !== 0,
    endsStretch: (bits & 0x40) !== 0,
    isBroken: (bits & 0x20) !== 0,
    isLast: (bits & 0x10) !== 0,
  };
}
