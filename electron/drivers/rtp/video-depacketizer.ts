import { isFirstSlice, nalKind, type NalCodec } from "./nal-kinds.ts";
import { ParameterSets } from "./parameter-sets.ts";
import { sequenceDistance, type RtpPacket } from "./rtp-packet.ts";
import { UnitWriter } from "./unit-writer.ts";

/** One whole picture that can be decoded. */
export interface AccessUnit {
  /** RTP timestamp as sent: presentation time in the stream's clock. */
  readonly timestamp: number;
  readonly isKeyframe: boolean;
  /** NAL units behind 4-byte lengths, without parameter sets; valid only during the call. */
  readonly bytes: Buffer;
}

export interface VideoDepacketizerDeps {
  readonly codec: NalCodec;
  readonly payloadType: number;
  readonly onUnit: (unit: AccessUnit) => void;
}

const maxUnitBytes = 16 * 1024 * 1024;

/**
 * RTP packets → pictures, for H.264 (RFC 6184) and H.265 (RFC 7798).
 *
 * After a loss nothing is handed on until the next keyframe: a broken picture is never shown. A picture
 * ends at the marker or where the timestamp changes; a device that sets the marker on every slice is
 * found out and then only the timestamp counts.
 */
export class VideoDepacketizer {
  readonly #deps: VideoDepacketizerDeps;
  readonly #unit = new UnitWriter(maxUnitBytes);
  readonly sets: ParameterSets;
  #sequence: number | undefined;
  #ssrc: number | undefined;
  #timestamp: number | undefined;
  #isKeyframe = false;
  #isDamaged = false;
  #waitsForKeyframe = true;
  #skipsLeading = true;
  #markerMisleads = false;
  #handedOn: number | undefined;
  #lost = 0;
  #malformed = 0;
  #units = 0;

  constructor(deps: VideoDepacketizerDeps) {
    this.#deps = deps;
    this.sets = new ParameterSets(deps.codec);
  }

  get lostPackets(): number {
    return this.#lost;
  }

  get malformedPackets(): number {
    return this.#malformed;
  }

  /** Pictures seen, whether handed on or not. */
  get seenUnits(): number {
    return this.#units;
  }

  /** Parameter sets from the description, before any came in the stream. */
  offerSets(nals: readonly Uint8Array[]): void {
    for (const nal of nals) this.#takeSet(nal);
  }

  /** Nothing is handed on until the next keyframe. */
  waitForKeyframe(): void {
    this.#waitsForKeyframe = true;
  }

