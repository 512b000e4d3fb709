import { BitReader } from "../nal/bit-reader.ts";
import { NalError } from "../nal/nal-error.ts";
import { box, fullBox, u16, u24, u32, zeros } from "./boxes.ts";
import { Fmp4Error } from "./fmp4-error.ts";

/** An audio track ready to be described in an initialisation segment. */
export interface AudioTrack {
  readonly kind: "audio";
  readonly codecString: "mp4a.40.2" | "mp4a.40.5" | "flac";
  readonly entryType: "mp4a" | "fLaC";
  readonly sampleRate: number;
  readonly channels: number;
  /** esds or dfLa box. */
  readonly configuration: Buffer;
}

const rates = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350,
];

/**
 * AAC from the `config` of its SDP: an AudioSpecificConfig in hex (ISO/IEC 14496-3 §1.6.2.1).
 *
 * @throws Fmp4Error when it is not one, nothing else.
 */
export function describeAac(configHex: string): AudioTrack {
  if (!/^(?:[0-9a-f]{2}){2,64}$/i.test(configHex))
    throw new Fmp4Error("the AAC configuration cannot be read");
  const config = Buffer.from(configHex, "hex");
  try {
    const reader = new BitReader(config);
    let objectType = reader.bits(5);
    if (objectType === 31) objectType = 32 + reader.bits(6);
    const rateIndex = reader.bits(4);
    const sampleRate = rateIndex === 15 ? reader.bits(24) : rates[rateIndex];
    const layout = reader.bits(4);
    const channels = layout === 7 ? 8 : layout;
    const isKnown = objectType === 2 || objectType === 5 || objectType === 29;
    if (!isKnown || sampleRate === undefined || sampleRate === 0 || channels === 0) {
      throw new Fmp4Error("this kind of AAC is not supported");
    }
    return {
      kind: "audio",
      codecString: objectType === 2 ? "mp4a.40.2" : "mp4a.40.5",
      entryType: "mp4a",
      sampleRate,
      channels,
      configuration: esds(config),
    };
  } catch (error) {
    if (error instanceof NalError) throw new Fmp4Error("the AAC configuration is cut off");
    throw error;
  }
}

/** FLAC of one channel, 16 bits, as `flac-frame.ts` writes it. */
export function describeFlac(sampleRate: number): AudioTrack {
  const [minBlock, maxBlock] = [16, 65_535];
  // STREAMINFO (RFC 9639 §8.2): sizes and length unknown, no checksum.
  const packed = [
    (sampleRate >> 12) & 0xff,
    (sampleRate >> 4) & 0xff,
    ((sampleRate & 15) << 4) | (0 << 1) | (15 >> 4),
    (15 & 15) << 4,
    ...u32(0),
  ];
  const streamInfo = [...u16(minBlock), ...u16(maxBlock), ...u24(0), ...u24(0), ...packed, ...zeros(16)];
  return {
    kind: "audio",
    codecString: "flac",
    entryType: "fLaC",
    sampleRate,
    channels: 1,
    configuration: fullBox("dfLa", 0, 0, [0x80], u24(streamInfo.length), streamInfo),
  };
}

/** AudioSampleEntry (ISO/IEC 14496-12 §12.2.3). */
export function audioSampleEntry(track: AudioTrack): Buffer {
  const rate = track.sampleRate <= 65_535 ? track.sampleRate : 0;
  return box(
    track.entryType,
    zeros(6),
    u16(1),
    zeros(8),
    u16(track.channels),
    u16(16),
    zeros(4),
    u16(rate),
    u16(0),
    track.configuration,
  );
}

const descriptor = (tag: number, body: readonly number[]): readonly number[] => [tag, body.length, ...body];

/** ES_Descriptor (ISO/IEC 14496-1 §7.2.6.5). */
function esds(config: Uint8Array): Buffer {
  const specific = descriptor(5, [...config]);
  const decoder = descriptor(4, [0x40, 0x15, ...u24(0), ...u32(0), ...u32(0), ...specific]);
  const stream = descriptor(3, [...u16(0), 0, ...decoder, ...descriptor(6, [2])]);
  return fullBox("esds", 0, 0, stream);
}
