import type { KeyConfig } from "../../shared/contract/key-list.ts";
import type { GroupPicture } from "./group-pictures.ts";

/** What it needs of WebCodecs; tests give their own. */
export interface DecoderPort {
  readonly isSupported: (config: VideoDecoderConfig) => Promise<boolean>;
  readonly make: (init: VideoDecoderInit) => Pick<VideoDecoder, "configure" | "decode" | "flush" | "close">;
  readonly chunk: (init: EncodedVideoChunkInit) => EncodedVideoChunk;
}

/** Chromium's own decoders, asked for pictures directly. */
export const chromiumDecoders: DecoderPort = {
  isSupported: async (config) => (await VideoDecoder.isConfigSupported(config)).supported === true,
  make: (init) => new VideoDecoder(init),
  chunk: (init) => new EncodedVideoChunk(init),
};

/** WebCodecs counts in whole µs; instants since 1970 still fit. */
const usPerMs = 1_000;

/** Decodes parts of groups of pictures, one after the other, with one decoder as long as its set-up stays. */
export class GroupDecoder {
  readonly #port: DecoderPort;
  #name = "";
  #decoder: ReturnType<DecoderPort["make"]> | undefined;
  #take: (frame: VideoFrame) => void = closeUnwanted;
  #failure: DOMException | undefined;

  constructor(port: DecoderPort) {
    this.#port = port;
  }

  /**
   * Decodes a group up to the last picture that is wanted, and hands on those that are, with their capture times;
   * whoever takes one closes it.
   *
   * @param wanted capture times, UTC ms
   * @throws when there is no such decoder, or it gives up.
   */
  async decode(
    config: KeyConfig,
    pictures: readonly GroupPicture[],
    wanted: ReadonlySet<number>,
    take: (frame: VideoFrame, at: number) => void,
  ): Promise<void> {
    const decoder = await this.#open(config);
    const byStamp = new Map(pictures.map(({ at }) => [Math.round(at * usPerMs), at]));
    this.#take = (frame) => {
      const at = byStamp.get(frame.timestamp);
      if (at !== undefined && wanted.has(at)) take(frame, at);
      else frame.close();
    };
    const last = pictures.findLastIndex(({ at }) => wanted.has(at));
    try {
      for (const { at, isKey, bytes } of pictures.slice(0, last + 1)) {
        const type = isKey ? "key" : "delta";
        decoder.decode(this.#port.chunk({ type, timestamp: Math.round(at * usPerMs), data: bytes }));
      }
      await decoder.flush();
      if (this.#failure !== undefined) throw this.#failure;
    } catch (error) {
      this.close();
      throw error;
    } finally {
      this.#take = closeUnwanted;
    }
  }

  close(): void {
    const decoder = this.#decoder;
    this.#decoder = undefined;
    this.#name = "";
    try {
      decoder?.close();
    } catch (error) {
      // It closed itself when it failed.
      if (!(error instanceof DOMException)) throw error;
    }
  }

  async #open(config: KeyConfig): Promise<ReturnType<DecoderPort["make"]>> {
    const name = `${config.codec} ${config.description}`;
    if (this.#decoder !== undefined && this.#name === name) return this.#decoder;
    this.close();
    const wanted: VideoDecoderConfig = {
      codec: config.codec,
      description: Uint8Array.from(atob(config.description), (letter) => letter.charCodeAt(0)),
      codedWidth: config.width,
      codedHeight: config.height,
    };
    // A graphics card's decoder has few pictures to give away; many are held here.
    const inSoftware: VideoDecoderConfig = { ...wanted, hardwareAcceleration: "prefer-software" };
    const isSupported = (one: VideoDecoderConfig): Promise<boolean> =>
      this.#port.isSupported(one).catch(() => false);
    const chosen = (await isSupported(inSoftware)) ? inSoftware : wanted;
    if (chosen === wanted && !(await isSupported(wanted)))
      throw new Error(`this computer cannot decode ${config.codec}`);
    this.#failure = undefined;
    const decoder = this.#port.make({
      output: (frame) => this.#take(frame),
      error: (error) => (this.#failure = error),
    });
    decoder.configure(chosen);
    this.#decoder = decoder;
    this.#name = name;
    return decoder;
  }
}

const closeUnwanted = (frame: VideoFrame): void => frame.close();