  push(packet: RtpPacket): void {
    if (packet.payloadType !== this.#deps.payloadType) return;
    if (!this.#follows(packet)) return;
    if (this.#timestamp !== undefined && this.#timestamp !== packet.timestamp) this.#flush();
    this.#timestamp = packet.timestamp;
    const isGood =
      this.#deps.codec === "H264" ? this.#pushH264(packet.payload) : this.#pushH265(packet.payload);
    if (!isGood) {
      this.#malformed += 1;
      this.#damage();
    }
    if (packet.marker && !this.#markerMisleads) this.#flush();
  }

  /** Whether the packet is to be used; notices loss, repeats and a new sender. */
  #follows(packet: RtpPacket): boolean {
    const before = this.#sequence;
    if (this.#ssrc !== packet.ssrc) {
      if (this.#ssrc !== undefined) this.#damage();
      this.#ssrc = packet.ssrc;
    } else if (before !== undefined) {
      const distance = sequenceDistance(before, packet.sequence);
      if (distance <= 0 && distance > -512) return false;
      if (distance !== 1) {
        this.#lost += distance > 1 && distance < 3_000 ? distance - 1 : 1;
        this.#damage();
      }
    }
    this.#sequence = packet.sequence;
    return true;
  }

  #damage(): void {
    this.#isDamaged = true;
    this.#waitsForKeyframe = true;
    if (this.#unit.isOpen) this.#unit.truncate(0);
  }

  #pushH264(payload: Buffer): boolean {
    const first = payload[0] ?? 0;
    const type = first & 31;
    if (payload.length === 0) return true;
    if (type >= 1 && type <= 23) return this.#whole(payload);
    if (type === 24) return this.#aggregate(payload, 1);
    if (type !== 28 || payload.length < 3) return false;
    const second = payload[1] ?? 0;
    const header = [(first & 0xe0) | (second & 31)];
    return this.#fragment((second & 0x80) !== 0, (second & 0x40) !== 0, header, payload.subarray(2));
  }

  #pushH265(payload: Buffer): boolean {
    const first = payload[0] ?? 0;
    const type = (first >> 1) & 63;
    if (payload.length === 0) return true;
    if (payload.length < 3) return false;
    if (type < 48) return this.#whole(payload);
    if (type === 48) return this.#aggregate(payload, 2);
    if (type !== 49 || payload.length < 4) return false;
    const third = payload[2] ?? 0;
    const header = [(first & 0x81) | ((third & 63) << 1), payload[1] ?? 0];
    return this.#fragment((third & 0x80) !== 0, (third & 0x40) !== 0, header, payload.subarray(3));
  }

  #aggregate(payload: Buffer, start: number): boolean {
    let at = start;
    while (at + 2 <= payload.length) {
      const length = payload.readUInt16BE(at);
      at += 2;
      if (length === 0 || at + length > payload.length) return false;
      if (!this.#whole(payload.subarray(at, at + length))) return false;
      at += length;
    }
    return true;
  }

  #whole(nal: Buffer): boolean {
    if (this.#unit.isOpen) return false;
    const before = this.#unit.length;
    this.#unit.begin();
    if (!this.#unit.append(nal)) return false;
    return this.#ended(before);
  }

  #fragment(isStart: boolean, isEnd: boolean, header: readonly number[], rest: Buffer): boolean {
    if (isStart) {
      if (this.#unit.isOpen) return false;
      this.#unit.begin();
      for (const byte of header) this.#unit.appendByte(byte);
    } else if (!this.#unit.isOpen) {
      // The rest of a unit whose start was lost; the loss is already counted.
      return this.#isDamaged || this.#waitsForKeyframe;
    }
    if (!this.#unit.append(rest)) return false;
    if (!isEnd) return true;
    return this.#ended(undefined);
  }

  /** A NAL unit is whole: keep it, or take it out again. */
  #ended(startLength: number | undefined): boolean {
    const { codec } = this.#deps;
    const nal = this.#unit.end();
    const start = startLength ?? this.#unit.length - nal.length - 4;
    const kind = nalKind(codec, nal[0] ?? 0);
    if (kind === "key-slice" || kind === "slice" || kind === "skippable-slice") {
      this.#noticeMarkerPerSlice(nal);
      if (kind === "key-slice") this.#isKeyframe = true;
      if (kind === "skippable-slice" && this.#skipsLeading) this.#unit.truncate(start);
      return true;
    }
    const isTaken = kind === "drop" || this.#takeSet(nal);
    this.#unit.truncate(start);
    return isTaken;
  }

  #noticeMarkerPerSlice(nal: Buffer): void {
    if (this.#handedOn !== this.#timestamp || isFirstSlice(this.#deps.codec, nal)) return;
    // A further slice of a picture that was already handed on as whole.
    this.#markerMisleads = true;
    this.#damage();
  }

  #takeSet(nal: Uint8Array): boolean {
    const kind = nalKind(this.#deps.codec, nal[0] ?? 0);
    if (kind !== "video-set" && kind !== "sequence-set" && kind !== "picture-set") return false;
    return this.sets.take(kind, nal);
  }

  #flush(): void {
    const timestamp = this.#timestamp;
    const isWhole = !this.#isDamaged && !this.#unit.isOpen;
    if (timestamp !== undefined && this.#unit.length > 0) this.#hand(timestamp, isWhole);
    else if (!isWhole) this.#units += 1;
    this.#unit.clear();
    this.#timestamp = undefined;
    this.#isKeyframe = false;
    this.#isDamaged = false;
  }

  #hand(timestamp: number, isWhole: boolean): void {
    this.#units += 1;
    this.#handedOn = timestamp;
    if (!isWhole) {
      this.#waitsForKeyframe = true;
      return;
    }
    if (this.#waitsForKeyframe && !this.#isKeyframe) return;
    // Leading pictures refer to what came before the keyframe we start from.
    if (this.#isKeyframe) this.#skipsLeading = this.#waitsForKeyframe;
    this.#waitsForKeyframe = false;
    this.#deps.onUnit({ timestamp, isKeyframe: this.#isKeyframe, bytes: this.#unit.bytes });
  }
}
