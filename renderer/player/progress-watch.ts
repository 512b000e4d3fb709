/** What a feed can see of its own progress. */
export interface Progress {
  /** The media process says that the camera is sending. */
  readonly isPlaying: boolean;
  /** Fragments received so far. */
  readonly received: number;
  /** End of the buffer, seconds. */
  readonly endS: number;
  /** Playing position, seconds. */
  readonly currentS: number;
}

const unreadableAfterMs = 3_000;
const frozenAfterMs = 4_000;
/** The media process itself notices a stalled camera after 5 s: beyond that the way to this window is at fault. */
const silentAfterMs = 10_000;
const longestBeatMs = 2_000;

/**
 * Notices what raises no error: bytes that arrive but make no pictures (garbage the parser waits behind), a decoder
 * that stands still before a filled buffer, and a way to this window that has fallen silent. Only time that was actually watched counts.
 */
export class ProgressWatch {
  #last: Progress | undefined;
  #atMs = 0;
  #unreadableMs = 0;
  #frozenMs = 0;
  #silentMs = 0;

  /** Call several times a second; answers what is wrong, once it has been for long enough. */
  look(nowMs: number, now: Progress): "unreadable" | "frozen" | "silent" | undefined {
    const last = this.#last;
    const beatMs = nowMs - this.#atMs;
    this.#last = now;
    this.#atMs = nowMs;
    if (last === undefined || beatMs > longestBeatMs) return undefined;
    const isGrowing = now.endS > last.endS;
    const isMoving = now.currentS !== last.currentS;
    if (isGrowing) this.#unreadableMs = 0;
    else if (now.received > last.received) this.#unreadableMs += beatMs;
    if (!now.isPlaying || now.received > last.received) this.#silentMs = 0;
    else this.#silentMs += beatMs;
    if (isMoving) this.#frozenMs = 0;
    else if (isGrowing && now.endS - now.currentS > 0.3) this.#frozenMs += beatMs;
    if (this.#unreadableMs >= unreadableAfterMs) return "unreadable";
    if (this.#silentMs >= silentAfterMs) return "silent";
    return this.#frozenMs >= frozenAfterMs ? "frozen" : undefined;
  }
}
