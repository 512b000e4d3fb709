import { RtpError } from "./rtp-error.ts";
import { sequenceDistance, timestampDistance, type RtpPacket } from "./rtp-packet.ts";
import type { SdpTrack } from "./sdp.ts";

/** One coded audio frame; `bytes` are valid only during the call. */
export interface AudioFrame {
  /** RTP timestamp in the track's clock. */
  readonly timestamp: number;
  readonly bytes: Buffer;
  /** Length in samples of the track's clock. */
  readonly samples: number;
}

/** How AU headers are laid out (RFC 3640 §3.2.1). */
interface AacLayout {
  readonly sizeBits: number;
  readonly indexBits: number;
  readonly deltaBits: number;
}

const aacFrameSamples = 1024;
const maxFrameBytes = 8191;

/** Splits G.711 (RFC 3551) and AAC (RFC 3640) packets into frames. */
export class AudioDepacketizer {
  readonly #payloadType: number;
  readonly #layout: AacLayout | undefined;
  readonly #onFrame: (frame: AudioFrame) => void;
  #sequence: number | undefined;
  #partial: { readonly timestamp: number; readonly size: number; bytes: Buffer } | undefined;
  #malformed = 0;

  constructor(track: SdpTrack, onFrame: (frame: AudioFrame) => void) {
    this.#payloadType = track.payloadType;
    this.#layout = track.encoding === "MPEG4-GENERIC" ? aacLayout(track) : undefined;
    this.#onFrame = onFrame;
  }

  get malformedPackets(): number {
    return this.#malformed;
  }

  push(packet: RtpPacket): void {
    if (packet.payloadType !== this.#payloadType || packet.payload.length === 0) return;
    if (this.#sequence !== undefined) {
      const distance = sequenceDistance(this.#sequence, packet.sequence);
      if (distance <= 0 && distance > -512) return;
      if (distance !== 1) this.#partial = undefined;
    }
    this.#sequence = packet.sequence;
    if (this.#layout === undefined) {
      const { timestamp, payload } = packet;
      this.#onFrame({ timestamp, bytes: payload, samples: payload.length });
      return;
    }
    try {
      this.#pushAac(packet, this.#layout);
    } catch (error) {
      if (!(error instanceof RtpError)) throw error;
      this.#malformed += 1;
      this.#partial = undefined;
    }
  }

  #pushAac({ payload, timestamp }: RtpPacket, layout: AacLayout): void {
    if (payload.length < 2) throw new RtpError("the AAC packet is too short");
    const headerBits = payload.readUInt16BE(0);
    const sizes = readSizes(payload, headerBits, layout);
    let at = 2 + Math.ceil(headerBits / 8);
    const [only] = sizes;
    if (sizes.length === 1 && only !== undefined && (this.#partial || only > payload.length - at)) {
      this.#pushPartial(timestamp, only, payload.subarray(at));
      return;
    }
    for (const [index, size] of sizes.entries()) {
      if (at + size > payload.length) throw new RtpError("the AAC packet is cut off");
      const frameTime = (timestamp + index * aacFrameSamples) >>> 0;
      this.#onFrame({
        timestamp: frameTime,
        bytes: payload.subarray(at, at + size),
        samples: aacFrameSamples,
      });
      at += size;
    }
  }

  /** A frame over several packets carries its whole size in each (RFC 3640 §3.2.3). */
  #pushPartial(timestamp: number, size: number, bytes: Buffer): void {
    const before = this.#partial;
    const isNext = before?.size === size && timestampDistance(before.timestamp, timestamp) === 0;
    const joined = Buffer.concat(isNext && before ? [before.bytes, bytes] : [bytes]);
    if (joined.length > size) throw new RtpError("the AAC frame is longer than announced");
    if (joined.length < size) {
      this.#partial = { timestamp, size, bytes: joined };
      return;
    }
    this.#partial = undefined;
    this.#onFrame({ timestamp, bytes: joined, samples: aacFrameSamples });
  }
}

function aacLayout(track: SdpTrack): AacLayout {
  const number = (name: string, usual: number): number => {
    const text = track.format.get(name);
    return text !== undefined && /^\d{1,2}$/.test(text) ? Number(text) : usual;
  };
  const isLow = track.format.get("mode")?.toLowerCase() === "aac-lbr";
  return {
    sizeBits: number("sizelength", isLow ? 6 : 13),
    indexBits: number("indexlength", isLow ? 2 : 3),
    deltaBits: number("indexdeltalength", isLow ? 2 : 3),
  };
}

function readSizes(payload: Buffer, headerBits: number, layout: AacLayout): readonly number[] {
  if (2 + Math.ceil(headerBits / 8) > payload.length) throw new RtpError("the AU headers are cut off");
  const sizes: number[] = [];
  let at = 16;
  const end = 16 + headerBits;
  const read = (count: number): number => {
    let value = 0;
    for (let i = 0; i < count; i++, at++)
      value = value * 2 + (((payload[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
    return value;
  };
  while (at < end) {
    const needed = layout.sizeBits + (sizes.length === 0 ? layout.indexBits : layout.deltaBits);
    if (needed === 0 || at + needed > end) throw new RtpError("the AU headers do not fit");
    const size = read(layout.sizeBits);
    at += needed - layout.sizeBits;
    if (size === 0 || size > maxFrameBytes) throw new RtpError("an AAC frame has an impossible size");
    sizes.push(size);
  }
  if (sizes.length === 0) throw new RtpError("the AAC packet holds no frame");
  return sizes;
}
