import { RtspError } from "./rtsp-error.ts";
import { bodyLength, maxHeadBytes, parseRtspHead, type RtspHead, type RtspMessage } from "./rtsp-message.ts";

/** Who hears what was found in the byte stream. Packets are views that are valid only during the call. */
export interface FramerSink {
  /** False for a channel number that was never set up: such bytes are noise. */
  isChannel(channel: number): boolean;
  onPacket(channel: number, packet: Buffer): void;
  onMessage(message: RtspMessage): void;
}

const dollar = 0x24;
const starts = [
  "RTSP/",
  "OPTIONS ",
  "GET_PARAMETER ",
  "SET_PARAMETER ",
  "ANNOUNCE ",
  "REDIRECT ",
  "TEARDOWN ",
].map((text) => Buffer.from(text, "latin1"));
/** So much noise without one good packet is not a camera any more. */
const maxNoiseBytes = 4 * 1024 * 1024;

/**
 * Cuts one TCP byte stream into RTSP messages and interleaved packets (RFC 2326 §10.12).
 *
 * Bytes that are neither are skipped one by one until something starts again that looks right, so a
 * device that spits garbage in between is survived. A packet counts as right when its channel was set
 * up and its first byte carries RTP version 2.
 */
export class RtspFramer {
  readonly #sink: FramerSink;
  #carry = Buffer.allocUnsafeSlow(0);
  #carried = 0;
  #noiseInRow = 0;
  #noiseBytes = 0;

  constructor(sink: FramerSink) {
    this.#sink = sink;
  }

  /** Bytes skipped so far because they made no sense. */
  get noiseBytes(): number {
    return this.#noiseBytes;
  }

  /**
   * Takes the next bytes; they are not kept after the call.
   *
   * @throws RtspError `garbage` after 4 MB of noise in a row, `too-large` for an unbounded body.
   */
  push(chunk: Buffer): void {
    if (this.#carried === 0) {
      const used = this.#parse(chunk);
      if (used < chunk.length) this.#keep(chunk.subarray(used));
      return;
    }
    this.#keep(chunk);
    const held = this.#carry.subarray(0, this.#carried);
    const used = this.#parse(held);
    this.#carried -= used;
    if (used > 0 && this.#carried > 0) this.#carry.copyWithin(0, used, used + this.#carried);
  }

  #keep(bytes: Buffer): void {
    const needed = this.#carried + bytes.length;
    if (needed > this.#carry.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(16 * 1024, 2 ** Math.ceil(Math.log2(needed))));
      this.#carry.copy(grown, 0, 0, this.#carried);
      this.#carry = grown;
    }
    bytes.copy(this.#carry, this.#carried);
    this.#carried = needed;
  }

  /** Parses as much as is complete; returns the number of bytes used up. */
  #parse(bytes: Buffer): number {
    let at = 0;
    while (at < bytes.length) {
      const used = bytes[at] === dollar ? this.#packet(bytes, at) : this.#text(bytes, at);
      if (used === "more") return at;
      if (used === "noise") {
        at += 1;
        this.#noise();
      } else {
        at += used;
        this.#noiseInRow = 0;
      }
    }
    return at;
  }

  #packet(bytes: Buffer, at: number): number | "more" | "noise" {
    const available = bytes.length - at;
    if (available < 2) return "more";
    const channel = bytes[at + 1] ?? 0;
    if (!this.#sink.isChannel(channel)) return "noise";
    if (available < 4) return "more";
    const length = bytes.readUInt16BE(at + 2);
    if (length === 0) return 4;
    if (available < 5) return "more";
    if ((bytes[at + 4] ?? 0) >> 6 !== 2) return "noise";
    if (available < 4 + length) return "more";
    this.#sink.onPacket(channel, bytes.subarray(at + 4, at + 4 + length));
    return 4 + length;
  }

  #text(bytes: Buffer, at: number): number | "more" | "noise" {
    // Line ends between messages are allowed.
    if (bytes[at] === 0x0d || bytes[at] === 0x0a) return 1;
    const looks = looksLikeStart(bytes, at);
    if (looks !== "yes") return looks === "no" ? "noise" : "more";
    const end = headEnd(bytes, at);
    if (end === undefined) return bytes.length - at > maxHeadBytes ? "noise" : "more";
    let head: RtspHead;
    try {
      head = parseRtspHead(bytes.toString("latin1", at, end.textEnd));
    } catch (error) {
      // A head that cannot be read is noise like any other; its bytes are skipped and counted.
      if (error instanceof RtspError) return "noise";
      throw error;
    }
    const length = bodyLength(head.headers);
    if (bytes.length < end.bodyStart + length) return "more";
    const body = bytes.toString("utf8", end.bodyStart, end.bodyStart + length);
    this.#sink.onMessage({ ...head, body });
    return end.bodyStart + length - at;
  }

  #noise(): void {
    this.#noiseBytes += 1;
    this.#noiseInRow += 1;
    if (this.#noiseInRow > maxNoiseBytes) {
      throw new RtspError("garbage", "the camera sends bytes that are not RTSP");
    }
  }
}

function looksLikeStart(bytes: Buffer, at: number): "yes" | "no" | "maybe" {
  let verdict: "no" | "maybe" = "no";
  for (const start of starts) {
    // Nearly every byte of noise ends here, which makes megabytes of it cheap.
    if (start[0] !== bytes[at]) continue;
    const length = Math.min(start.length, bytes.length - at);
    if (bytes.compare(start, 0, length, at, at + length) === 0) {
      if (length === start.length) return "yes";
      verdict = "maybe";
    }
  }
  return verdict;
}

function headEnd(
  bytes: Buffer,
  at: number,
): { readonly textEnd: number; readonly bodyStart: number } | undefined {
  const within = bytes.subarray(at, at + maxHeadBytes + 4);
  const strict = within.indexOf("\r\n\r\n");
  const loose = within.indexOf("\n\n");
  if (strict >= 0 && (loose < 0 || strict < loose)) {
    return { textEnd: at + strict, bodyStart: at + strict + 4 };
  }
  return loose < 0 ? undefined : { textEnd: at + loose, bodyStart: at + loose + 2 };
}
