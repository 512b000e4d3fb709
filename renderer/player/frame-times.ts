import type { Moment, PresentedFrame } from "../../shared/model/tile-state.ts";

/** Capture time of one frame by its place in the media timeline. */
interface Entry {
  readonly presentationS: number;
  readonly capturedAt: number;
  readonly capturedMs: number;
}

const keptEntries = 600;
const toleranceS = 0.02;

/**
 * Remembers when each frame on its way to the screen was captured.
 *
 * A capture time is turned into this computer's monotonic time once, at arrival, so that a later step of the
 * wall clock cannot make an old picture young. A capture time after the arrival is impossible and is taken as
 * the arrival.
 */
export class FrameTimes {
  #entries: Entry[] = [];

  /** Takes in one frame of a fragment that arrived at `arrival`. */
  add(presentationS: number, capturedAt: number, arrival: Moment): void {
    const ageMs = Math.max(0, arrival.wallMs - capturedAt);
    const last = this.#entries.at(-1);
    const entry = { presentationS, capturedAt, capturedMs: arrival.monotonicMs - ageMs };
    this.#entries.push(entry);
    if (last !== undefined && last.presentationS > presentationS) {
      this.#entries.sort((a, b) => a.presentationS - b.presentationS);
    }
    if (this.#entries.length > keptEntries) this.#entries = this.#entries.slice(-keptEntries / 2);
  }

  /** The frame shown at `mediaTimeS`, or undefined when no frame is known within 20 ms of it. */
  presented(mediaTimeS: number, presentedMs: number): PresentedFrame | undefined {
    let nearest: Entry | undefined;
    for (let index = this.#entries.length - 1; index >= 0; index--) {
      const entry = this.#entries[index];
      if (entry === undefined) break;
      const isNearer =
        nearest === undefined ||
        Math.abs(entry.presentationS - mediaTimeS) < Math.abs(nearest.presentationS - mediaTimeS);
      if (isNearer) nearest = entry;
      else break;
    }
    if (nearest === undefined || Math.abs(nearest.presentationS - mediaTimeS) > toleranceS) return undefined;
    return {
      capturedAt: nearest.capturedAt,
      capturedMs: Math.min(nearest.capturedMs, presentedMs),
      presentedMs,
    };
  }

  clear(): void {
    this.#entries = [];
  }
}
