/** A moof+mdat as it comes from the muxer. */
export interface HlsChunk {
  readonly track: "video" | "audio";
  readonly bytes: Uint8Array;
  readonly isKeyframe: boolean;
  readonly startS: number;
  readonly durationS: number;
  /** UTC ms. */
  readonly capturedAt: number;
}

export interface HlsPart {
  readonly bytes: readonly Uint8Array[];
  readonly durationS: number;
  readonly isIndependent: boolean;
}

export interface HlsSegment {
  /** Media sequence number. */
  readonly sequence: number;
  readonly epoch: number;
  /** It does not follow on from the segment before it. */
  readonly isDiscontinuous: boolean;
  /** Capture time of its first picture, UTC ms. */
  readonly startedAt: number;
  readonly parts: HlsPart[];
  durationS: number;
  isDone: boolean;
}

export interface LiveWindowOptions {
  readonly partTargetS: number;
  /** A segment ends at the first keyframe after this long. */
  readonly minSegmentS: number;
  /** Complete segments kept; fewer when they grow beyond `maxBytes`. */
  readonly keep: number;
  readonly maxBytes: number;
}

/** Enough behind the live edge for a player that asks late. */
const leastKept = 3;

/** The segments of a live playlist and the rules by which they come and go. */
export class LiveWindow {
  readonly #options: LiveWindowOptions;
  readonly #segments: HlsSegment[] = [];
  readonly #inits = new Map<number, Uint8Array<ArrayBuffer>>();
  #nextSequence = 0;
  #discontinuities = 0;
  #longestPartS = 0;
  #epoch = 0;
  #bytes = 0;

  constructor(options: LiveWindowOptions) {
    this.#options = options;
  }

  get segments(): readonly HlsSegment[] {
    return this.#segments;
  }
  get nextSequence(): number {
    return this.#nextSequence;
  }
  /** Discontinuities before the first segment in the window, its own leading one included (RFC 8216 §4.3.3.3). */
  get discontinuitySequence(): number {
    return this.#discontinuities + (this.#segments[0]?.isDiscontinuous ? 1 : 0);
  }
  /** Part target as told to players: never shorter than the longest part. */
  get partTargetS(): number {
    return Math.max(this.#options.partTargetS, this.#longestPartS);
  }
  get completeCount(): number {
    return this.#segments.filter((segment) => segment.isDone).length;
  }
  get bytes(): number {
    return this.#bytes;
  }

  init(epoch: number): Uint8Array<ArrayBuffer> | undefined {
    return this.#inits.get(epoch);
  }

  segment(sequence: number): HlsSegment | undefined {
    return this.#segments.find((segment) => segment.sequence === sequence);
  }

  /**
   * Parts that follow belong to a new epoch.
   *
   * The segment before stays open until the first of them is here: a playlist that showed it closed and
   * nothing after it makes players lose count of discontinuities.
   */
  beginEpoch(epoch: number, init: Uint8Array<ArrayBuffer>): void {
    this.#epoch = epoch;
    this.#inits.set(epoch, init);
  }

  /** Adds a part; opens a segment when there is none, the epoch changed, or `startsSegment`. */
  add(part: HlsPart, capturedAt: number): void {
    const last = this.#segments.at(-1);
    let current = last;
    if (last === undefined || last.isDone || last.epoch !== this.#epoch) {
      if (last) last.isDone = true;
      current = {
        sequence: this.#nextSequence,
        epoch: this.#epoch,
        isDiscontinuous: last !== undefined && last.epoch !== this.#epoch,
        startedAt: capturedAt,
        parts: [],
        durationS: 0,
        isDone: false,
      };
      this.#nextSequence += 1;
      this.#segments.push(current);
    }
    current?.parts.push(part);
    if (current) current.durationS += part.durationS;
    this.#bytes += bytesOf(part);
    this.#longestPartS = Math.max(this.#longestPartS, part.durationS);
    this.#trim();
  }

  /** A keyframe comes next: the open segment ends if it is long enough. */
  endSegment(): void {
    const last = this.#segments.at(-1);
    if (last && last.durationS >= this.#options.minSegmentS) last.isDone = true;
  }

  #trim(): void {
    const { keep, maxBytes } = this.#options;
    while (
      this.completeCount > keep ||
      (this.#bytes > maxBytes && this.completeCount > leastKept) ||
      (this.#bytes > 2 * maxBytes && this.#segments.length > 1)
    ) {
      const gone = this.#segments.shift();
      if (gone === undefined) return;
      if (gone.isDiscontinuous) this.#discontinuities += 1;
      for (const part of gone.parts) this.#bytes -= bytesOf(part);
      for (const epoch of this.#inits.keys()) {
        const isUsed = epoch === this.#epoch || this.#segments.some((segment) => segment.epoch === epoch);
        if (!isUsed) this.#inits.delete(epoch);
      }
    }
  }
}

function bytesOf(part: HlsPart): number {
  return part.bytes.reduce((sum, bytes) => sum + bytes.byteLength, 0);
}
