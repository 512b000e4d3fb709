import type { DecoderPort } from "../../../renderer/player/group-decoder.ts";

/** Decoders that give a picture for each chunk, in order of presentation when flushed, and count what is not closed. */
export class FakeDecoders implements DecoderPort {
  /** Pictures that nobody has closed yet, and the most there ever were. */
  open = 0;
  mostOpen = 0;
  decoded = 0;
  isFailing = false;

  isSupported = (): Promise<boolean> => Promise.resolve(true);
  chunk = (init: EncodedVideoChunkInit): EncodedVideoChunk => init as unknown as EncodedVideoChunk;

  make = ({ output }: VideoDecoderInit): ReturnType<DecoderPort["make"]> => {
    let waiting: number[] = [];
    return {
      configure: () => undefined,
      decode: (chunk) => void waiting.push(chunk.timestamp),
      flush: () => {
        if (this.isFailing) return Promise.reject(new Error("it does not decode"));
        for (const timestamp of waiting.sort((a, b) => a - b)) output(this.#frame(timestamp));
        waiting = [];
        return Promise.resolve();
      },
      close: () => undefined,
    };
  };

  #frame(timestamp: number): VideoFrame {
    this.decoded += 1;
    this.open += 1;
    this.mostOpen = Math.max(this.mostOpen, this.open);
    let isOpen = true;
    const close = (): void => {
      if (isOpen) this.open -= 1;
      isOpen = false;
    };
    return { timestamp, displayWidth: 640, displayHeight: 360, close } as unknown as VideoFrame;
  }
}
