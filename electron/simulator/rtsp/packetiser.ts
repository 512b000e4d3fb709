import type { SceneTrack, VideoTrack } from "../scenes/scene.ts";

/** Payload bytes of one RTP packet: fits an Ethernet frame with every header, also over a VPN. */
export const mostPayloadBytes = 1_400;
const rtpHeaderBytes = 12;
const framingBytes = 4;

/**
 * One frame cut into RTP packets once, for all clients: packets behind each other, each with its interleaving prefix
 * (`$`, channel, length) and RTP header. Channel, sequence number, timestamp and SSRC are zero; who sends fills them in.
 */
export interface FramePackets {
  readonly bytes: Uint8Array;
  /** Where each packet's prefix begins. */
  readonly offsets: readonly number[];
  /** Bytes of payload without any header, for the sender report. */
  readonly payloadBytes: number;
  readonly isKeyframe: boolean;
}

/** RTP payload types as the session description names them. */
export function payloadType(track: SceneTrack): number {
  if (track.kind === "video") return 96;
  return track.codec === "pcmu" ? 0 : track.codec === "pcma" ? 8 : 97;
}

/** Ticks a second of the track's RTP timestamp. */
export function clockRate(track: SceneTrack): number {
  return track.kind === "video" ? 90_000 : track.sampleRate;
}

/**
 * Cuts frame `index` of the loop into packets: RFC 6184 (single NAL, STAP-A, FU-A), RFC 7798 (single NAL, AP, FU),
 * RFC 3640 AAC-hbr, RFC 3551 G.711.
 *
 * @throws {RangeError} when the loop has no such frame.
 */
export function packetiseFrame(track: SceneTrack, index: number): FramePackets {
  const frame = track.frames[index];
  if (frame === undefined) throw new RangeError(`no frame ${index}`);
  if (frame instanceof Uint8Array) {
    const isAac = track.kind === "audio" && track.codec === "aac";
    return assemble(track, [isAac ? aacPayload(frame) : frame], true);
  }
  if (track.kind !== "video") throw new RangeError("a sound frame is bytes");
  return assemble(track, videoPayloads(track.codec, frame.nals), frame.isKeyframe);
}

/** Payloads of one access unit; neighbouring small NAL units (parameter sets) share a packet. */
export function videoPayloads(codec: VideoTrack["codec"], nals: readonly Uint8Array[]): Uint8Array[] {
  const headBytes = codec === "h264" ? 1 : 2;
  const payloads: Uint8Array[] = [];
  let small: Uint8Array[] = [];
  let smallBytes = headBytes;
  const flush = (): void => {
    const [only] = small;
    if (small.length === 1 && only !== undefined) payloads.push(only);
    else if (small.length > 1) payloads.push(aggregate(codec, small));
    small = [];
    smallBytes = headBytes;
  };
  for (const nal of nals) {
    if (nal.length > mostPayloadBytes) {
      flush();
      payloads.push(...fragment(codec, nal));
      continue;
    }
    if (smallBytes + 2 + nal.length > mostPayloadBytes) flush();
    small.push(nal);
    smallBytes += 2 + nal.length;
  }
  flush();
  return payloads;
}

/** STAP-A (RFC 6184 5.7.1) or aggregation packet (RFC 7798 4.4.2). */
function aggregate(codec: VideoTrack["codec"], nals: readonly Uint8Array[]): Uint8Array {
  const headBytes = codec === "h264" ? 1 : 2;
  const payload = new Uint8Array(nals.reduce((sum, nal) => sum + 2 + nal.length, headBytes));
  if (codec === "h264") {
    payload[0] = nals.reduce((most, nal) => Math.max(most, (nal[0] ?? 0) & 0x60), 0) | 24;
  } else {
    payload[0] = 48 << 1;
    payload[1] = 1;
  }
  let at = headBytes;
  for (const nal of nals) {
    payload[at] = nal.length >> 8;
    payload[at + 1] = nal.length & 0xff;
    payload.set(nal, at + 2);
    at += 2 + nal.length;
  }
  return payload;
}

/** FU-A (RFC 6184 5.8) or fragmentation units (RFC 7798 4.4.3). */
function fragment(codec: VideoTrack["codec"], nal: Uint8Array): Uint8Array[] {
  const [first = 0, second = 0] = nal;
  const headBytes = codec === "h264" ? 1 : 2;
  const type = codec === "h264" ? first & 0x1f : (first >> 1) & 0x3f;
  const head = codec === "h264" ? [(first & 0xe0) | 28] : [(first & 0x81) | (49 << 1), second];
  const room = mostPayloadBytes - headBytes - 1;
  const payloads: Uint8Array[] = [];
  for (let at = headBytes; at < nal.length; at += room) {
    const end = Math.min(nal.length, at + room);
    const payload = new Uint8Array(headBytes + 1 + end - at);
    payload.set(head);
    payload[headBytes] = (at === headBytes ? 0x80 : 0) | (end === nal.length ? 0x40 : 0) | type;
    payload.set(nal.subarray(at, end), headBytes + 1);
    payloads.push(payload);
  }
  return payloads;
}

/** One access unit behind its AU header: 13 bits size, 3 bits index (RFC 3640 3.3.6). */
function aacPayload(frame: Uint8Array): Uint8Array {
  const payload = new Uint8Array(4 + frame.length);
  payload.set([0, 16, (frame.length >> 5) & 0xff, (frame.length << 3) & 0xff]);
  payload.set(frame, 4);
  return payload;
}

/** Video and AAC mark the last packet of an access unit; G.711 marks nothing (no talk spurts). */
function endsUnit(track: SceneTrack): boolean {
  return track.kind === "video" || track.codec === "aac";
}

function assemble(track: SceneTrack, payloads: readonly Uint8Array[], isKeyframe: boolean): FramePackets {
  const payloadBytes = payloads.reduce((sum, payload) => sum + payload.length, 0);
  const bytes = new Uint8Array(payloadBytes + payloads.length * (framingBytes + rtpHeaderBytes));
  const offsets: number[] = [];
  let at = 0;
  for (const [index, payload] of payloads.entries()) {
    offsets.push(at);
    const length = rtpHeaderBytes + payload.length;
    const marker = endsUnit(track) && index === payloads.length - 1 ? 0x80 : 0;
    bytes.set([0x24, 0, length >> 8, length & 0xff, 0x80, marker | payloadType(track)], at);
    bytes.set(payload, at + framingBytes + rtpHeaderBytes);
    at += framingBytes + length;
  }
  return { bytes, offsets, payloadBytes, isKeyframe };
}
