/** One answer of a device's clock, which counts whole seconds. All ms UTC. */
export interface TimeSample {
  /** The second the device said, as its beginning. */
  readonly deviceAt: number;
  /** Our time when the question left and when the answer was there. */
  readonly sentAt: number;
  readonly receivedAt: number;
}

/** One measurement of a device's clock. */
export interface DeviceTime {
  /** Device clock minus ours, ms. */
  readonly offsetMs: number;
  /** The true offset lies within ± this. */
  readonly uncertaintyMs: number;
  readonly roundTripMs: number;
}

/** Quartz is better than this; so much may the bounds widen with time. */
const driftShare = 100e-6;

/**
 * Narrows down a device's clock offset from several answers in whole seconds.
 *
 * One answer bounds the offset to a second plus the round trip; answers at different phases of the second
 * intersect. An answer that contradicts the bounds means that the clock was set: it starts anew.
 */
export class ClockFit {
  #low = Number.NEGATIVE_INFINITY;
  #high = Number.POSITIVE_INFINITY;
  #at = 0;

  /** Takes an answer in and gives the present estimate. */
  add({ deviceAt, sentAt, receivedAt }: TimeSample): DeviceTime {
    const low = deviceAt - receivedAt;
    const high = deviceAt + 1_000 - sentAt;
    const slack = Math.abs(sentAt - this.#at) * driftShare;
    const [narrowLow, narrowHigh] = [Math.max(low, this.#low - slack), Math.min(high, this.#high + slack)];
    const isConsistent = narrowLow <= narrowHigh;
    this.#low = isConsistent ? narrowLow : low;
    this.#high = isConsistent ? narrowHigh : high;
    this.#at = sentAt;
    return {
      offsetMs: Math.round((this.#low + this.#high) / 2),
      uncertaintyMs: Math.ceil((this.#high - this.#low) / 2),
      roundTripMs: receivedAt - sentAt,
    };
  }
}
