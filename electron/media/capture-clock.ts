import type { SenderReport } from "../drivers/rtp/rtcp.ts";
import { timestampDistance } from "../drivers/rtp/rtp-packet.ts";

export interface CaptureTime {
  /** This computer's UTC, ms. */
  readonly capturedAt: number;
  readonly isByArrival: boolean;
  /** What the device's own clock showed, UTC ms; undefined where it tells no time that can be believed. */
  readonly deviceAt: number | undefined;
}

/** Farther apart than this from what arrival says, the device's time is not believed. */
const plausibleMs = 3_000;
const consistentMs = 500;
const reportsToBelieveAgain = 2;

/**
 * When a frame was captured, in this computer's UTC.
 *
 * The device's sender reports tie RTP time to its wall clock; less the measured clock offset that is our
 * time. Where there are no reports, where the device's clock stands still, leaps, or is more than 3 s
 * from what arrival says, the time of arrival less the frame's lateness is used and flagged. A frame is
 * never captured after it arrived: what is left of the offset's error (ONVIF tells whole seconds) is
 * taken out. When our own clock is set, the shift moves all times with it.
 */
export class CaptureClock {
  readonly #clockRate: number;
  #offsetMs: number;
  /** Our UTC minus our monotonic clock when the offset was measured. */
  #ownBaseMs: number;
  #report: SenderReport | undefined;
  #distrust = 0;
  #aheadMs = 0;

  constructor(clockRate: number, offsetMs: number | null, utcMs: number, monotonicMs: number) {
    this.#clockRate = clockRate;
    this.#offsetMs = offsetMs ?? 0;
    this.#ownBaseMs = utcMs - monotonicMs;
  }

  /** A new measurement of the device's clock. */
  setOffset(offsetMs: number | null, utcMs: number, monotonicMs: number): void {
    this.#offsetMs = offsetMs ?? 0;
    this.#ownBaseMs = utcMs - monotonicMs;
    this.#aheadMs = 0;
    this.#distrust = 0;
  }

  onSenderReport(report: SenderReport): void {
    if (report.utcMs === 0) return;
    const before = this.#report;
    this.#report = report;
    if (before === undefined) return;
    const byRtpMs = (timestampDistance(before.rtpTimestamp, report.rtpTimestamp) * 1000) / this.#clockRate;
    const isConsistent = Math.abs(report.utcMs - before.utcMs - byRtpMs) <= consistentMs;
    if (!isConsistent) this.#distrust = reportsToBelieveAgain;
    else if (this.#distrust > 0) this.#distrust -= 1;
    if (!isConsistent) this.#aheadMs = 0;
  }

  /** The device's wall-clock time of an RTP timestamp; undefined without a report that can be believed. */
  deviceTime(rtp: number): number | undefined {
    const report = this.#report;
    if (report === undefined || this.#distrust > 0) return undefined;
    return report.utcMs + (timestampDistance(report.rtpTimestamp, rtp) * 1000) / this.#clockRate;
  }

  /**
   * @param utcMs our UTC at the frame's arrival.
   * @param monotonicMs our monotonic clock at the same moment.
   * @param latenessMs by how much the frame was later than the quickest one.
   */
  capture(rtp: number, utcMs: number, monotonicMs: number, latenessMs: number): CaptureTime {
    const device = this.deviceTime(rtp);
    const byArrival = { capturedAt: utcMs - latenessMs, isByArrival: true, deviceAt: device };
    if (device === undefined) return byArrival;
    const ownStepMs = utcMs - monotonicMs - this.#ownBaseMs;
    const plain = device - this.#offsetMs + ownStepMs;
    if (Math.abs(plain - byArrival.capturedAt) > plausibleMs) return byArrival;
    this.#aheadMs = Math.max(this.#aheadMs, plain - byArrival.capturedAt);
    return { capturedAt: plain - this.#aheadMs, isByArrival: false, deviceAt: device };
  }
}
