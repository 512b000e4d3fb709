/** What `DecodeOrder` made of a frame. */
export type OrderedFrame =
  | { readonly kind: "frame"; readonly decodeTime: number }
  /** The stream reorders more than was thought: begin anew at a keyframe with the larger depth. */
  | { readonly kind: "deeper"; readonly depth: number };

/**
 * Decoding times for frames that come in decoding order with only their presentation times (RTP).
 *
 * With at most `depth` frames decoded before one that is shown earlier, the decoding time of frame n is
 * the n-th smallest presentation time, `depth` frames late: never after its own presentation, always
 * growing. The depth comes from the SPS, or is found out when a frame goes back in time. In a stream
 * without B-frames (depth 0) both times are the same.
 *
 * Chromium's Media Source drops everything up to the next keyframe when decoding time leaps by more than
 * twice a frame's stated duration, as it does when a camera skips frames in the dark. So a leap is
 * walked in steps of less than twice that duration: decoding time lags behind for some frames and
 * catches up; presentation times stay true.
 */
export class DecodeOrder {
  readonly #depth: number;
  #pending: number[] = [];
  #first: number | undefined;
  #count = 0;
  #last: number | undefined;
  #newest = Number.NEGATIVE_INFINITY;
  #lastStep: number;

  constructor(depth: number, firstStep: number) {
    this.#depth = depth;
    this.#lastStep = firstStep;
  }

  /**
   * @param presentation time of the next frame in decoding order, in ticks.
   * @param step the frame distance, in ticks, that will be stated as the frame's duration.
   */
  next(presentation: number, step: number): OrderedFrame {
    if (presentation <= this.#newest) {
      const later = this.#pending.filter((time) => time > presentation).length;
      if (this.#depth === 0 || later > this.#depth) {
        return { kind: "deeper", depth: Math.min(16, Math.max(this.#depth + 1, later)) };
      }
    }
    this.#newest = Math.max(this.#newest, presentation);
    this.#first ??= presentation;
    insertSorted(this.#pending, presentation);
    const isFilling = this.#count < this.#depth;
    const wanted = isFilling
      ? this.#first - (this.#depth - this.#count) * step
      : (this.#pending.shift() ?? presentation);
    this.#count += 1;
    const last = this.#last;
    const capped = last === undefined ? wanted : Math.min(wanted, last + Math.floor(this.#lastStep * 1.9));
    const decodeTime = last === undefined ? capped : Math.max(capped, last + 1);
    this.#last = decodeTime;
    this.#lastStep = step;
    return { kind: "frame", decodeTime };
  }
}

function insertSorted(times: number[], time: number): void {
  let at = times.length;
  while (at > 0 && (times[at - 1] ?? 0) > time) at -= 1;
  times.splice(at, 0, time);
}
