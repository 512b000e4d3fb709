import { timestampDistance } from "../drivers/rtp/rtp-packet.ts";

/** Longest wait for the sender reports that tie sound to picture. */
const settleMs = 1_500;
const driftLimitMs = 1_000;
const ticksPerMs = 90;

/** Where a sound frame belongs, by what is known at its arrival; 90 kHz ticks of the media timeline. */
export interface SoundPlace {
  /** By the sender reports of both tracks. */
  readonly byReports: number | undefined;
  readonly byArrival: number | undefined;
}

/**
 * Puts sound frames on the media timeline, in ticks of the sound's own rate.
 *
 * It is tied to the picture once, by the sender reports of both tracks or after 1.5 s by arrival, and
 * then runs by its own timestamps; it is tied anew when it strays by more than a second.
 */
export class AudioTimeline {
  readonly #rate: number;
  #firstArrivalMs: number | undefined;
  #anchor: { readonly rtp: number; readonly ticks: number } | undefined;
  #end = 0;

  constructor(rate: number) {
    this.#rate = rate;
  }

  /** Decoding time of the frame; undefined: leave it out. */
  next(rtp: number, samples: number, arrivalMs: number, place: SoundPlace): number | undefined {
    this.#firstArrivalMs ??= arrivalMs;
    const target = place.byReports ?? place.byArrival;
    if (target === undefined) return undefined;
    const wanted = Math.round((target / ticksPerMs / 1000) * this.#rate);
    const byClock = this.#anchor && this.#anchor.ticks + timestampDistance(this.#anchor.rtp, rtp);
    const strayed = byClock !== undefined && Math.abs(byClock - wanted) > (driftLimitMs / 1000) * this.#rate;
    if (byClock === undefined || strayed) {
      if (place.byReports === undefined && arrivalMs - this.#firstArrivalMs < settleMs) return undefined;
      this.#anchor = { rtp, ticks: wanted };
    } else {
      this.#anchor = { rtp, ticks: byClock };
    }
    const start = this.#anchor.ticks;
    if (start < this.#end || start < 0) return undefined;
    this.#end = start + samples;
    return start;
  }
}
