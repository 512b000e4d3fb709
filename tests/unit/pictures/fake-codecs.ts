import type { DecoderMaker } from "../../../renderer/pictures/key-decoder.ts";

/** What a decoder does with a sample, by its first byte. */
export const good = 1;
export const bad = 2;
export const silent = 3;
export const stuck = 4;

/** Decoders that do what the samples say. */
export function fakeCodecs() {
  const made: { isClosed: boolean }[] = [];
  const open: object[] = [];
  const codecs: DecoderMaker = {
    isSupported: async ({ codec }) => codec.startsWith("avc1"),
    chunk: (init) => init as unknown as EncodedVideoChunk,
    make: ({ output, error }) => {
      const decoder = { isClosed: false };
      const waits: (() => void)[] = [];
      made.push(decoder);
      return {
        configure: () => undefined,
        decode: (chunk) => {
          const { timestamp, data } = chunk as unknown as EncodedVideoChunkInit;
          const [kind] = data as Uint8Array;
          if (kind === stuck) waits.push(() => undefined);
          if (kind === bad) queueMicrotask(() => error(new DOMException("bad picture", "EncodingError")));
          if (kind !== good) return;
          const frame = { timestamp, close: () => open.splice(open.indexOf(frame), 1) };
          open.push(frame);
          queueMicrotask(() => output(frame as unknown as VideoFrame));
        },
        flush: () =>
          waits.length > 0 ? new Promise(() => undefined) : new Promise((done) => setImmediate(done)),
        close: () => {
          if (decoder.isClosed) throw new DOMException("closed", "InvalidStateError");
          decoder.isClosed = true;
        },
      };
    },
  };
  return { codecs, made, open };
}
export const sampleOf = (kind: number) => new Uint8Array([kind]);
