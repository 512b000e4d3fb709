const keptFrames = 64;
/** The quickest frame is forgotten at this pace, ms a second: two clocks drift. */
const forgetMsPerS = 1;
/** The first frames come as one burst and say nothing of the line. */
const startMs = 1_000;

/** How unevenly the frames of one stream arrive here: their delay over the quickest one. */
export class ArrivalJitter {
  #latenessMs: number[] = [];
  #quickestMs = Number.POSITIVE_INFINITY;
  #newestS = Number.NEGATIVE_INFINITY;
  #startedMs: number | undefined;
  #atMs = 0;

  /** Takes in one frame; one shown before a frame that has already come (a B-frame) does not count. */
  add(presentationS: number, arrivalMs: number): void {
    this.#startedMs ??= arrivalMs;
    if (presentationS <= this.#newestS) return;
    this.#newestS = presentationS;
    const delayMs = arrivalMs - presentationS * 1_000;
    const forgottenMs = (Math.max(0, arrivalMs - this.#atMs) / 1_000) * forgetMsPerS;
    this.#quickestMs = Math.min(delayMs, this.#quickestMs + forgottenMs);
    this.#atMs = arrivalMs;
    if (arrivalMs - this.#startedMs < startMs) return;
    this.#latenessMs.push(delayMs - this.#quickestMs);
    if (this.#latenessMs.length > keptFrames) this.#latenessMs.shift();
  }

  /** What all but three of the last 64 frames kept, ms; 0 before the eighth. A single hiccup does not count. */
  get latenessMs(): number {
    if (this.#latenessMs.length < 8) return 0;
    return [...this.#latenessMs].sort((a, b) => b - a)[3] ?? 0;
  }
}
