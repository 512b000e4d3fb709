import type { Clock } from "../../shared/base/clock.ts";
import type { ChannelId } from "../../shared/base/ids.ts";
import type { Playback } from "../../shared/contract/recording.ts";

export interface PlaybackWindowDeps {
  readonly clock: Clock;
  readonly allow: (channels: readonly ChannelId[], from: number, to: number) => Promise<Playback>;
  readonly release: (playback: Playback) => void;
  readonly onOpened: (playback: Playback) => void;
  readonly onChange: () => void;
}

interface Span {
  readonly playback: Playback;
  readonly from: number;
  readonly to: number;
  /** The end of what is recorded so far lies in it: it grows, and is asked for again. */
  readonly isOpenEnded: boolean;
}

const minute = 60_000;
const beforeMs = 10 * minute;
const afterMs = 50 * minute;
/** Near the newest picture a new span is asked for this often at most, and after a failure this late. */
const againAfterMs = 2_000;
const retryAfterMs = 3_000;
const nearEndMs = 4_000;

/**
 * The stretch of recordings that this window may play now: about an hour around the common time, asked for anew
 * when the time comes near its end, and again every few seconds where recording still goes on.
 */
export class PlaybackWindow {
  readonly #deps: PlaybackWindowDeps;
  #channels: readonly ChannelId[] = [];
  #span: Span | undefined;
  /** Released only when the next one is open: its pictures stay on the screen until then. */
  #retired: Playback | undefined;
  #pictures: "all" | "keys" = "all";
  #askedMs = Number.NEGATIVE_INFINITY;
  #request = 0;
  #isAsking = false;
  #failure: string | null = null;

  constructor(deps: PlaybackWindowDeps) {
    this.#deps = deps;
  }

  get failure(): string | null {
    return this.#failure;
  }

  get pictures(): "all" | "keys" {
    return this.#pictures;
  }

  covers(at: number): boolean {
    const span = this.#span;
    return span !== undefined && at >= span.from && (at < span.to || span.isOpenEnded);
  }

  setChannels(channels: readonly ChannelId[]): void {
    if (channels.length === this.#channels.length && channels.every((id, i) => id === this.#channels[i]))
      return;
    this.#channels = channels;
    this.forget();
  }

  /** Opens another span where this one does not hold what is needed next. */
  keepAround(at: number, speed: number, pictures: "all" | "keys"): void {
    if (this.#channels.length === 0) return;
    const nowMs = this.#deps.clock.monotonicMs();
    const isOther = pictures !== this.#pictures;
    if (!isOther && (this.#isAsking || !this.#isNeeded(at, speed, nowMs))) return;
    if (this.#failure !== null && nowMs - this.#askedMs < retryAfterMs) return;
    this.#pictures = pictures;
    void this.#ask(at, nowMs, speed < 0 ? "back" : "on");
  }

  /** What is open is of no use any more; the next beat asks anew. */
  forget(): void {
    this.#request += 1;
    this.#isAsking = false;
    this.#failure = null;
    this.#retire();
    this.#askedMs = Number.NEGATIVE_INFINITY;
  }

  fail(error: unknown): void {
    this.#failure = error instanceof Error ? error.message : String(error);
  }

  close(): void {
    this.forget();
    this.#channels = [];
    if (this.#retired !== undefined) this.#deps.release(this.#retired);
    this.#retired = undefined;
  }

  #isNeeded(at: number, speed: number, nowMs: number): boolean {
    const span = this.#span;
    if (span === undefined || at < span.from || (!span.isOpenEnded && at >= span.to)) return true;
    if (speed < 0) return span.from > 0 && at - span.from < -nearEndMs * Math.min(-1, speed);
    const leftMs = span.to - at;
    if (!span.isOpenEnded) return leftMs < nearEndMs * Math.max(1, speed);
    return leftMs < nearEndMs && nowMs - this.#askedMs > againAfterMs;
  }

  async #ask(at: number, nowMs: number, direction: "back" | "on"): Promise<void> {
    const request = ++this.#request;
    this.#isAsking = true;
    this.#askedMs = nowMs;
    const now = Math.round(this.#deps.clock.now());
    const [before, after] = direction === "on" ? [beforeMs, afterMs] : [afterMs, beforeMs];
    const from = Math.max(0, Math.round(at - before));
    const to = Math.max(from, Math.min(Math.round(at + after), now));
    try {
      const playback = await this.#deps.allow(this.#channels, from, to);
      if (request !== this.#request) {
        this.#deps.release(playback);
        return;
      }
      const newest = Math.max(...playback.tracks.map((track) => track.to ?? from));
      const isOpenEnded = to >= now;
      this.#retire();
      this.#span = { playback, from, to: isOpenEnded ? newest : to, isOpenEnded };
      this.#failure = null;
      this.#deps.onOpened(playback);
    } catch (error) {
      if (request === this.#request) this.fail(error);
    } finally {
      if (request === this.#request) {
        this.#isAsking = false;
        this.#deps.onChange();
      }
    }
  }

  #retire(): void {
    if (this.#span === undefined) return;
    if (this.#retired !== undefined) this.#deps.release(this.#retired);
    this.#retired = this.#span.playback;
    this.#span = undefined;
  }
}
