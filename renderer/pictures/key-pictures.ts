import type { Clock } from "../../shared/base/clock.ts";
import type { ChannelId } from "../../shared/base/ids.ts";
import { ByteCache } from "./byte-cache.ts";
import { KeySource, type Key, type KeySourceDeps, type KeySpan } from "./key-source.ts";
import type { PictureMaker } from "./picture-maker.ts";
import { PictureError, type PictureFault } from "./picture-work.ts";
import { Slots } from "./slots.ts";

/** What there is of a moment. `none`: nothing was recorded then. */
export type KeyPicture =
  | { readonly kind: "picture"; readonly jpeg: Blob; readonly capturedAt: number }
  | { readonly kind: "none" }
  | PictureFault;

export interface PictureQuestion {
  readonly channelId: ChannelId;
  /** UTC ms. */
  readonly at: number;
  /** Wider is not made; the shape stays. */
  readonly widthPx: number;
}

export interface KeyPicturesDeps extends KeySourceDeps {
  readonly clock: Clock;
  readonly maker: Pick<PictureMaker, "make" | "stop">;
}

type MadePicture = Extract<KeyPicture, { kind: "picture" }>;

interface Held {
  readonly name: string;
  readonly source: Promise<KeySource>;
  /** Later recordings are not in it: it is opened anew then. Monotonic ms. */
  readonly staleMs: number;
}

/** Small pictures of a stretch this long share one opening. */
const stretchMs = 300_000;
const freshMs = 4_000;
const mostSources = 3;
const atOnce = 2;
const mostWaiting = 64;
const cacheBytes = 24 * 1024 * 1024;

/**
 * Pictures of recorded moments for lists and hints: of each the keyframe before it, small, as JPEG.
 *
 * Two are made at once, the newest question first, at most 64 wait: then the oldest is given up. What was made is
 * kept up to 24 MB. Each question is answered or aborted; nothing hangs on a damaged recording.
 */
export class KeyPictures {
  readonly #deps: KeyPicturesDeps;
  readonly #made = new ByteCache<MadePicture>(cacheBytes, ({ jpeg }) => jpeg.size + 256);
  readonly #slots = new Slots(atOnce, mostWaiting);
  readonly #ends = new AbortController();
  #held: Held[] = [];

  constructor(deps: KeyPicturesDeps) {
    this.#deps = deps;
  }

  /** The sub stream where it is recorded, else what is. Rejects only when the recordings cannot be reached or the signal aborts. */
  at(question: PictureQuestion, signal: AbortSignal): Promise<KeyPicture> {
    const either = AbortSignal.any([signal, this.#ends.signal]);
    return this.#slots.run(either, () => this.#find(question, either));
  }

  /** Lets everything go. */
  stop(): void {
    this.#ends.abort(new Error("the page is closed"));
    this.#deps.maker.stop();
    for (const held of this.#held.splice(0)) closeLater(held);
  }

  async #find({ channelId, at, widthPx }: PictureQuestion, signal: AbortSignal): Promise<KeyPicture> {
    const source = await untilAborted(this.#source(channelId, at), signal);
    const key = source.at(at);
    if (key === undefined) return { kind: "none" };
    const name = `${channelId} ${key.at} ${widthPx}`;
    const known = this.#made.get(name);
    if (known !== undefined) return known;
    const picture = await this.#make(source, key, widthPx, signal);
    // A failure may pass; a picture stays what it is.
    if (picture.kind === "picture") this.#made.put(name, picture);
    return picture;
  }

  async #make(source: KeySource, key: Key, widthPx: number, signal: AbortSignal): Promise<KeyPicture> {
    try {
      if (key.config === null) return { kind: "broken", detail: "the recording is damaged" };
      const sample = await source.sample(key, signal);
      const jpeg = await this.#deps.maker.make(key.config, sample, widthPx, signal);
      return { kind: "picture", jpeg, capturedAt: key.at };
    } catch (error) {
      if (error instanceof PictureError) return error.fault;
      throw error;
    }
  }

  async #source(channelId: ChannelId, at: number): Promise<KeySource> {
    const { clock } = this.#deps;
    const from = Math.floor(at / stretchMs) * stretchMs;
    const name = `${channelId} ${from}`;
    const known = this.#held.find((one) => one.name === name);
    if (known !== undefined) {
      const source = await known.source.catch(() => undefined);
      const isFresh = clock.monotonicMs() < known.staleMs && source?.isLost === false;
      if (isFresh) return source;
      if (this.#held.includes(known)) this.#forget(known);
    }
    const open = this.#held.find((one) => one.name === name) ?? this.#open(name, channelId, from);
    return open.source;
  }

  #open(name: string, channelId: ChannelId, from: number): Held {
    const { clock } = this.#deps;
    const to = from + stretchMs;
    const span: KeySpan = { channelId, role: "sub", from: Math.max(0, from), to };
    const grows = to > clock.now() - 60_000;
    const held: Held = {
      name,
      source: KeySource.open(this.#deps, span, this.#ends.signal),
      staleMs: grows ? clock.monotonicMs() + freshMs : Number.POSITIVE_INFINITY,
    };
    held.source.catch(() => this.#forget(held));
    this.#held.push(held);
    for (const old of this.#held.slice(0, -mostSources)) this.#forget(old);
    return held;
  }

  #forget(held: Held): void {
    this.#held = this.#held.filter((one) => one !== held);
    closeLater(held);
  }
}

function closeLater({ source }: Held): void {
  source.then(
    (opened) => opened.close(),
    // It was never opened.
    () => undefined,
  );
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const over = new AbortController();
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { signal: over.signal });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    over.abort();
  }
}
