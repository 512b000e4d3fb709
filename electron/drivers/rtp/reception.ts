import type { ReceptionBlock, SenderReport } from "./rtcp.ts";
import { timestampDistance } from "./rtp-packet.ts";

/** Counts what arrives of one track and makes the numbers of its receiver reports (RFC 3550 A.3, A.8). */
export class Reception {
  readonly #clockRate: number;
  #ssrc: number | undefined;
  #base = 0;
  #highest = 0;
  #received = 0;
  #expectedBefore = 0;
  #receivedBefore = 0;
  #jitter = 0;
  #lastTimestamp = 0;
  #lastArrivalMs = 0;
  #report: { readonly compactNtp: number; readonly atMs: number } | undefined;

  constructor(clockRate: number) {
    this.#clockRate = clockRate;
  }

  onPacket(ssrc: number, sequence: number, timestamp: number, arrivalMs: number): void {
    this.#received += 1;
    if (this.#ssrc !== ssrc) {
      this.#ssrc = ssrc;
      this.#base = sequence;
      this.#highest = sequence;
      this.#received = 1;
      this.#expectedBefore = 0;
      this.#receivedBefore = 0;
      this.#jitter = 0;
    } else {
      const ahead = (sequence - this.#highest) & 0xffff;
      if (ahead < 0x8000) this.#highest += ahead;
      const transit = (arrivalMs - this.#lastArrivalMs) * (this.#clockRate / 1000);
      const difference = Math.abs(transit - timestampDistance(this.#lastTimestamp, timestamp));
      // A jump of the device's timestamps is not jitter.
      if (difference < this.#clockRate * 10) this.#jitter += (difference - this.#jitter) / 16;
    }
    this.#lastTimestamp = timestamp;
    this.#lastArrivalMs = arrivalMs;
  }

  onSenderReport(report: SenderReport, arrivalMs: number): void {
    this.#report = { compactNtp: report.compactNtp, atMs: arrivalMs };
  }

  /** The next report block; undefined while nothing was received. */
  block(nowMs: number): ReceptionBlock | undefined {
    if (this.#ssrc === undefined) return undefined;
    const expected = this.#highest - this.#base + 1;
    const expectedNow = expected - this.#expectedBefore;
    const lostNow = expectedNow - (this.#received - this.#receivedBefore);
    this.#expectedBefore = expected;
    this.#receivedBefore = this.#received;
    return {
      ssrc: this.#ssrc,
      fractionLost:
        expectedNow > 0 && lostNow > 0 ? Math.min(255, Math.floor((lostNow * 256) / expectedNow)) : 0,
      cumulativeLost: expected - this.#received,
      highestSequence: this.#highest,
      jitter: this.#jitter,
      lastSenderReport: this.#report?.compactNtp ?? 0,
      delaySinceSenderReport: this.#report
        ? Math.max(0, Math.round(((nowMs - this.#report.atMs) * 65_536) / 1000))
        : 0,
    };
  }
}
