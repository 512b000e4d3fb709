import { frameIntervalMs, reorderFrames, type SceneTrack } from "../scenes/scene.ts";
import { clockRate } from "./packetiser.ts";

/**
 * When which frame of a looping track is due: pure arithmetic on the wall clock.
 *
 * Frames are numbered in decoding order since 1970, so the loop goes on for ever and every camera with the same scene
 * sends the same frame at the same time, whenever it was started.
 */
export class FrameSchedule {
  readonly #track: SceneTrack;
  readonly #intervalMs: number;
  readonly #phaseMs: number;
  readonly #reorder: number;

  constructor(track: SceneTrack) {
    this.#track = track;
    this.#intervalMs = frameIntervalMs(track);
    this.#phaseMs = track.kind === "video" ? track.phaseMs : 0;
    this.#reorder = reorderFrames(track);
  }

  get intervalMs(): number {
    return this.#intervalMs;
  }

  /** Place of frame `number` in the loop. */
  loopIndex(number: number): number {
    const length = this.#track.frames.length;
    return ((number % length) + length) % length;
  }

  /** When frame `number` leaves the camera, ms UTC: at its capture, or as late as B-frames make it. */
  dueAt(number: number): number {
    return this.#phaseMs + (number + this.#reorder) * this.#intervalMs;
  }

  /** When frame `number` was captured, ms UTC: the time of its stamp. */
  capturedAt(number: number): number {
    return this.#phaseMs + (number + this.#displayOffset(number)) * this.#intervalMs;
  }

  /** The newest frame that is due at `now`. */
  latestDue(now: number): number {
    const estimate = Math.floor((now - this.#phaseMs) / this.#intervalMs) - this.#reorder;
    if (this.dueAt(estimate + 1) <= now) return estimate + 1;
    return this.dueAt(estimate) > now ? estimate - 1 : estimate;
  }

  /** The first keyframe whose number is at least `number`; for sound every frame is one. */
  keyframeFrom(number: number): number {
    const { frames } = this.#track;
    for (let next = number; next < number + frames.length; next += 1) {
      const frame = frames[this.loopIndex(next)];
      if (frame instanceof Uint8Array || frame?.isKeyframe === true) return next;
    }
    return number;
  }

  /** RTP timestamp of frame `number` before the session's own offset, modulo 2³². */
  ticks(number: number): number {
    const track = this.#track;
    if (track.kind === "audio") return (number * track.samplesPerFrame) % 2 ** 32;
    const display = number + this.#displayOffset(number);
    return Math.round((display * clockRate(track)) / track.fps + this.#phaseMs * 90) % 2 ** 32;
  }

  #displayOffset(number: number): number {
    const frame = this.#track.frames[this.loopIndex(number)];
    return frame === undefined || frame instanceof Uint8Array ? 0 : frame.displayOffset;
  }
}
