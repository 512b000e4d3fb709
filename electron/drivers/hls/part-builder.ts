import type { HlsChunk, HlsPart } from "./live-window.ts";

/** What `PartBuilder` found ready, in order. */
export type PartEvent =
  | { readonly kind: "part"; readonly part: HlsPart; readonly capturedAt: number }
  /** The next part begins with a keyframe. */
  | { readonly kind: "boundary" };

interface Draft {
  readonly video: HlsChunk[];
  endS: number;
  readonly closedAtMs: number;
}

/** hls.js asks for ever for a part whose sound ends before its pictures; sound may be late, or absent. */
const holdMs = 300;

/**
 * Gathers fragments into parts of at most the target's length.
 *
 * With sound, a part waits until the sound reaches its end, for at most 300 ms.
 */
export class PartBuilder {
  readonly #targetS: number;
  #withSound = false;
  readonly #emit: (event: PartEvent) => void;
  #open: HlsChunk[] = [];
  #held: (Draft | "boundary")[] = [];
  #sound: HlsChunk[] = [];
  #soundEndS = Number.NEGATIVE_INFINITY;

  constructor(targetS: number, emit: (event: PartEvent) => void) {
    this.#targetS = targetS;
    this.#emit = emit;
  }

  /** Everything so far becomes a part; what follows has sound, or has none to wait for. */
  begin(withSound: boolean): void {
    this.#finish();
    this.#withSound = withSound;
  }

  /** @param nowMs monotonic time. */
  push(chunk: HlsChunk, nowMs: number): void {
    if (chunk.track === "audio") this.#pushSound(chunk);
    else this.#pushVideo(chunk, nowMs);
    this.#release(nowMs);
  }

  #finish(): void {
    const last = this.#open.at(-1);
    if (last) this.#close(last.startS + last.durationS, Number.NEGATIVE_INFINITY);
    this.#release(Number.POSITIVE_INFINITY);
    this.#sound = [];
    this.#soundEndS = Number.NEGATIVE_INFINITY;
  }

  #pushSound(chunk: HlsChunk): void {
    if (!this.#withSound) return;
    this.#sound.push(chunk);
    this.#soundEndS = chunk.startS + chunk.durationS;
    // Sound without pictures is not kept for ever.
    if (this.#sound.length > 1_000) this.#sound.shift();
  }

  #pushVideo(chunk: HlsChunk, nowMs: number): void {
    const [first] = this.#open;
    if (first) {
      const wouldEndS = chunk.startS + chunk.durationS - first.startS;
      const isFull = wouldEndS > this.#targetS + 0.001;
      if (chunk.isKeyframe || isFull) this.#close(Math.max(chunk.startS, first.startS + 0.001), nowMs);
    }
    if (chunk.isKeyframe) this.#held.push("boundary");
    this.#open.push(chunk);
  }

  #close(endS: number, nowMs: number): void {
    this.#held.push({ video: this.#open, endS, closedAtMs: nowMs });
    this.#open = [];
  }

  #release(nowMs: number): void {
    for (let next = this.#held[0]; next !== undefined; next = this.#held[0]) {
      if (next === "boundary") {
        this.#held.shift();
        this.#emit({ kind: "boundary" });
        continue;
      }
      const isCovered = !this.#withSound || this.#soundEndS >= next.endS;
      if (!isCovered && nowMs - next.closedAtMs < holdMs) return;
      this.#held.shift();
      this.#emitPart(next);
    }
  }

  #emitPart({ video, endS }: Draft): void {
    const [first] = video;
    if (first === undefined) return;
    const split = this.#sound.findIndex((chunk) => chunk.startS >= endS);
    const sound = this.#sound.splice(0, split < 0 ? this.#sound.length : split);
    this.#emit({
      kind: "part",
      capturedAt: first.capturedAt,
      part: {
        bytes: [...video, ...sound].map((chunk) => chunk.bytes),
        durationS: endS - first.startS,
        isIndependent: first.isKeyframe,
      },
    });
  }
}
