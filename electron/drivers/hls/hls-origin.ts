import type { Clock } from "../../../shared/base/clock.ts";
import { LiveWindow, type HlsChunk } from "./live-window.ts";
import { PartBuilder } from "./part-builder.ts";
import { writePlaylist } from "./playlist.ts";

export interface HlsResponse {
  readonly status: 200 | 400 | 404 | 503;
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer> | undefined;
}

export interface HlsOriginDeps {
  readonly clock: Clock;
  readonly partTargetS: number;
  readonly maxBytes?: number;
}

const playlistType = "application/vnd.apple.mpegurl";
const mediaType = "video/mp4";
/** hls.js goes round in segment 0 when it finds fewer complete segments than this. */
const firstPlaylistSegments = 3;
const firstPlaylistWaitMs = 30_000;
const blockedWaitMs = 9_000;
const maxWaiting = 64;

/** A Low-Latency HLS origin in memory: fragments in, playlists, parts, segments and inits out. */
export class HlsOrigin {
  readonly #deps: HlsOriginDeps;
  readonly #window: LiveWindow;
  readonly #parts: PartBuilder;
  readonly #waiting = new Set<() => void>();

  constructor(deps: HlsOriginDeps) {
    this.#deps = deps;
    this.#window = new LiveWindow({
      partTargetS: deps.partTargetS,
      minSegmentS: 1,
      keep: 6,
      maxBytes: deps.maxBytes ?? 24 * 1024 * 1024,
    });
    this.#parts = new PartBuilder(deps.partTargetS, (event) => {
      if (event.kind === "part") this.#window.add(event.part, event.capturedAt);
      else this.#window.endSegment();
    });
  }

  /** Bytes held. */
  get bytes(): number {
    return this.#window.bytes;
  }

  /** What follows belongs to a new initialisation segment. */
  beginEpoch(epoch: number, init: Uint8Array<ArrayBuffer>, withSound: boolean): void {
    this.#parts.begin(withSound);
    this.#window.beginEpoch(epoch, init);
  }

  push(chunk: HlsChunk): void {
    this.#parts.push(chunk, this.#deps.clock.monotonicMs());
    if (this.#waiting.size > 0) for (const wake of this.#waiting) wake();
  }

  /** Answers `index.m3u8`, `init-E.mp4`, `part-S-P.m4s`, `segment-S.m4s`; waits where the protocol says so. */
  async get(path: string, signal: AbortSignal): Promise<HlsResponse> {
    const [name = "", query = ""] = path.split("?", 2);
    if (name === "index.m3u8") return this.#playlist(new URLSearchParams(query), signal);
    const found = /^(init|part|segment)-(\d{1,10})(?:-(\d{1,5}))?\.(?:mp4|m4s)$/.exec(name);
    if (!found) return notFound;
    const number = Number(found[2]);
    if (found[1] === "init") return media(this.#window.init(number));
    if (found[1] === "segment") {
      const segment = this.#window.segment(number);
      return media(segment?.isDone ? join(segment.parts.flatMap((part) => part.bytes)) : undefined);
    }
    return this.#part(number, Number(found[3] ?? 0), signal);
  }

  async #playlist(query: URLSearchParams, signal: AbortSignal): Promise<HlsResponse> {
    const sequence = whole(query.get("_HLS_msn"));
    const part = whole(query.get("_HLS_part"));
    if (sequence === "bad" || part === "bad") return { ...notFound, status: 400 };
    const window = this.#window;
    let isReady: boolean;
    if (sequence === undefined) {
      const hasEnough = (): boolean => window.completeCount >= firstPlaylistSegments;
      isReady = await this.#until(hasEnough, firstPlaylistWaitMs, signal);
    } else {
      if (sequence > window.nextSequence + 1) return { ...notFound, status: 400 };
      isReady = await this.#until(() => this.#has(sequence, part), blockedWaitMs, signal);
    }
    if (!isReady) return { ...notFound, status: 503 };
    return { status: 200, contentType: playlistType, bytes: new TextEncoder().encode(writePlaylist(window)) };
  }

  #has(sequence: number, part: number | undefined): boolean {
    const last = this.#window.segments.at(-1);
    if (last === undefined) return false;
    if (last.sequence !== sequence) return last.sequence > sequence;
    return last.isDone || (part !== undefined && last.parts.length > part);
  }

  async #part(sequence: number, part: number, signal: AbortSignal): Promise<HlsResponse> {
    const window = this.#window;
    const find = (): Uint8Array<ArrayBuffer> | undefined => {
      const bytes = window.segment(sequence)?.parts[part]?.bytes;
      return bytes && join(bytes);
    };
    const isPast = (): boolean => {
      const last = window.segments.at(-1);
      return last !== undefined && (last.sequence > sequence || (last.sequence === sequence && last.isDone));
    };
    if (sequence > window.nextSequence + 1) return notFound;
    await this.#until(
      () => isPast() || window.segment(sequence)?.parts[part] !== undefined,
      blockedWaitMs,
      signal,
    );
    return media(find());
  }

  /** Waits for a condition that only `push` can change. False: too late, cancelled, or too many wait. */
  async #until(condition: () => boolean, limitMs: number, signal: AbortSignal): Promise<boolean> {
    if (condition()) return true;
    if (signal.aborted || this.#waiting.size >= maxWaiting) return false;
    const over = new AbortController();
    return new Promise((resolve) => {
      const end = (isMet: boolean): void => {
        this.#waiting.delete(check);
        signal.removeEventListener("abort", cancel);
        over.abort(new Error("wait over"));
        resolve(isMet);
      };
      const check = (): void => {
        if (condition()) end(true);
      };
      const cancel = (): void => end(false);
      this.#waiting.add(check);
      signal.addEventListener("abort", cancel, { once: true });
      this.#deps.clock.sleep(limitMs, over.signal).then(cancel, ignoreAbort);
    });
  }
}

const notFound = { status: 404, contentType: "text/plain", bytes: undefined } as const;

/** In memory of its own, for it is posted to windows whole. */
function join(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}

function media(bytes: Uint8Array<ArrayBuffer> | undefined): HlsResponse {
  return bytes === undefined ? notFound : { status: 200, contentType: mediaType, bytes };
}

function whole(text: string | null): number | undefined | "bad" {
  if (text === null) return undefined;
  return /^\d{1,10}$/.test(text) ? Number(text) : "bad";
}

/** The wait ended before its deadline: nothing to say. */
function ignoreAbort(): void {}
