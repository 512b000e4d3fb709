import { sequenceDistance, type RtpPacket } from "./rtp-packet.ts";

const maxHeld = 128;

/**
 * Puts UDP packets back in order: a gap is waited for at most `waitMs` or 128 packets, then given up.
 *
 * Packets must own their bytes. Late and double packets are dropped; the loss shows as a gap in what it
 * hands on. It needs no timer: the next packet of a live stream is its tick.
 */
export class ReorderBuffer {
  readonly #waitMs: number;
  readonly #emit: (packet: RtpPacket) => void;
  readonly #held = new Map<number, { readonly packet: RtpPacket; readonly arrivalMs: number }>();
  #next: number | undefined;
  #ssrc: number | undefined;

  constructor(emit: (packet: RtpPacket) => void, waitMs = 60) {
    this.#emit = emit;
    this.#waitMs = waitMs;
  }

  push(packet: RtpPacket, arrivalMs: number): void {
    const distance = this.#next === undefined ? 0 : sequenceDistance(this.#next, packet.sequence);
    if (packet.ssrc !== this.#ssrc || Math.abs(distance) > 3_000) {
      this.#held.clear();
      this.#ssrc = packet.ssrc;
      this.#next = packet.sequence;
    } else if (distance < 0) {
      return;
    }
    this.#held.set(packet.sequence, { packet, arrivalMs });
    this.#drain();
    const oldest = this.#held.values().next().value;
    if (oldest === undefined) return;
    if (this.#held.size > maxHeld || arrivalMs - oldest.arrivalMs > this.#waitMs) {
      this.#next = this.#nearest();
      this.#drain();
    }
  }

  #drain(): void {
    for (;;) {
      const found = this.#next === undefined ? undefined : this.#held.get(this.#next);
      if (found === undefined || this.#next === undefined) return;
      this.#held.delete(this.#next);
      this.#next = (this.#next + 1) & 0xffff;
      this.#emit(found.packet);
    }
  }

  #nearest(): number | undefined {
    const from = this.#next;
    if (from === undefined) return undefined;
    let nearest: number | undefined;
    for (const sequence of this.#held.keys()) {
      if (nearest === undefined || sequenceDistance(from, sequence) < sequenceDistance(from, nearest)) {
        nearest = sequence;
      }
    }
    return nearest;
  }
}
