import type { Clock } from "../../shared/base/clock.ts";
import type { KeyConfig } from "../../shared/contract/key-list.ts";
import { PictureError } from "./picture-work.ts";

/** What it needs of WebCodecs; tests give their own. */
export interface DecoderMaker {
  readonly isSupported: (config: VideoDecoderConfig) => Promise<boolean>;
  readonly make: (init: VideoDecoderInit) => Pick<VideoDecoder, "configure" | "decode" | "flush" | "close">;
  readonly chunk: (init: EncodedVideoChunkInit) => EncodedVideoChunk;
}

export interface KeyDecoderDeps {
  readonly clock: Clock;
  readonly codecs: DecoderMaker;
}

interface Opened {
  readonly name: string;
  readonly decoder: ReturnType<DecoderMaker["make"]>;
  take: (frame: VideoFrame) => void;
  fail: (error: unknown) => void;
}

/** Decoders held open; a site has few different streams that are looked at together. */
const mostOpen = 4;
/** A decoder that says nothing for this long is given up. */
const limitMs = 10_000;

/** Chromium's own decoders, asked for it directly. */
export const webCodecs: DecoderMaker = {
  isSupported: async (config) => (await VideoDecoder.isConfigSupported(config)).supported === true,
  make: (init) => new VideoDecoder(init),
  chunk: (init) => new EncodedVideoChunk(init),
};

/**
 * Decodes keyframes, one decoder for each set-up and used again. Each call answers or throws `PictureError` within
 * ten seconds, whatever the bytes are. Calls come one after the other.
 */
export class KeyDecoder {
  readonly #deps: KeyDecoderDeps;
  #opened: Opened[] = [];

  constructor(deps: KeyDecoderDeps) {
    this.#deps = deps;
  }

  /**
   * Decodes keyframes of one set-up and hands each picture on with its number; whoever takes it closes it. Those that
   * give no picture are passed over.
   *
   * @throws PictureError when this computer has no such decoder, or the decoder gave up.
   */
  async decode(
    config: KeyConfig,
    samples: readonly Uint8Array<ArrayBuffer>[],
    take: (frame: VideoFrame, index: number) => void,
  ): Promise<void> {
    const opened = await this.#open(config);
    const failed = new Promise<never>((_resolve, reject) => {
      opened.fail = reject;
    });
    // Whether anybody waits or not: a late failure is no unhandled one.
    failed.catch(ignoreLate);
    opened.take = (frame) => take(frame, frame.timestamp);
    const over = new AbortController();
    try {
      for (const [timestamp, data] of samples.entries()) {
        opened.decoder.decode(this.#deps.codecs.chunk({ type: "key", timestamp, data }));
      }
      const late = this.#deps.clock.sleep(limitMs, over.signal).then(() => {
        throw new Error("the decoder does not answer");
      });
      late.catch(ignoreLate);
      await Promise.race([opened.decoder.flush(), failed, late]);
    } catch (error) {
      this.#drop(opened);
      throw new PictureError({ kind: "broken", detail: words(error) });
    } finally {
      over.abort();
      opened.take = closeUnwanted;
      opened.fail = ignoreLate;
    }
  }

  /** One picture; whoever gets it closes it. Throws `PictureError`. */
  async decodeOne(config: KeyConfig, sample: Uint8Array<ArrayBuffer>): Promise<VideoFrame> {
    let found: VideoFrame | undefined;
    await this.decode(config, [sample], (frame) => {
      if (found === undefined) found = frame;
      else frame.close();
    });
    if (found === undefined) throw new PictureError({ kind: "broken", detail: "it holds no picture" });
    return found;
  }

  async #open(config: KeyConfig): Promise<Opened> {
    const name = `${config.codec} ${config.description}`;
    const known = this.#opened.find((one) => one.name === name);
    if (known !== undefined) {
      this.#opened = [...this.#opened.filter((one) => one !== known), known];
      return known;
    }
    const wanted: VideoDecoderConfig = {
      codec: config.codec,
      description: Uint8Array.from(atob(config.description), (letter) => letter.charCodeAt(0)),
      codedWidth: config.width,
      codedHeight: config.height,
    };
    // A string that is no codec throws, one that is not there says so.
    const isSupported = await this.#deps.codecs.isSupported(wanted).catch(() => false);
    if (!isSupported) throw new PictureError({ kind: "unsupported", codec: config.codec });
    const opened: Opened = {
      name,
      take: closeUnwanted,
      fail: ignoreLate,
      decoder: this.#deps.codecs.make({
        output: (frame) => opened.take(frame),
        error: (error) => {
          this.#drop(opened);
          opened.fail(error);
        },
      }),
    };
    opened.decoder.configure(wanted);
    this.#opened.push(opened);
    for (const old of this.#opened.slice(0, -mostOpen)) this.#drop(old);
    return opened;
  }

  #drop(opened: Opened): void {
    this.#opened = this.#opened.filter((one) => one !== opened);
    try {
      opened.decoder.close();
    } catch (error) {
      // It closed itself when it failed.
      if (!(error instanceof DOMException)) throw error;
    }
  }
}

const closeUnwanted = (frame: VideoFrame): void => frame.close();

/** Nobody waits for it any more. */
function ignoreLate(): void {}

const words = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 300);
