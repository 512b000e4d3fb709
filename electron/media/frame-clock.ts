import { timestampDistance } from "../drivers/rtp/rtp-packet.ts";

/** A frame's place on the media timeline, and how late it came. */
export interface TimedFrame {
  /** Presentation time in 90 kHz ticks of the media timeline. */
  readonly presentation: number;
  /** How much later than the quickest frame this one arrived, ms: the backlog of camera and network. */
  readonly latenessMs: number;
  /** The device's timestamps stood still or leapt: the time was taken from arrival. */
  readonly isByArrival: boolean;
}

const ticksPerMs = 90;
const reorderLimitMs = 1_000;
const leapMs = 2_000;
/** Real clocks differ by less than this; the quickest frame's delay is forgotten at this rate. */
const driftPerMs = 0.0005;

/**
 * Puts the frames of one connection on a timeline that goes on whatever the device's timestamps do.
 *
 * Small steps back are B-frames. A repeat means that the timestamps stand still, a step back of more
 * than a second or one more than 2 s ahead of arrival is a leap: both are bridged with the time between
 * arrivals (monotonic), so that a leap never shows as a frozen or a racing picture.
 */
export class FrameClock {
  readonly #clockRate: number;
  readonly #startTicks: number;
  #last: { readonly rtp: number; readonly presentation: number; readonly arrivalMs: number } | undefined;
  #quickestMs = 0;

  constructor(clockRate: number, startTicks: number) {
    this.#clockRate = clockRate;
    this.#startTicks = startTicks;
  }

  /**
   * @param rtp 32-bit RTP timestamp, frames in decoding order.
   * @param arrivalMs monotonic time at which the frame was whole.
   */
  next(rtp: number, arrivalMs: number): TimedFrame {
    const last = this.#last;
    if (last === undefined) {
      this.#quickestMs = arrivalMs - this.#startTicks / ticksPerMs;
      return this.#keep(rtp, this.#startTicks, arrivalMs, false);
    }
    const stepMs = (timestampDistance(last.rtp, rtp) * 1000) / this.#clockRate;
    const presentation = last.presentation + stepMs * ticksPerMs;
    const delayMs = arrivalMs - presentation / ticksPerMs;
    const isLeap =
      stepMs === 0 || stepMs < -reorderLimitMs || (stepMs > 0 && delayMs < this.#quickestMs - leapMs);
    if (!isLeap) return this.#keep(rtp, presentation, arrivalMs, false);
    const elapsedMs = Math.max(1, arrivalMs - last.arrivalMs);
    return this.#keep(rtp, last.presentation + elapsedMs * ticksPerMs, arrivalMs, true);
  }

  /** The place on the timeline of something that arrives now, by arrival; undefined before the first frame. */
  atArrival(arrivalMs: number): number | undefined {
    const last = this.#last;
    return last && last.presentation + (arrivalMs - last.arrivalMs) * ticksPerMs;
  }

  /** The place on the timeline of an RTP timestamp of this stream; undefined before the first frame. */
  atTimestamp(rtp: number): number | undefined {
    const last = this.#last;
    if (last === undefined) return undefined;
    return last.presentation + (timestampDistance(last.rtp, rtp) * 1000 * ticksPerMs) / this.#clockRate;
  }

  #keep(rtp: number, exact: number, arrivalMs: number, isByArrival: boolean): TimedFrame {
    const presentation = Math.round(exact);
    const delayMs = arrivalMs - presentation / ticksPerMs;
    const sinceMs = this.#last ? Math.max(0, arrivalMs - this.#last.arrivalMs) : 0;
    this.#quickestMs = Math.min(this.#quickestMs + sinceMs * driftPerMs, delayMs);
    this.#last = { rtp, presentation, arrivalMs };
    return { presentation, latenessMs: delayMs - this.#quickestMs, isByArrival };
  }
}
