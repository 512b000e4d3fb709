import type { Clock } from "../../shared/base/clock.ts";
import type { PresentedFrame } from "../../shared/model/tile-state.ts";

export interface FrameWatchDeps {
  readonly video: HTMLVideoElement;
  readonly clock: Clock;
  readonly captured: (mediaTimeS: number, presentedMs: number) => PresentedFrame | undefined;
  readonly onFirstFrame: () => void;
}

const keptSamples = 64;

/**
 * Sees every frame the browser puts on the screen (requestVideoFrameCallback) and when it was captured.
 *
 * A frame whose capture time is unknown does not count: it proves nothing. The callback does not fire for
 * hidden windows, and not for one frame presented twice.
 */
export class FrameWatch {
  readonly #deps: FrameWatchDeps;
  #handle: number | undefined;
  #frame: PresentedFrame | undefined;
  #mediaTimeS = Number.NaN;
  #intervalsMs: number[] = [];
  #latenciesMs: number[] = [];
  #presented = 0;

  constructor(deps: FrameWatchDeps) {
    this.#deps = deps;
  }

  get frame(): PresentedFrame | undefined {
    return this.#frame;
  }

  get presented(): number {
    return this.#presented;
  }

  /** Middle distance of the last frames, ms; undefined before the fourth. */
  get intervalMs(): number | undefined {
    return this.#intervalsMs.length < 3 ? undefined : median(this.#intervalsMs);
  }

  /** Middle age of the last frames when they were presented, ms. */
  get latencyMs(): number | undefined {
    return this.#latenciesMs.length === 0 ? undefined : median(this.#latenciesMs);
  }

  start(): void {
    this.#handle = this.#deps.video.requestVideoFrameCallback(this.#seen);
  }

  stop(): void {
    if (this.#handle !== undefined) this.#deps.video.cancelVideoFrameCallback(this.#handle);
    this.#handle = undefined;
  }

  readonly #seen = (_now: number, metadata: VideoFrameCallbackMetadata): void => {
    const { video, clock, captured, onFirstFrame } = this.#deps;
    this.#handle = video.requestVideoFrameCallback(this.#seen);
    const { mediaTime } = metadata;
    if (mediaTime === this.#mediaTimeS) return;
    const frame = captured(mediaTime, clock.monotonicMs());
    if (frame === undefined) return;
    const intervalMs = (mediaTime - this.#mediaTimeS) * 1_000;
    if (intervalMs > 0 && intervalMs < 10_000) keep(this.#intervalsMs, intervalMs);
    keep(this.#latenciesMs, frame.presentedMs - frame.capturedMs);
    this.#mediaTimeS = mediaTime;
    this.#presented += 1;
    const isFirst = this.#frame === undefined;
    this.#frame = frame;
    if (isFirst) onFirstFrame();
  };
}

function keep(samples: number[], sample: number): void {
  samples.push(sample);
  if (samples.length > keptSamples) samples.shift();
}

function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
