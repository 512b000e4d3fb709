/** One sample of a track run; times in the track's timescale. */
export interface FragmentSample {
  readonly bytes: Uint8Array;
  readonly duration: number;
  /** Presentation minus decoding time. */
  readonly compositionOffset: number;
  readonly isSync: boolean;
}

/** Samples of one track that follow each other. */
export interface FragmentRun {
  readonly trackId: number;
  /** Decoding time of the first sample. */
  readonly decodeTime: number;
  readonly samples: readonly FragmentSample[];
}

const syncFlags = 0x0200_0000;
const otherFlags = 0x0101_0000;

/**
 * One movie fragment, moof and mdat (ISO/IEC 14496-12 §8.8), holding one run.
 *
 * The bytes have an ArrayBuffer of exactly their size, so that posting them copies nothing else.
 */
export function writeFragment(sequence: number, run: FragmentRun): Buffer<ArrayBuffer> {
  const { samples } = run;
  const trunBytes = 20 + 16 * samples.length;
  const trafBytes = 8 + 16 + 20 + trunBytes;
  const moofBytes = 8 + 16 + trafBytes;
  let mediaBytes = 0;
  for (const sample of samples) mediaBytes += sample.bytes.length;
  const out = Buffer.allocUnsafeSlow(moofBytes + 8 + mediaBytes);
  let at = 0;
  const word = (value: number): void => {
    out.writeUInt32BE(value >>> 0, at);
    at += 4;
  };
  const head = (length: number, type: number): void => {
    word(length);
    word(type);
  };
  head(moofBytes, 0x6d6f6f66); // moof
  head(16, 0x6d666864); // mfhd
  word(0);
  word(sequence);
  head(trafBytes, 0x74726166); // traf
  head(16, 0x74666864); // tfhd, default-base-is-moof
  word(0x02_0000);
  word(run.trackId);
  head(20, 0x74666474); // tfdt, 64 bits
  word(0x0100_0000);
  word(Math.floor(run.decodeTime / 2 ** 32));
  word(run.decodeTime % 2 ** 32);
  head(trunBytes, 0x7472756e); // trun, signed offsets; data offset, durations, sizes, flags, offsets
  word(0x0100_0f01);
  word(samples.length);
  word(moofBytes + 8);
  for (const sample of samples) {
    word(sample.duration);
    word(sample.bytes.length);
    word(sample.isSync ? syncFlags : otherFlags);
    word(sample.compositionOffset);
  }
  head(8 + mediaBytes, 0x6d646174); // mdat
  for (const sample of samples) {
    out.set(sample.bytes, at);
    at += sample.bytes.length;
  }
  return out;
}
